import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { aModel } from '../../test/support/catalogue-fixture.js';
import { CatalogueInstances, seenBy, untilNextCheck } from '../../test/support/catalogue-instances.js';
import type { CatalogueCache } from './catalogue.cache.js';

let instances: CatalogueInstances;
beforeEach(() => {
  vi.useFakeTimers();
  instances = new CatalogueInstances();
});
afterEach(() => {
  instances.stop();
  vi.useRealTimers();
});

const HOUR_MS = 3_600_000;

describe('while Redis is away', () => {
  it('an instance starts, and sees its own change immediately', async () => {
    instances.redis.away = true;
    const cache = await instances.start();
    instances.postgres.store(2, 'second');
    await cache.changed(2);
    expect(seenBy(cache)).toBe('second');
  });

  it('a change elsewhere is seen within 5 s', async () => {
    const cache = await instances.start();
    instances.redis.away = true;
    instances.postgres.store(2, 'elsewhere');
    await untilNextCheck();
    expect(seenBy(cache)).toBe('elsewhere');
  });
});

describe('while PostgreSQL is away', () => {
  it('reads continue from the copy, and a change never fails', async () => {
    const cache = await instances.start();
    instances.postgres.away = true;
    await cache.changed(2);
    await untilNextCheck();
    expect(seenBy(cache)).toBe('first');
  });

  it('a copy that nobody could confirm is used for an hour, and not a millisecond longer', async () => {
    const cache = await instances.start();
    instances.postgres.away = true;
    instances.clock.advance(HOUR_MS);
    await untilNextCheck();
    expect(seenBy(cache)).toBe('first');
    instances.clock.advance(1);
    expect(() => cache.get()).toThrow(UnavailableError);
  });

  it('the hour starts again with each confirmation', async () => {
    const cache = await instances.start();
    instances.clock.advance(HOUR_MS);
    await untilNextCheck();
    instances.clock.advance(HOUR_MS);
    expect(seenBy(cache)).toBe('first');
    expect(instances.postgres.loads).toBe(1);
  });

  it('an instance without a copy takes the shared one', async () => {
    await instances.start();
    instances.postgres.away = true;
    expect(seenBy(await instances.start())).toBe('first');
  });

  it('and believes nothing of it about where prompts may go, so that only what an id says counts', async () => {
    instances.postgres.store(1, 'first', [aModel('m', { destinationRegions: ['us-east-1'] })]);
    const [model] = (await instances.start()).get().models;
    instances.postgres.away = true;
    const [copied] = (await instances.start()).get().models;
    expect([model, copied]).toMatchObject([
      { destinationRegions: ['us-east-1'] },
      { destinationRegions: null },
    ]);
  });

  it.each<[string, () => void]>([
    ['somebody else has changed', () => instances.forge('forged')],
    ['is older than an hour', () => instances.clock.advance(HOUR_MS + 1)],
  ])('no instance takes a copy that %s', async (_, spoil) => {
    await instances.start();
    instances.postgres.away = true;
    spoil();
    const cache = await instances.start();
    expect(() => cache.get()).toThrow(UnavailableError);
  });

  it('an instance that finds nothing anywhere says that it is unavailable, and recovers by itself', async () => {
    instances.postgres.away = true;
    const cache = await instances.start();
    expect(() => cache.get()).toThrow(expect.objectContaining({ kind: 'unavailable', retryAfter: 1 }));
    instances.postgres.away = false;
    await untilNextCheck();
    expect(seenBy(cache)).toBe('first');
  });
});

describe('after PostgreSQL was restored to a lower version', () => {
  async function restored(): Promise<CatalogueCache> {
    const cache = await instances.start();
    instances.postgres.store(9, 'lost');
    await cache.changed(9);
    instances.postgres.store(3, 'restored');
    return cache;
  }

  it('its state is seen within 5 s', async () => {
    const cache = await restored();
    await untilNextCheck();
    expect(seenBy(cache)).toBe('restored');
  });

  it('a change before that is seen immediately', async () => {
    const cache = await restored();
    instances.postgres.store(4, 'fourth');
    await cache.changed(4);
    expect(seenBy(cache)).toBe('fourth');
  });

  it('changes after that are seen immediately, and the lost state never comes back', async () => {
    const cache = await restored();
    await untilNextCheck();
    const seen: unknown[] = [];
    for (const version of [4, 5, 6, 7, 8, 9, 10]) {
      instances.postgres.store(version, `new ${version}`);
      await cache.changed(version);
      seen.push(seenBy(cache));
    }
    expect(seen).toEqual([4, 5, 6, 7, 8, 9, 10].map((version) => `new ${version}`));
  });

  it('an instance that starts then has its state, not the lost one from Redis', async () => {
    await restored();
    expect(seenBy(await instances.start())).toBe('restored');
  });
});
