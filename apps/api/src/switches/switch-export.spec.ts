import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { csvOf } from './switch-export.js';
import type { toSwitchView } from './switches.schemas.js';

async function* switches(reason: string, costImpact: string) {
  yield { reason, costImpact } as ReturnType<typeof toSwitchView>;
}
const cellOf = async (reason: string) => (await text(csvOf(switches(reason, '-1.5')).getStream())).trim();

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  ' =1',
  '\u00a0=1',
  '\u3000=1',
  '＝1',
  '＋1',
  '－1',
  '＠A',
])('the reason %j is text to a spreadsheet', async (reason) => {
  expect(await cellOf(reason)).toContain(`'${reason}`);
});

it.each(['Cost optimization', 'a=b', '1-1'])(
  'the reason %j stays as it is, and so does an amount',
  async (reason) => {
    const csv = await cellOf(reason);
    expect(csv).not.toContain("'");
    expect(csv).toContain(reason);
    expect(csv).toContain('-1.5');
  },
);
