import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';

const GUIDE = readFileSync(join(checkout, 'docs/smallest-install.md'), 'utf8');

/** The rows below a head, each as the texts of its cells. */
function tableOf(head: string): string[][] {
  const [, ...lines] = GUIDE.slice(GUIDE.indexOf(`| ${head} |`))
    .split('\n\n')[0]!
    .split('\n');
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

it.each(['one container', 'AWS Fargate'])(
  'the costs of %s are amounts times prices, and their sum',
  (head) => {
    const rows = tableOf(`${head} | amount | price of one | a month`);
    const items = rows.slice(0, -1);
    for (const [what, amount, price, month] of items)
      expect(month, what).toBe((Number(amount) * Number(price)).toFixed(2));
    const sum = items.reduce((total, [, , , month]) => total + Number(month), 0).toFixed(2);
    expect(rows.at(-1)).toEqual(['**sum**', '', '', sum]);
    expect(GUIDE).toContain(`[${Math.round(Number(sum))} USD](#costs)`);
  },
);

it('each test and each fault that shows an outage exists', () => {
  const shown = tableOf('away | fails | continues | afterwards | shown by').map((cells) => cells[4]!);
  const named = shown.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
  const faults = ['postgres-faults', 'process-faults', 'redis-faults']
    .map((file) => readFileSync(join(checkout, `test/faults/runner/${file}.ts`), 'utf8'))
    .join();
  const exists = (name: string) =>
    name.endsWith('.ts') ? existsSync(join(checkout, name)) : faults.includes(`name: '${name}'`);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !exists(name))).toEqual([]);
});
