import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { WebhooksRepository } from '#libs/notifications/webhooks/webhooks.repository.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';

const within = useRolledBack();

/** Makes a webhook due for each owner, the first one since the longest time. */
async function makeDue({ db, sql }: Within, owners: string[]): Promise<WebhooksRepository> {
  await sql(
    `INSERT INTO notifications (id, seq, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
     VALUES (gen_random_uuid(), 1, 'switch', 'user', 'anna', 'auto', 't', 'm', 'm', 'm', false, now())`,
  );
  for (const name of new Set(owners.filter((owner) => owner !== 'gone')))
    await sql(
      `INSERT INTO service_keys (id, name, hash, scopes, created_by, created_at) VALUES ($1, $2, $3, '{act-as}', 'test', now())`,
      [randomUUID(), name, Buffer.from(name)],
    );
  for (const [n, owner] of owners.entries())
    await sql(
      `INSERT INTO webhooks (id, owner, feed, url, secret_id, position, created_at, next_attempt_at)
       VALUES ($1, $2, 'users', 'https://x', 's', 0, now(), now() - make_interval(secs => 60 - $3))`,
      [randomUUID(), owner, n],
    );
  return new WebhooksRepository(db);
}

it(
  'a key with many receivers takes four places at a time, and leaves the others to others',
  within(async (database) => {
    const repository = await makeDue(database, [
      ...Array.from({ length: 10 }, () => 'many'),
      ...['few', 'gone'],
    ]);
    const leased = await repository.lease(32, 60);
    expect(leased.map(({ owner }) => owner).toSorted()).toEqual(['few', 'many', 'many', 'many', 'many']);
    expect(await repository.lease(32, 60)).toEqual([]);
    await repository.release(leased.find(({ owner }) => owner === 'many')!);
    expect((await repository.lease(32, 60)).map(({ owner }) => owner)).toEqual(['many']);
  }),
);

it(
  'slow receivers of many keys leave places to others, and those of one key to those of another',
  within(async (database) => {
    const slowKeys = Array.from({ length: 8 }, (_, n) => `slow-${n}`);
    const repository = await makeDue(database, [
      ...slowKeys.flatMap((key) => Array.from({ length: 5 }, () => key)),
      'quick',
    ]);
    const slow = await database.sql(`SELECT id FROM webhooks WHERE owner LIKE 'slow-%'`);
    const ids = slow.map(({ id }) => id);
    const ownersOf = async (limit: number) =>
      (await repository.lease(32, 60, { ids, limit })).map(({ owner }) => owner).toSorted();
    expect(await ownersOf(6)).toEqual(['quick', ...Array(4).fill('slow-0'), 'slow-1', 'slow-1']);
    expect(await ownersOf(-1)).toEqual([]);
    expect(await ownersOf(24)).toHaveLength(24);
  }),
);
