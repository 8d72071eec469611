import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { KnowOwnersOfKeys1764950000000 as KnowOwners } from '#migrations/1764950000000-know-owners-of-keys.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';

const within = useRolledBack();

const DAY = { first: '2026-01-01', second: '2026-01-02', third: '2026-01-03' };

/** A key as each release stores it. */
async function key({ sql }: Within, name: string, scopes: string[], createdAt = DAY.first): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO service_keys (id, name, hash, scopes, created_by, created_at) VALUES ($1, $2, $3, $4, 'test', $5)`,
    [id, name, Buffer.from(id), scopes, createdAt],
  );
  return id;
}
const replace = ({ sql }: Within, old: string, successor: string) =>
  sql('UPDATE service_keys SET replaced_by = $2 WHERE id = $1', [old, successor]);
const ownerOf = async ({ sql }: Within, table: string, id: string): Promise<string> =>
  (await sql(`SELECT owner FROM ${table} WHERE id = $1`, [id]))[0].owner;

async function webhook({ sql }: Within, owner: string, feed: string): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO webhooks (id, owner, feed, url, secret_id, position, created_at) VALUES ($1, $2, $3, 'https://x', 's', 0, now())`,
    [id, owner, feed],
  );
  return id;
}

it(
  'the first key of a name has it, the next one a separate owner, and a successor that of its key',
  within(async (all) => {
    const [first, second] = [await key(all, 'chat', ['read']), await key(all, 'chat', ['read'])];
    const [firstNext, secondNext] = [await key(all, 'chat', ['read']), await key(all, 'chat', ['read'])];
    await replace(all, first, firstNext);
    await replace(all, second, secondNext);
    const owners = await Promise.all(
      [first, firstNext, second, secondNext].map((id) => ownerOf(all, 'service_keys', id)),
    );
    expect(owners).toEqual(['chat', 'chat', `key:${second}`, `key:${second}`]);
  }),
);

it(
  'a name cannot be made up that is the owner of another key, or of the bootstrap key',
  within(async (all) => {
    const other = await key(all, 'other', ['read']);
    for (const name of ['bootstrap', `key:${other}`]) {
      const id = await key(all, name, ['read']);
      expect(await ownerOf(all, 'service_keys', id)).toBe(`key:${id}`);
    }
  }),
);

it(
  'webhooks of the release before go to the oldest key of their name that may have their feed',
  within(async (all) => {
    const { queryRunner } = all.tx;
    await new KnowOwners().down(queryRunner!);
    const reader = await key(all, 'chat', ['read'], DAY.first);
    const sender = await key(all, 'chat', ['act-as'], DAY.second);
    const senderNext = await key(all, 'chat', ['act-as'], DAY.third);
    await replace(all, sender, senderNext);
    const [users, operators] = [await webhook(all, 'chat', 'users'), await webhook(all, 'chat', 'operators')];
    const own = await webhook(all, 'bootstrap', 'users');
    await new KnowOwners().up(queryRunner!);
    const owners = await Promise.all(
      [reader, sender, senderNext].map((id) => ownerOf(all, 'service_keys', id)),
    );
    expect(owners).toEqual(['chat', `key:${sender}`, `key:${sender}`]);
    expect(await ownerOf(all, 'webhooks', users)).toBe(`key:${sender}`);
    expect(await ownerOf(all, 'webhooks', operators)).toBe('chat');
    expect(await ownerOf(all, 'webhooks', own)).toBe('bootstrap');
    await new KnowOwners().down(queryRunner!);
    expect(await ownerOf(all, 'webhooks', users)).toBe('chat');
    await new KnowOwners().up(queryRunner!);
  }),
);
