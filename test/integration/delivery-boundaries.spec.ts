import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { WebhooksRepository } from '#libs/notifications/webhooks/webhooks.repository.js';
import type { Env } from '#libs/platform/config/env.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';

const inTransaction = useRolledBack();
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const numbers = (rows: { id: string }[]) => rows.map(({ id }) => Number(id.slice(-4)));

describe('the outbox', () => {
  const outbox = ({ transactions }: Within, limit = 9) =>
    new OutboxService(transactions, { OUTBOX_LIMIT: limit } as Env);
  const entry = (
    { sql }: Within,
    n: number,
    availableIn: number,
    more: { job?: string; dead?: boolean } = {},
  ) =>
    sql(
      `INSERT INTO outbox (id, job, available_at, dead_at)
       VALUES ($1, $2, now() + make_interval(secs => $3), CASE WHEN $4 THEN now() END)`,
      [idOf(n), more.job ?? 'job', availableIn, more.dead ?? false],
    );
  const waits = ({ sql }: Within, n: number) =>
    sql(
      'SELECT extract(epoch FROM available_at - now())::float8 AS s, dead_at IS NOT NULL AS dead FROM outbox WHERE id = $1',
      [idOf(n)],
    ).then(([row]) => row);

  it(
    'hands out what has waited longest, and again only when its lease is over',
    inTransaction(async (within) => {
      for (const [n, seconds] of [
        [1, -1],
        [2, -3],
        [3, 0],
        [4, 0.001],
      ] as const)
        await entry(within, n, seconds);
      await entry(within, 5, -9, { dead: true });
      await entry(within, 6, -9, { job: 'other' });
      const service = outbox(within);
      const first = await service.lease('job', 2);
      expect(numbers(first).toSorted()).toEqual([1, 2]);
      expect(first.map(({ publishCount }) => publishCount)).toEqual([1, 1]);
      expect(numbers(await service.lease('job', 9))).toEqual([3]);
      expect(await service.lease('job', 9)).toEqual([]);
      expect(await waits(within, 2)).toEqual({ s: 15, dead: false });
    }),
  );

  it(
    'takes back what was not published, unless another relay has it since',
    inTransaction(async (within) => {
      for (const n of [1, 2]) await entry(within, n, -1);
      const service = outbox(within);
      const leased = await service.lease('job', 9);
      await within.sql('UPDATE outbox SET publish_count = 2 WHERE id = $1', [idOf(2)]);
      await service.release(leased);
      expect([(await waits(within, 1)).s, (await waits(within, 2)).s]).toEqual([1, 15]);
    }),
  );

  it(
    'waits twice as long after each failure, five minutes at most, and sets aside the tenth',
    inTransaction(async (within) => {
      await entry(within, 1, 0);
      const service = outbox(within);
      const seen: [seconds: number, dead: boolean][] = [];
      for (let failures = 1; failures <= 10; failures += 1) {
        const { dead } = await service.fail(idOf(1), `failure ${failures}`);
        seen.push([(await waits(within, 1)).s, dead]);
      }
      expect(seen.map(([seconds]) => seconds)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
      expect(seen.map(([, dead]) => dead)).toEqual([...Array(9).fill(false), true]);
      expect(await service.lease('job', 9)).toEqual([]);
      expect(await service.listDeadLetters(9, null)).toMatchObject([
        { failures: 10, lastError: 'failure 10' },
      ]);
      expect([await service.requeue(idOf(2)), await service.requeue(idOf(1))]).toEqual([0, 1]);
      expect(await service.lease('job', 9)).toMatchObject([{ id: idOf(1) }]);
    }),
  );

  it(
    'promises nothing more when as much waits as its limit allows; dead letters do not count',
    inTransaction(async (within) => {
      for (const n of [1, 2]) await entry(within, n, 0);
      for (const n of [3, 4, 5]) await entry(within, n, 0, { dead: true });
      await outbox(within, 2).enqueue('job', idOf(6), within.tx);
      await expect(outbox(within, 2).enqueue('job', idOf(7), within.tx)).rejects.toMatchObject({
        kind: 'unavailable',
      });
    }),
  );
});

describe('webhooks', () => {
  const NUMBER = 5;
  /** SQL of columns that are not as in a webhook with something to deliver. */
  async function webhook({ sql }: Within, n: number, columns: Record<string, string> = {}): Promise<void> {
    const all = {
      ...{
        id: `'${idOf(n)}'`,
        owner: `'bootstrap'`,
        feed: `'users'`,
        url: `'https://example.com'`,
        secret_id: `'s'`,
      },
      ...{ position: String(NUMBER - 1), created_at: 'now()', ...columns },
    };
    await sql(`INSERT INTO webhooks (${Object.keys(all)}) VALUES (${Object.values(all)})`);
  }
  const prepared = async ({ sql, db }: Within) => {
    await sql(
      `INSERT INTO notifications (id, seq, kind, audience, type, title, message, model_id, model_name, silent, occurred_at)
       VALUES (gen_random_uuid(), $1, 'alert', 'operators', 'auto', 't', 'm', 'm', 'm', false, now())`,
      [NUMBER],
    );
    return new WebhooksRepository(db);
  };
  const key = ({ sql }: Within, name: string, scopes: string[], more: Record<string, string> = {}) =>
    sql(
      `INSERT INTO service_keys (${['id', 'name', 'hash', 'scopes', 'created_by', 'created_at', ...Object.keys(more)]})
       VALUES (${['gen_random_uuid()', `'${name}'`, `sha256('${name}')`, `'{${scopes}}'`, `'test'`, 'now()', ...Object.values(more)]})`,
    );

  it(
    'are delivered to in turn: those that have waited longest, and who was served goes to the end',
    inTransaction(async (within) => {
      const webhooks = await prepared(within);
      for (const [n, seconds] of [
        [1, -1],
        [2, -3],
        [3, -2],
      ])
        await webhook(within, n!, { next_attempt_at: `now() + interval '${seconds} s'` });
      const first = await webhooks.lease(2, 30);
      expect(numbers(first).toSorted()).toEqual([2, 3]);
      for (const leased of first) await webhooks.release(leased);
      expect(numbers(await webhooks.lease(1, 30))).toEqual([1]);
    }),
  );

  it.each<[string, Record<string, string>, boolean]>([
    ['at the time of its next attempt', { next_attempt_at: 'now()' }, true],
    ['before that', { next_attempt_at: `now() + interval '1 ms'` }, false],
    ['whose lease ends now', { leased_until: 'now()' }, false],
    ['whose lease is over', { leased_until: `now() - interval '1 ms'` }, true],
    ['that is disabled', { disabled_at: 'now()' }, false],
    ['that has everything', { position: String(NUMBER) }, false],
    ['whose owner has no key', { owner: `'nobody'` }, false],
    ['of users, whose owner may only read', { owner: `'reader'` }, false],
    ['of operators, whose owner may read', { owner: `'reader'`, feed: `'operators'` }, true],
    ['whose owner’s key ends later', { owner: `'ending'` }, true],
    ['whose owner’s key ends now', { owner: `'ended'` }, false],
    ['whose owner’s key was revoked', { owner: `'revoked'` }, false],
  ])('one %s: %o is delivered to: %s', async (_, columns, isLeased) => {
    await inTransaction(async (within) => {
      const webhooks = await prepared(within);
      await key(within, 'reader', ['read']);
      await key(within, 'ending', ['act-as'], { expires_at: `now() + interval '1 ms'` });
      await key(within, 'ended', ['act-as'], { expires_at: 'now()' });
      await key(within, 'revoked', ['act-as'], { revoked_at: 'now()' });
      await webhook(within, 1, columns);
      expect(await webhooks.lease(9, 30)).toHaveLength(Number(isLeased));
    })();
  });

  it.each<[string, { failures: number; since: string }, boolean]>([
    ['the tenth failure after more than three days', { failures: 9, since: '3 days 1 s' }, true],
    ['the ninth', { failures: 8, since: '4 days' }, false],
    ['the tenth on the third day', { failures: 9, since: '3 days' }, false],
  ])('are disabled after %s', async (_, { failures, since }, isDisabled) => {
    await inTransaction(async (within) => {
      const webhooks = await prepared(within);
      await webhook(within, 1, { failures: String(failures), failing_since: `now() - interval '${since}'` });
      const [leased] = await webhooks.lease(1, 30);
      const disabled = await webhooks.fail(leased!, 'answered 500', 60_000, within.tx);
      expect(disabled !== null).toBe(isDisabled);
      const [found] = await webhooks.list(null);
      expect(found).toMatchObject({ failures: failures + 1, lastError: 'answered 500' });
      expect(found!.status).toBe(isDisabled ? 'disabled' : 'failing');
    })();
  });

  it(
    'remember a failure while they pass over what is not for them, and forget it with a delivery',
    inTransaction(async (within) => {
      const webhooks = await prepared(within);
      await webhook(within, 1, { failures: '2', failing_since: 'now()', last_error: `'answered 500'` });
      const [leased] = await webhooks.lease(1, 30);
      const advance = (position: number, delivered: boolean, lease = leased!.lease) =>
        webhooks.advance({ ...leased!, lease }, { position, afterUser: 'anna' }, delivered, 30);
      expect(await advance(7, true, randomUUID())).toBe(false);
      expect(await advance(6, false)).toBe(true);
      const state = async () => (await webhooks.list(null))[0];
      expect(await state()).toMatchObject({
        position: 6,
        failures: 2,
        deliveredAt: null,
        lastError: 'answered 500',
      });
      expect(await advance(7, true)).toBe(true);
      expect(await state()).toMatchObject({ position: 7, failures: 0, failingSince: null, lastError: null });
      expect([{ now: (await state())!.deliveredAt }]).toEqual(await within.sql('SELECT now() AS now'));
    }),
  );
});
