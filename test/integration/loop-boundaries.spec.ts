import { describe, expect, it } from 'vitest';
import { ChainEntriesRepository } from '#libs/audit/hash-chain/chain-entries.repository.js';
import { ErasuresRepository } from '#libs/privacy/erasures.repository.js';
import { RetentionRepository } from '#libs/privacy/retention.repository.js';
import { ConversationsRepository } from '#libs/switching/conversations.repository.js';
import { IdempotencyRepository } from '#libs/switching/idempotency.repository.js';
import { ValidationsRepository } from '#libs/validation/validations.repository.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';
import { HAIKU, SONNET } from '../support/switch-rows.js';

const inTransaction = useRolledBack();
const now = async ({ sql }: Within): Promise<Date> => (await sql('SELECT now() AS now'))[0].now;
const plus = (date: Date, ms: number) => new Date(date.getTime() + ms);
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const numbers = (rows: { id: string }[]) => rows.map(({ id }) => Number(id.slice(-4)));

describe('ways back', () => {
  const conversation = ({ sql }: Within, id: string, recheckAt: Date, failed: string | null = SONNET) =>
    sql(
      `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind, failed_model_id, recheck_at)
       VALUES ($1, 'anna', 'clinical', $2, $3, $4, $5)`,
      [id, HAIKU, failed === null ? 'manual' : 'fallback', failed, recheckAt],
    );

  it(
    'are due from their time on, the oldest first, as many as asked for',
    inTransaction(async (within) => {
      const at = await now(within);
      for (const [id, ms] of [
        ['now', 0],
        ['oldest', -2],
        ['later', 1],
        ['older', -1],
      ] as const)
        await conversation(within, id, plus(at, ms));
      await conversation(within, 'picked', plus(at, -9), null);
      const conversations = new ConversationsRepository(within.db);
      const due = async (limit: number) => (await conversations.dueForRecheck(at, limit)).map(({ id }) => id);
      expect([await due(2), await due(9)]).toEqual([
        ['oldest', 'older'],
        ['oldest', 'older', 'now'],
      ]);
      for (const id of ['oldest', 'picked']) await conversations.postponeRecheck(id, plus(at, 1));
      expect(await due(9)).toEqual(['older', 'now']);
      expect(await within.sql(`SELECT recheck_at FROM ai_conversations WHERE id = 'picked'`)).toEqual([
        { recheck_at: plus(at, -9) },
      ]);
    }),
  );

  it(
    'off pins go page by page: each page begins behind the one before',
    inTransaction(async (within) => {
      const at = await now(within);
      for (const id of ['c', 'a', 'b']) await conversation(within, id, at);
      const pinned = (after: string, useCase = 'clinical') =>
        new ConversationsRepository(within.db).pinnedTo([{ modelId: HAIKU, useCase }], after, 2);
      expect([await pinned(''), await pinned('b'), await pinned('', 'health')]).toEqual([
        ['a', 'b'],
        ['c'],
        [],
      ]);
    }),
  );
});

describe('what is forgotten', () => {
  it(
    'erasures are completed from their time on, page after page, the oldest first',
    inTransaction(async (within) => {
      const at = await now(within);
      const request = (n: number, ms: number, person: string | null = `person-${n}`) =>
        within.sql(
          `INSERT INTO erasures (id, pseudonym, person, requested_by, requested_at, completed_at)
           VALUES ($1::uuid, 'erased:' || $1, $2, 'service:app', $3, CASE WHEN $2::text IS NULL THEN now() END)`,
          [idOf(n), person, plus(at, ms)],
        );
      for (let n = 1; n <= 101; n += 1) await request(n, -2_000 + (n % 2));
      await request(102, 0);
      await request(103, 1);
      await request(104, -5_000, null);
      const erasures = new ErasuresRepository(within.db);
      const seen: number[] = [];
      let page = await erasures.pendingSince(at);
      expect(page).toHaveLength(100);
      for (; page.length > 0; page = await erasures.pendingSince(at, page.at(-1)))
        seen.push(...numbers(page));
      expect(seen).toEqual([
        ...Array.from({ length: 50 }, (_, n) => 2 * n + 2),
        ...Array.from({ length: 51 }, (_, n) => 2 * n + 1),
        102,
      ]);
    }),
  );

  it(
    'rows are deleted that are older than their days, the oldest first, and none on the boundary',
    inTransaction(async (within) => {
      for (const age of ['90 days 2 ms', '90 days 1 ms', '90 days', '8 days', '7 days', '0 days'])
        await within.sql(`INSERT INTO validation_sweeps VALUES ($1, now() - $1::text::interval)`, [age]);
      const left = async () =>
        (await within.sql('SELECT slot FROM validation_sweeps ORDER BY started_at')).map(({ slot }) => slot);
      const retention = new RetentionRepository(within.db);
      expect(await retention.expire('validation_sweeps', 90, 1)).toBe(1);
      expect((await left())[0]).toBe('90 days 1 ms');
      expect([await retention.expire('validation_sweeps', 90, 9), await left()]).toEqual([
        1,
        ['90 days', '8 days', '7 days', '0 days'],
      ]);
      // Seven days are the fewest that the rules allow.
      expect([await retention.expire('validation_sweeps', 1, 9), await left()]).toEqual([
        2,
        ['7 days', '0 days'],
      ]);
    }),
  );

  it(
    'idempotency keys answer until they are forgotten, and not longer',
    inTransaction(async (within) => {
      const at = await now(within);
      const keys = new IdempotencyRepository(within.db);
      for (const [key, ms] of [
        ['boundary', 0],
        ['young', 1],
        ['old', -1],
      ] as const)
        keys.store('user:anna', key, { requestHash: 'h', answer: key, at: plus(at, ms) }, within.tx);
      const found = async (key: string, actor = 'user:anna') =>
        (await keys.find(actor, key, at, within.tx))?.answer;
      expect([await found('young'), await found('boundary'), await found('young', 'user:ben')]).toEqual([
        'young',
        undefined,
        undefined,
      ]);
      expect([await keys.forget(at, 1), await keys.forget(at, 9), await keys.forget(at, 9)]).toEqual([
        1, 1, 0,
      ]);
      expect(await found('young')).toBe('young');
    }),
  );
});

describe('sweeps', () => {
  const MINUTE = 60_000;
  it.each<[string, number, boolean, boolean]>([
    ['waits for one that began less than ten minutes ago', 10 * MINUTE - 1, false, false],
    ['does not wait for one that began ten minutes ago', 10 * MINUTE, false, true],
    ['does not wait for one that has ended', 1, true, true],
  ])('one %s', async (_, ago, hasEnded, begins) => {
    await inTransaction(async (within) => {
      const at = await now(within);
      const sweeps = new ValidationsRepository(within.db);
      const started = plus(at, -ago);
      await within.sql('INSERT INTO validation_sweeps VALUES ($1, $2, $3)', [
        'other',
        started,
        hasEnded ? at : null,
      ]);
      expect(await sweeps.beginSweep('slot', at)).toBe(begins);
    })();
  });

  it(
    'delete no results when they end: the rules say how long those are kept',
    inTransaction(async (within) => {
      const at = await now(within);
      await within.sql('INSERT INTO validation_sweeps VALUES ($1, $2), ($3, $4)', [
        ...['old', plus(at, -60 * 24 * 60 * MINUTE), 'slot', at],
      ]);
      await new ValidationsRepository(within.db).finishSweep('slot', [SONNET], at);
      expect(await within.sql('SELECT slot, finished_at FROM validation_sweeps ORDER BY started_at')).toEqual(
        [
          { slot: 'old', finished_at: null },
          { slot: 'slot', finished_at: at },
        ],
      );
      expect(
        await within.sql('SELECT model_id FROM bedrock_models WHERE last_validated_at IS NOT NULL'),
      ).toEqual([{ model_id: SONNET }]);
    }),
  );

  it(
    'have spent what their questions cost since a time, that time included',
    inTransaction(async (within) => {
      const at = await now(within);
      for (const [ms, tokens] of [
        [-1, 100],
        [0, 10],
        [1, 1],
      ])
        await within.sql(
          `INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, tokens, cost_usd)
           VALUES ($1, $2, 'probe', 'passed', $3, 0.25)`,
          [SONNET, plus(at, ms!), tokens],
        );
      expect(await new ValidationsRepository(within.db).spentSince(at)).toEqual({ tokens: 11, usd: 0.5 });
    }),
  );

  it(
    'leave a model to a deep check when its turn has come, and say before when that is',
    inTransaction(async (within) => {
      const at = await now(within);
      const checks = new ValidationsRepository(within.db);
      const take = (ms: number) => checks.takeDeepCheck(SONNET, plus(at, ms), plus(at, ms + 10));
      expect([await take(0), await take(9), await take(10), await take(10)]).toEqual([
        null,
        plus(at, 10),
        null,
        plus(at, 20),
      ]);
    }),
  );
});

it(
  'rows that are gone before they got a seal do not block those that wait for theirs',
  inTransaction(async (within) => {
    await within.sql(
      `INSERT INTO audit_unsealed (kind, subject_id) SELECT 'switch', gen_random_uuid() FROM generate_series(1, 1000)`,
    );
    for (const n of [2, 1])
      await within.sql(
        `INSERT INTO erasures (id, pseudonym, requested_by, requested_at, completed_at)
         VALUES ($1::uuid, 'erased:' || $1, 'service:app', now(), now())`,
        [idOf(n)],
      );
    await within.sql(
      `INSERT INTO audit_unsealed (kind, subject_id) SELECT 'erasure', id FROM erasures ORDER BY id DESC`,
    );
    const waiting = (limit: number) => new ChainEntriesRepository(within.db).waiting(limit, within.tx);
    expect((await waiting(9)).map(({ subjectId }) => subjectId)).toEqual([idOf(2), idOf(1)]);
    expect(await waiting(1)).toHaveLength(1);
  }),
);
