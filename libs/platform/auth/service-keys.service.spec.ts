import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FakeBus } from '../../../test/support/fake-redis.js';
import { FakeServiceKeysRepository, startKeys } from '../../../test/support/fake-service-keys.js';
import { NO_SETTINGS } from './key-settings.js';
import type { Principal } from './principal.js';
import { hashKey } from './service-key.js';
import type { ServiceKeysService } from './service-keys.service.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Supabase's own service key: a JWT without a subject. */
const BOOTSTRAP = 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl';
const root: Principal = { kind: 'service', name: 'bootstrap', scopes: new Set(['admin']) };

let repository: FakeServiceKeysRepository;
let bus: FakeBus;
let clock: FakeClock;
let service: ServiceKeysService;
beforeEach(() => {
  repository = new FakeServiceKeysRepository();
  bus = new FakeBus();
  clock = new FakeClock();
  service = start({ SUPABASE_SERVICE_KEY: BOOTSTRAP });
});

const start = (settings: Record<string, string>) => startKeys({ repository, bus, clock }, settings);
const create = (expiresAt: Date | null = null) =>
  service.create({ name: 'chat', scopes: ['act-as', 'switch'], expiresAt, ...NO_SETTINGS }, root);

describe('the bootstrap key', () => {
  it('may do everything, and needs no PostgreSQL', async () => {
    repository.failure = new Error('away');
    expect(await service.authenticate(BOOTSTRAP)).toEqual({
      kind: 'service',
      name: 'bootstrap',
      scopes: new Set(['read', 'switch', 'act-as', 'operate', 'audit', 'admin']),
      settings: { ...NO_SETTINGS, limits: { ...NO_SETTINGS.limits, models: 'any' } },
    });
  });

  it.each([BOOTSTRAP.slice(0, -1), `${BOOTSTRAP} `, BOOTSTRAP.toLowerCase(), ''])(
    'is nothing but itself (%#)',
    async (other) => {
      expect(await service.authenticate(other)).toBeNull();
    },
  );

  it('does not exist where none is set', async () => {
    expect(await start({}).authenticate(BOOTSTRAP)).toBeNull();
  });
});

describe('a key that we made', () => {
  it('is recognised, with its name and its scopes', async () => {
    const { secret } = await create();
    expect(await service.authenticate(secret)).toEqual({
      kind: 'service',
      name: 'chat',
      scopes: new Set(['switch', 'act-as']),
      settings: NO_SETTINGS,
    });
  });

  it('is shown once and stored as a hash only', async () => {
    const { key, secret } = await create();
    expect(JSON.stringify(key)).not.toContain(secret);
    expect(JSON.stringify(repository.rows)).not.toContain(secret);
    expect(repository.rows[0]?.hash).toEqual(hashKey(secret));
    expect(key).toMatchObject({
      scopes: ['switch', 'act-as'],
      createdBy: 'service:bootstrap',
      revokedAt: null,
    });
  });

  it('is another one each time', async () => {
    expect((await create()).secret).not.toBe((await create()).secret);
  });

  it('is looked up once for many requests, and its use is remembered', async () => {
    const { key, secret } = await create();
    for (let request = 0; request < 200; request += 1) await service.authenticate(secret);
    expect(repository.lookUps).toBe(1);
    expect(repository.touched).toEqual([key.id]);
  });

  it('is looked up once for requests that come at the same time', async () => {
    const { secret } = await create();
    await Promise.all(Array.from({ length: 50 }, () => service.authenticate(secret)));
    expect(repository.lookUps).toBe(1);
  });

  it('is marked as used once a minute, however often it is looked up', async () => {
    const { key, secret } = await create();
    for (let second = 0; second < 60; second += 1) {
      await service.authenticate(secret);
      repository.rows[0]!.lastUsedAt ??= clock.now();
      clock.advance(SECOND_MS);
    }
    expect(repository.lookUps).toBe(60);
    expect(repository.touched).toEqual([key.id]);
    await service.authenticate(secret);
    expect(repository.touched).toEqual([key.id, key.id]);
  });

  it.each([
    ['is good until a millisecond before it expires', -1, true],
    ['is refused exactly when it expires, also from memory', 0, false],
  ])('%s', async (_, offset, good) => {
    const { secret } = await create(new Date(clock.now().getTime() + 500));
    await service.authenticate(secret);
    clock.advance(500 + offset);
    expect((await service.authenticate(secret)) !== null).toBe(good);
  });

  it('is refused everywhere within a second after it was revoked', async () => {
    const { key, secret } = await create();
    await service.authenticate(secret);
    await service.revoke(key.id, root);
    clock.advance(SECOND_MS);
    expect(await service.authenticate(secret)).toBeNull();
  });

  it('is refused immediately after another instance has revoked it', async () => {
    const { key, secret } = await create();
    await service.authenticate(secret);
    await repository.revoke(key.id, clock.now());
    expect(await service.authenticate(secret)).not.toBeNull();
    bus.deliver('service-key-changed', key.id);
    expect(await service.authenticate(secret)).toBeNull();
  });

  it('is announced to the other instances when it is revoked or rotated', async () => {
    const { key } = await create();
    const { key: next } = await service.rotate(key.id, { overlapMs: 0, expiresAt: null }, root);
    await service.revoke(next.id, root);
    expect(bus.published).toEqual([
      { channel: 'service-key-changed', message: key.id },
      { channel: 'service-key-changed', message: next.id },
    ]);
  });

  it('does not come back when PostgreSQL goes away after it was seen revoked', async () => {
    const { key, secret } = await create();
    await service.revoke(key.id, root);
    expect(await service.authenticate(secret)).toBeNull();
    repository.failure = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    clock.advance(SECOND_MS);
    expect(await service.authenticate(secret)).toBeNull();
  });
});

describe('a token that is no key of ours', () => {
  it.each(['eyJhbGciOiJIUzI1NiJ9.e30.c2ln', 'bmo_short', `bmo_${'x'.repeat(44)}`, 'x'.repeat(47)])(
    'never costs a query (%#)',
    async (token) => {
      expect(await service.authenticate(token)).toBeNull();
      expect(repository.lookUps).toBe(0);
    },
  );

  it('costs one query, though it is guessed again and again', async () => {
    const guess = `bmo_${'x'.repeat(43)}`;
    for (let request = 0; request < 50; request += 1) expect(await service.authenticate(guess)).toBeNull();
    expect(repository.lookUps).toBe(1);
  });
});

describe('while PostgreSQL is away', () => {
  const away = () => {
    repository.failure = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };

  it('a key that was good is good for an hour, because reads must continue', async () => {
    const { secret } = await create();
    await service.authenticate(secret);
    away();
    clock.advance(HOUR_MS - 1);
    expect(await service.authenticate(secret)).toMatchObject({ name: 'chat' });
    clock.advance(1);
    await expect(service.authenticate(secret)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('nobody waits for it again and again: a key that was valid is valid without a wait', async () => {
    const { secret } = await create();
    await service.authenticate(secret);
    away();
    clock.advance(SECOND_MS);
    expect(await service.authenticate(secret)).not.toBeNull();
    repository.answers = new Promise(() => undefined);
    clock.advance(SECOND_MS);
    expect(await service.authenticate(secret)).not.toBeNull();
  });

  it('a key that expires meanwhile is refused', async () => {
    const { secret } = await create(new Date(clock.now().getTime() + 60_000));
    await service.authenticate(secret);
    away();
    clock.advance(60_000);
    expect(await service.authenticate(secret)).toBeNull();
  });

  it('nobody can say whether a key is good that was not seen before', async () => {
    const { secret } = await create();
    away();
    await expect(service.authenticate(secret)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database_unavailable',
    });
  });
});

describe('the list of keys', () => {
  it('comes in pages, newest first, and ends', async () => {
    const ids: string[] = [];
    for (let made = 0; made < 5; made += 1) ids.unshift((await create()).key.id);
    const seen: string[][] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await service.list(2, cursor);
      seen.push(items.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  });

  it('has no further page where the last one is full', async () => {
    await create();
    await create();
    expect(await service.list(2)).toMatchObject({ nextCursor: null });
  });
});

describe('editing', () => {
  const accept = () => undefined;
  const nobody = '7f8c2e1a-0000-4000-8000-000000000000';

  it('changes what is named, holds immediately, and is announced', async () => {
    const { key, secret } = await create();
    await service.authenticate(secret);
    const limits = { useCases: ['clinical'] };
    const edited = await service.edit(key.id, { defaults: { userId: 'anna' }, limits }, accept, root);
    const settings = {
      defaults: { ...NO_SETTINGS.defaults, userId: 'anna' },
      limits: { ...NO_SETTINGS.limits, useCases: ['clinical'] },
    };
    expect(edited).toMatchObject({ id: key.id, ...settings });
    expect(await service.authenticate(secret)).toMatchObject({ settings });
    expect(bus.published).toEqual([{ channel: 'service-key-changed', message: key.id }]);
    await service.edit(key.id, { limits: { useCases: null } }, accept, root);
    expect(await service.authenticate(secret)).toMatchObject({
      settings: { ...settings, limits: NO_SETTINGS.limits },
    });
  });

  it('stores nothing that its check refuses, and nothing of a key that ended or that there is none of', async () => {
    const { key } = await create();
    const refuse = () => {
      throw new Error('refused');
    };
    const limits = { users: 'own' } as const;
    await expect(service.edit(key.id, { limits }, refuse, root)).rejects.toThrow('refused');
    await service.revoke(key.id, root);
    await expect(service.edit(key.id, { limits }, accept, root)).rejects.toMatchObject({
      code: 'service_key_ended',
    });
    await expect(service.edit(nobody, { limits }, accept, root)).rejects.toMatchObject({
      code: 'service_key_not_found',
    });
    expect(await service.find(key.id)).toMatchObject(NO_SETTINGS);
    await expect(service.find(nobody)).rejects.toMatchObject({ code: 'service_key_not_found' });
  });
});

describe('revoking', () => {
  it('says so where there is no such key', async () => {
    await expect(service.revoke('7f8c2e1a-0000-4000-8000-000000000000', root)).rejects.toMatchObject({
      kind: 'not_found',
      code: 'service_key_not_found',
    });
  });
});
