import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FakeBus } from '../../../test/support/fake-redis.js';
import { FakeServiceKeysRepository, startKeys } from '../../../test/support/fake-service-keys.js';
import { NO_SETTINGS } from './key-settings.js';
import type { Principal } from './principal.js';
import type { ServiceKeysService } from './service-keys.service.js';

const HOUR_MS = 3_600_000;
const root: Principal = { kind: 'service', name: 'bootstrap', scopes: new Set(['admin']) };

let repository: FakeServiceKeysRepository;
let clock: FakeClock;
let service: ServiceKeysService;
beforeEach(() => {
  repository = new FakeServiceKeysRepository();
  clock = new FakeClock();
  service = startKeys({ repository, bus: new FakeBus(), clock }, {});
});

const create = (expiresAt: Date | null = null) =>
  service.create({ name: 'chat', scopes: ['act-as', 'switch'], expiresAt, ...NO_SETTINGS }, root);

describe('rotating', () => {
  const HOUR = { overlapMs: HOUR_MS, expiresAt: undefined };

  it('makes a key with the same name and scopes, and both are good for the overlap', async () => {
    const old = await create();
    const next = await service.rotate(old.key.id, HOUR, root);
    expect(next.key).toMatchObject({ name: 'chat', scopes: ['switch', 'act-as'], expiresAt: null });
    expect(next.replaced).toMatchObject({ id: old.key.id, replacedBy: next.key.id });
    clock.advance(HOUR_MS - 1);
    expect(await service.authenticate(old.secret)).toEqual(await service.authenticate(next.secret));
    clock.advance(1);
    expect(await service.authenticate(old.secret)).toBeNull();
    expect(await service.authenticate(next.secret)).not.toBeNull();
  });

  it('keeps the defaults and the limits', async () => {
    const old = await create();
    const change = { defaults: { useCase: 'clinical' }, limits: { useCases: ['clinical'] } };
    const { defaults, limits } = await service.edit(old.key.id, change, () => undefined, root);
    const next = await service.rotate(old.key.id, HOUR, root);
    expect(next.key).toMatchObject({ defaults, limits });
    expect(await service.authenticate(next.secret)).toMatchObject({ settings: { defaults, limits } });
  });

  it('never makes the old key live longer, and gives the new one as long a life', async () => {
    const expiresAt = new Date(clock.now().getTime() + HOUR_MS);
    const old = await create(expiresAt);
    clock.advance(HOUR_MS / 2);
    const { key, replaced } = await service.rotate(old.key.id, HOUR, root);
    expect(replaced.expiresAt).toEqual(expiresAt);
    expect(key.expiresAt).toEqual(new Date(clock.now().getTime() + HOUR_MS));
  });

  it('without an overlap ends the old key immediately', async () => {
    const old = await create();
    await service.authenticate(old.secret);
    await service.rotate(old.key.id, { overlapMs: 0, expiresAt: null }, root);
    expect(await service.authenticate(old.secret)).toBeNull();
  });

  it('happens once to a key, and names its successor the second time', async () => {
    const old = await create();
    const { key } = await service.rotate(old.key.id, HOUR, root);
    await expect(service.rotate(old.key.id, HOUR, root)).rejects.toMatchObject({
      code: 'service_key_replaced',
      message: expect.stringContaining(key.id),
    });
  });

  it('does not bring a key back that is revoked, expired or unknown', async () => {
    const revoked = await create();
    await service.revoke(revoked.key.id, root);
    const expired = await create(new Date(clock.now().getTime() + 1));
    clock.advance(1);
    for (const { key } of [revoked, expired])
      await expect(service.rotate(key.id, HOUR, root)).rejects.toMatchObject({ code: 'service_key_ended' });
    await expect(service.rotate('nobody', HOUR, root)).rejects.toMatchObject({ kind: 'not_found' });
    expect(repository.rows).toHaveLength(2);
  });
});
