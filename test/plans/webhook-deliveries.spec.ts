import { afterAll, beforeAll, expect, it } from 'vitest';
import { DeliveryAttemptsRepository } from '#libs/notifications/delivery/delivery-attempts.repository.js';
import { asAdmin } from '../support/empty-database.js';
import { PlannedDatabase } from '../support/planned-database.js';

/** 100 webhooks of 50 keys with 3,000 attempts each; a hundredth failed. */
const FILL = `
INSERT INTO webhooks (id, owner, feed, url, secret_id, position, created_at)
SELECT ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'key ' || i / 2, 'operators', 'https://x.example.com/', 's', 0, now()
FROM generate_series(1, 100) AS i;
INSERT INTO webhook_deliveries (webhook_id, message_id, notification_id, state, attempt, attempted_at, duration_ms, status)
SELECT ('00000000-0000-4000-8000-' || lpad((i % 100 + 1)::text, 12, '0'))::uuid, i::text, gen_random_uuid(),
  CASE WHEN i / 100 % 100 = 0 THEN 'failed' ELSE 'delivered' END, 1, now() - interval '14 days' * (300000 - i) / 300000, 20, 204
FROM generate_series(1, 300000) AS i;
ANALYZE webhooks; ANALYZE webhook_deliveries;`;
const HOOK = '00000000-0000-4000-8000-000000000042';

let database: PlannedDatabase;
beforeAll(async () => {
  database = await PlannedDatabase.filled((name) => asAdmin(name, FILL), ['webhook_deliveries']);
});
afterAll(() => database?.close());

it.each([
  ['of a webhook', 'key 21', { webhookId: HOOK }, 'webhook_deliveries_of_webhook', 51, 300],
  [
    'of a webhook that failed',
    null,
    { webhookId: HOOK, state: 'failed' },
    'webhook_deliveries_failed',
    30,
    300,
  ],
  ['of a key that failed', 'key 21', { state: 'failed' }, 'webhook_deliveries_failed', 51, 400],
  ['of a key that recovered', 'key 21', { state: 'recovered' }, 'webhook_deliveries_failed', 0, 100],
  ['of all that failed', null, { state: 'failed' }, 'webhook_deliveries_failed', 51, 6_000],
] as const)(
  'a page of deliveries %s is read by an index',
  async (...[, owner, filter, index, found, mostPages]) => {
    const attempts = new DeliveryAttemptsRepository(database.db);
    const page = await attempts.list(owner, filter, 51);
    expect(page).toHaveLength(found);
    for (const after of [undefined, page.at(20)?.id]) {
      const plan = await database.planOf(() => attempts.list(owner, filter, 51, after));
      expect(plan.scanned).toEqual([]);
      expect(plan.indexes).toContain(index);
      expect(plan.pages).toBeLessThanOrEqual(mostPages);
    }
  },
);

it('the oldest deliveries are found by an index for their deletion', async () => {
  const plan = await database
    .planOf(() =>
      database.db.query(
        `DELETE FROM webhook_deliveries WHERE ctid = ANY(ARRAY(SELECT ctid FROM webhook_deliveries WHERE attempted_at < $1
       ORDER BY attempted_at LIMIT 2000))`,
        [new Date(Date.now() - 13 * 86_400_000)],
      ),
    )
    .catch((error: Error) => error);
  // The application may not delete: the function of the retention does.
  expect(plan).toMatchObject({ message: expect.stringContaining('permission denied') });
  const rows = await database.db.query(
    `EXPLAIN SELECT ctid FROM webhook_deliveries WHERE attempted_at < now() - interval '13 days' ORDER BY attempted_at LIMIT 2000`,
  );
  expect(JSON.stringify(rows)).toContain('webhook_deliveries_age');
});
