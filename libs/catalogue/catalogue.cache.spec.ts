import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CatalogueInstances,
  seenBy,
  settled,
  untilNextCheck,
} from '../../test/support/catalogue-instances.js';

let instances: CatalogueInstances;
beforeEach(() => {
  vi.useFakeTimers();
  instances = new CatalogueInstances();
});
afterEach(() => {
  instances.stop();
  vi.useRealTimers();
});

describe('an instance', () => {
  it('has the catalogue when it has started, and shares it', async () => {
    const cache = await instances.start();
    expect(seenBy(cache)).toBe('first');
    expect(instances.sharedLabel).toBe('first');
  });

  it('reads from memory: a thousand reads ask nobody', async () => {
    const cache = await instances.start();
    for (let read = 0; read < 1_000; read += 1) cache.get();
    expect(instances.postgres.loads).toBe(1);
  });

  it('has its own change when its promise resolves, and notifies the others', async () => {
    const cache = await instances.start();
    instances.postgres.store(2, 'second');
    await cache.changed(2);
    expect(seenBy(cache)).toBe('second');
    expect(instances.bus.published).toEqual([{ channel: 'catalogue-changed', message: '2' }]);
  });

  it('asks Redis for no copy of what it changed, and takes one of the next change', async () => {
    const cache = await instances.start();
    const { reads } = instances.redis;
    instances.postgres.store(2, 'second');
    await cache.changed(2);
    expect(instances.redis.reads).toBe(reads);
    instances.postgres.store(3, 'third');
    await instances.share(3, 'third');
    instances.hearOf(3);
    await settled();
    expect(seenBy(cache)).toBe('third');
    expect(instances.postgres.loads).toBe(2);
  });

  it('takes the change of another instance from Redis as soon as it gets the message', async () => {
    const cache = await instances.start();
    instances.postgres.store(2, 'second');
    await instances.share(2, 'second');
    instances.hearOf(2);
    await settled();
    expect(seenBy(cache)).toBe('second');
    expect(instances.postgres.loads).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['is older than the change that was announced', () => instances.share(2, 'old copy')],
    ['has the version, and is not what PostgreSQL has', () => instances.share(3, 'from a lost past')],
    ['was changed by somebody else', () => instances.share(3, 'third').then(() => instances.forge('forged'))],
    ['is not a copy', () => instances.redis.texts.set('test:catalogue:11', '{"version":3,"mod')],
  ])('reads PostgreSQL where the copy in Redis %s', async (_, putCopy) => {
    const cache = await instances.start();
    await putCopy();
    instances.postgres.store(3, 'third');
    instances.hearOf(3);
    await settled();
    expect(seenBy(cache)).toBe('third');
    expect(instances.postgres.loads).toBe(2);
    expect(instances.sharedLabel).toBe('third');
  });

  it('asks PostgreSQL after a message that it does not understand', async () => {
    const cache = await instances.start();
    instances.postgres.store(2, 'second');
    instances.bus.deliver('catalogue-changed', 'garbage');
    await settled();
    expect(seenBy(cache)).toBe('second');
  });

  it('does not read again for news that it has', async () => {
    await instances.start();
    instances.hearOf(1);
    await settled();
    expect(instances.postgres.loads).toBe(1);
  });

  it('asks immediately when the subscription is restored, because it may have missed a message', async () => {
    const cache = await instances.start();
    instances.postgres.store(2, 'missed');
    instances.bus.reconnect();
    await settled();
    expect(seenBy(cache)).toBe('missed');
  });

  it('asks no more once it was stopped', async () => {
    const cache = await instances.start();
    cache.onModuleDestroy();
    instances.postgres.store(2, 'second');
    await untilNextCheck();
    expect(seenBy(cache)).toBe('first');
  });
});

describe('a race', () => {
  it('a read that began before a change does not put the old value back', async () => {
    const cache = await instances.start();
    const open = instances.postgres.holdBack();
    instances.postgres.store(2, 'second');
    instances.hearOf(2);
    await settled();
    instances.postgres.store(3, 'third');
    const changed = cache.changed(3);
    open();
    await changed;
    expect(seenBy(cache)).toBe('third');
    expect(instances.sharedLabel).toBe('third');
  });

  it('a check sees what was there when it was asked, though an older read is under way', async () => {
    const cache = await instances.start();
    const open = instances.postgres.holdBack();
    instances.postgres.store(2, 'second');
    instances.hearOf(2);
    await settled();
    instances.postgres.store(3, 'third');
    const checked = cache.check();
    open();
    await checked;
    expect(seenBy(cache)).toBe('third');
  });

  it('news of a version that a running read did not see lead to another read', async () => {
    const cache = await instances.start();
    const open = instances.postgres.holdBack();
    instances.postgres.store(2, 'second');
    instances.hearOf(2);
    await settled();
    instances.postgres.store(3, 'third');
    instances.hearOf(3);
    open();
    await settled();
    expect(seenBy(cache)).toBe('third');
    expect(instances.postgres.loads).toBe(3);
  });

  it('news that the running read has seen already lead to none', async () => {
    const cache = await instances.start();
    const open = instances.postgres.holdBack();
    instances.postgres.store(3, 'third');
    instances.hearOf(2);
    await settled();
    instances.hearOf(3);
    open();
    await settled();
    expect(seenBy(cache)).toBe('third');
    expect(instances.postgres.loads).toBe(2);
  });

  it('a storm of news makes one read', async () => {
    await instances.start();
    const open = instances.postgres.holdBack();
    instances.postgres.store(100, 'hundredth');
    for (let message = 0; message < 50; message += 1) instances.hearOf(100);
    open();
    await settled();
    expect(instances.postgres.loads).toBe(2);
  });

  it('a late message with an older version changes nothing', async () => {
    const cache = await instances.start();
    instances.postgres.store(3, 'third');
    await cache.changed(3);
    instances.hearOf(2);
    await settled();
    expect(seenBy(cache)).toBe('third');
    expect(instances.postgres.loads).toBe(2);
  });

  it('a message that promises a version nobody has does not read for ever', async () => {
    await instances.start();
    instances.hearOf(999);
    await settled();
    expect(instances.postgres.loads).toBe(1);
  });

  it('a message that promises a version nobody has does not deafen to real news during a read', async () => {
    const cache = await instances.start();
    instances.hearOf(999);
    await settled();
    const open = instances.postgres.holdBack();
    instances.postgres.store(2, 'second');
    instances.hearOf(2);
    await settled();
    instances.postgres.store(3, 'third');
    instances.hearOf(3);
    open();
    await settled();
    expect(seenBy(cache)).toBe('third');
  });
});
