import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { ClientRecord } from '../faults/runner/client-record.js';
import { PhaseLog, phaseTable } from './phase-log.js';

const record = new ClientRecord();
const phases = new PhaseLog(record);

function acknowledge(switchId: string): void {
  const request = { conversationId: 'conv-123', modelId: 'b', idempotencyKey: switchId };
  const data = { switched: true, switchId, fromId: 'a', toId: 'b' };
  record.note(request, record.received({ status: 200, text: JSON.stringify({ data }), retryAfter: NaN }));
}
const refuse = () => record.received({ status: 503, text: '', retryAfter: 1 });

/** Returns the audit rows that a database would have. */
const ownerOf = (rows: { id: string; at: Date }[]) =>
  ({ query: async () => ({ rows }) }) as unknown as Client;

it('assigns answers, lost switches and doubled ones to the phase in which they happened', async () => {
  phases.begin('first');
  acknowledge('one');
  acknowledge('lost');
  refuse();
  phases.begin('second');
  const at = new Date();
  acknowledge('two');
  record.lost(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
  const owner = ownerOf([
    { id: 'one', at },
    { id: 'two', at },
    { id: 'doubled', at },
  ]);
  const results = await phases.results(owner);
  expect(results).toEqual([
    {
      ...{ name: 'first', acknowledged: 2, lost: 1, doubled: 0 },
      outcomes: new Map([
        ['200', 2],
        ['503', 1],
      ]),
    },
    {
      ...{ name: 'second', acknowledged: 1, lost: 0, doubled: 1 },
      outcomes: new Map([
        ['200', 1],
        ['ECONNREFUSED', 1],
      ]),
    },
  ]);
  expect(phaseTable(results)).toContain(
    '| second | 2 | 1 | 0 | 0 | 1 | 1 × 200, 1 × ECONNREFUSED |\n| **total** |',
  );
});
