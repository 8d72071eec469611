import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { WebhooksRepository } from '#libs/notifications/webhooks/webhooks.repository.js';
import { useRolledBack } from '../support/rolled-back.js';

const within = useRolledBack();

it(
  'a key with many receivers takes four places at a time, and leaves the others to others',
  within(async ({ db, sql }) => {
    await sql(
      `INSERT INTO notifications (id, seq, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
       VALUES (gen_random_uuid(), 1, 'switch', 'user', 'anna', 'auto', 't', 'm', 'm', 'm', false, now())`,
    );
    for (const name of ['many', 'few'])
      await sql(
        `INSERT INTO service_keys (id, name, hash, scopes, created_by, created_at) VALUES ($1, $2, $3, '{act-as}', 'test', now())`,
        [randomUUID(), name, Buffer.from(name)],
      );
    const owners = [...Array.from({ length: 10 }, () => 'many'), 'few', 'gone'];
    for (const [n, owner] of owners.entries())
      await sql(
        `INSERT INTO webhooks (id, owner, feed, url, secret_id, position, created_at, next_attempt_at)
         VALUES ($1, $2, 'users', 'https://x', 's', 0, now(), now() - make_interval(secs => 60 - $3))`,
        [randomUUID(), owner, n],
      );
    const repository = new WebhooksRepository(db);
    const leased = await repository.lease(32, 60);
    expect(leased.map(({ owner }) => owner).toSorted()).toEqual(['few', 'many', 'many', 'many', 'many']);
    expect(await repository.lease(32, 60)).toEqual([]);
    await repository.release(leased.find(({ owner }) => owner === 'many')!);
    expect((await repository.lease(32, 60)).map(({ owner }) => owner)).toEqual(['many']);
  }),
);
