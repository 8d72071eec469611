import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation } from '#libs/costs/invocation.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { UsageJournal } from '#libs/costs/journal/usage-journal.js';
import { ErasureService } from '#libs/privacy/erasure.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { eventually } from '../support/eventually.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let user: ErasureSubject;
let another: Awaited<ReturnType<typeof createApi>> | undefined;
beforeAll(async () => {
  system = await TestSystem.start();
});
beforeEach(async () => {
  user = new ErasureSubject(system, `anna-${randomUUID()}`, `secret-${randomUUID()}`);
  await user.calls(1);
});
afterEach(() => another?.close());
afterAll(() => system.close());

const ask = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const stored = (ids: string[]) =>
  ask(
    'SELECT user_id, actor, on_behalf_of, request_id FROM model_invocations WHERE id = ANY($1) ORDER BY started_at',
    [ids],
  );
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const ofUser = (changes: Partial<Invocation>) =>
  anInvocation({ userId: user.id, actor: `user:${user.id}`, onBehalfOf: user.id, ...changes });

/** Leaves calls in the journal, like a process that is killed while PostgreSQL is away. */
function leave(calls: Invocation[]): void {
  const journal = new UsageJournal(system.environment.env);
  journal.open();
  for (const call of calls) journal.append(call);
  journal.close();
}

/** Starts another api, and resolves when the calls are in PostgreSQL. */
async function recover(calls: Invocation[]): Promise<void> {
  another = await createApi(system.environment.env);
  await another.init();
  await eventually(async () => expect(await stored(calls.map(({ id }) => id))).toHaveLength(calls.length));
}

async function erase(): Promise<string> {
  const { body } = await user.erase();
  await user.complete();
  return body.pseudonym;
}

describe('calls that a process left in the journal', () => {
  it('are recorded by the next one, once, and leave the disk', async () => {
    const calls = [
      anInvocation(),
      anInvocation({ conversationId: 'conv-1', wire: 'bedrock', forms: ['tools'] }),
    ];
    await system.api.get(InvocationsService, { strict: false }).record(calls[0]!);
    leave(calls);
    await recover(calls);
    const queued = await ask(
      'SELECT queued, count(*)::int FROM invocations_to_roll_up, unnest(invocation_ids) AS queued WHERE queued = ANY($1) GROUP BY queued',
      [calls.map(({ id }) => id)],
    );
    expect(queued.map(({ count }) => count)).toEqual([1, 1]);
    const folder = system.environment.env.USAGE_JOURNAL_DIR;
    const segments = () =>
      readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.journal'));
    await eventually(() => expect(segments()).toEqual([]));
  });

  it('do not bring a person back who was erased since, and name the others', async () => {
    const calls = [
      ofUser({ startedAt: minutesAgo(30) }),
      ofUser({ startedAt: minutesAgo(20), actor: 'service:app' }),
      anInvocation({ startedAt: minutesAgo(10) }),
    ];
    leave(calls);
    const pseudonym = await erase();
    await recover(calls);
    const erased = { user_id: pseudonym, on_behalf_of: pseudonym, request_id: 'erased' };
    expect(await stored(calls.map(({ id }) => id))).toEqual([
      { ...erased, actor: `user:${pseudonym}` },
      { ...erased, actor: 'service:app' },
      { user_id: 'anna', actor: 'user:anna', on_behalf_of: null, request_id: 'request-1' },
    ]);
    expect(await user.traces()).toEqual([]);
  });

  it('name a person who came back after the erasure', async () => {
    await erase();
    await ask(`UPDATE erasures SET completed_at = now() - interval '1 hour' WHERE completed_at IS NOT NULL`);
    const calls = [ofUser({ startedAt: minutesAgo(10) })];
    leave(calls);
    await recover(calls);
    expect(await stored([calls[0]!.id])).toMatchObject([{ user_id: user.id }]);
  });
});

describe('the hash of an erased person', () => {
  it('is kept for 30 days after the erasure', async () => {
    const pseudonym = await erase();
    const complete = () => system.api.get(ErasureService, { strict: false }).completeDue();
    const completedDaysAgo = (days: number) =>
      ask(`UPDATE erasures SET completed_at = now() - make_interval(days => $2) WHERE pseudonym = $1`, [
        pseudonym,
        days,
      ]);
    const hash = async () =>
      (await ask('SELECT person_hash FROM erasures WHERE pseudonym = $1', [pseudonym]))[0].person_hash;
    await completedDaysAgo(29);
    await complete();
    expect(await hash()).toHaveLength(32);
    await completedDaysAgo(31);
    await complete();
    expect(await hash()).toBeNull();
  });
});
