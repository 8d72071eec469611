import { beforeEach, describe, expect, it } from 'vitest';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { FakeClock } from '../../test/support/fake-clock.js';
import { FakeBus } from '../../test/support/fake-redis.js';
import type { Conversation } from './conversation.js';
import { ConversationsCache } from './conversations.cache.js';
import type { ConversationsRepository } from './conversations.repository.js';

const CHANNEL = 'conversation-changed';
const HOUR_MS = 3_600_000;
/** With Redis away a change must be seen within this time. */
const PROMISED_MS = 5_000;

/** PostgreSQL with conversations in it, whose answers a test may hold back. */
class FakeConversationsRepository {
  reads = 0;
  failure: Error | undefined;
  private readonly versions = new Map<string, number>();
  private gate = Promise.resolve();

  store(id: string, version: number): void {
    this.versions.set(id, version);
  }

  /** Reads that begin now answer with what is there now, but not before the returned function is called. */
  holdBack(): () => void {
    let open = () => {};
    this.gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      this.gate = Promise.resolve();
      open();
    };
  }

  async find(id: string): Promise<Conversation | null> {
    this.reads += 1;
    if (this.failure) throw this.failure;
    const version = this.versions.get(id);
    await this.gate;
    if (version === undefined) return null;
    return { id, owner: 'alice', useCase: 'clinical', pin: null, coolDowns: {}, version, switchSeq: 0 };
  }
}

const away = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

let postgres: FakeConversationsRepository;
let bus: FakeBus;
let clock: FakeClock;
let cache: ConversationsCache;
beforeEach(() => {
  postgres = new FakeConversationsRepository();
  bus = new FakeBus();
  clock = new FakeClock();
  const repository =
    postgres satisfies Partial<ConversationsRepository> as unknown as ConversationsRepository;
  cache = new ConversationsCache(repository, bus.asBus(), clock, new Metrics());
  cache.onModuleInit();
  postgres.store('c', 1);
});

const versionSeen = async () => (await cache.get('c'))?.version;
const hearOf = (version: number) => bus.deliver(CHANNEL, JSON.stringify({ id: 'c', version }));

describe('reading', () => {
  it('asks PostgreSQL once, and then answers from memory', async () => {
    for (let read = 0; read < 100; read += 1) expect(await versionSeen()).toBe(1);
    expect(postgres.reads).toBe(1);
  });

  it('remembers also that there is none', async () => {
    expect(await cache.get('unseen')).toBeNull();
    expect(await cache.get('unseen')).toBeNull();
    expect(postgres.reads).toBe(1);
  });

  it('asks once for a hundred readers that come at the same time', async () => {
    const open = postgres.holdBack();
    const readers = Array.from({ length: 100 }, versionSeen);
    open();
    expect(new Set(await Promise.all(readers))).toEqual(new Set([1]));
    expect(postgres.reads).toBe(1);
  });

  it('keeps conversations apart', async () => {
    postgres.store('d', 9);
    expect([await versionSeen(), (await cache.get('d'))?.version]).toEqual([1, 9]);
  });
});

describe('a change', () => {
  it('by this instance is seen by the next reader, and the others are notified', async () => {
    await versionSeen();
    postgres.store('c', 2);
    cache.changed('c', 2);
    expect(await versionSeen()).toBe(2);
    expect(bus.published).toEqual([{ channel: CHANNEL, message: '{"id":"c","version":2}' }]);
  });

  it('of another instance is seen as soon as the message is here', async () => {
    await versionSeen();
    postgres.store('c', 2);
    hearOf(2);
    expect(await versionSeen()).toBe(2);
  });

  it('that makes a conversation is seen where there was none', async () => {
    await cache.get('new');
    postgres.store('new', 1);
    cache.changed('new', 1);
    expect((await cache.get('new'))?.version).toBe(1);
  });

  it.each([1, 0])('of a version (%i) that is held already costs no read', async (version) => {
    await versionSeen();
    hearOf(version);
    await versionSeen();
    expect(postgres.reads).toBe(1);
  });

  it('is seen within 5 s where no message comes', async () => {
    await versionSeen();
    postgres.store('c', 2);
    clock.advance(PROMISED_MS - 1);
    expect(await versionSeen()).toBe(2);
  });

  it('is seen immediately after the subscription was lost: every copy is read again', async () => {
    await versionSeen();
    postgres.store('c', 2);
    bus.reconnect();
    expect(await versionSeen()).toBe(2);
  });

  it('after PostgreSQL was restored to a lower version is seen like any other', async () => {
    postgres.store('c', 9);
    cache.changed('c', 9);
    await versionSeen();
    postgres.store('c', 4);
    clock.advance(PROMISED_MS);
    expect(await versionSeen()).toBe(4);
    postgres.store('c', 5);
    cache.changed('c', 5);
    expect(await versionSeen()).toBe(5);
  });
});

describe('a race', () => {
  it.each([
    ['our own change', () => cache.changed('c', 2)],
    ['a message', () => hearOf(2)],
  ])('a read that began before %s does not put the old state back', async (_, change) => {
    const open = postgres.holdBack();
    const early = versionSeen();
    postgres.store('c', 2);
    change();
    open();
    await early;
    expect(await versionSeen()).toBe(2);
  });

  it('a reader that comes after a change does not join a read that began before it', async () => {
    const open = postgres.holdBack();
    const early = versionSeen();
    postgres.store('c', 2);
    cache.changed('c', 2);
    const late = versionSeen();
    open();
    expect(await Promise.all([early, late])).toEqual([1, 2]);
  });

  it('a read that began before a conversation was made does not hide it', async () => {
    const open = postgres.holdBack();
    const early = cache.get('new');
    postgres.store('new', 1);
    cache.changed('new', 1);
    open();
    expect(await early).toBeNull();
    expect((await cache.get('new'))?.version).toBe(1);
  });

  it('an early read that ends last does not replace what a late one brought', async () => {
    const openEarly = postgres.holdBack();
    const early = versionSeen();
    postgres.store('c', 2);
    const openLate = postgres.holdBack();
    cache.changed('c', 2);
    const late = versionSeen();
    openLate();
    await late;
    openEarly();
    await early;
    expect(await versionSeen()).toBe(2);
    expect(postgres.reads).toBe(2);
  });

  it('an early read that ends first does not keep others from joining the late one', async () => {
    const openEarly = postgres.holdBack();
    const early = versionSeen();
    postgres.store('c', 2);
    const openLate = postgres.holdBack();
    cache.changed('c', 2);
    const late = versionSeen();
    openEarly();
    await early;
    const latest = versionSeen();
    openLate();
    expect(await Promise.all([late, latest])).toEqual([2, 2]);
    expect(postgres.reads).toBe(2);
  });

  it('an old message after a new one does not lower what is known', async () => {
    const open = postgres.holdBack();
    const early = versionSeen();
    postgres.store('c', 3);
    hearOf(3);
    hearOf(1);
    open();
    await early;
    expect(await versionSeen()).toBe(3);
  });
});

describe('while PostgreSQL is away', () => {
  it('a copy is used for an hour, and not a millisecond longer', async () => {
    await versionSeen();
    postgres.failure = away();
    clock.advance(HOUR_MS - 1);
    expect(await versionSeen()).toBe(1);
    clock.advance(1);
    await expect(versionSeen()).rejects.toMatchObject({ kind: 'unavailable', code: 'database_unavailable' });
  });

  it('a copy that may be old is still used after the subscription was lost', async () => {
    await versionSeen();
    postgres.failure = away();
    bus.reconnect();
    expect(await versionSeen()).toBe(1);
  });

  it('nobody can say what was never read', async () => {
    postgres.failure = away();
    await expect(versionSeen()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('a failed read is not remembered', async () => {
    postgres.failure = away();
    await versionSeen().catch(() => undefined);
    postgres.failure = undefined;
    expect(await versionSeen()).toBe(1);
  });

  it('an error that is ours is not hidden behind an old copy', async () => {
    await versionSeen();
    postgres.failure = new Error('column does not exist');
    clock.advance(PROMISED_MS);
    await expect(versionSeen()).rejects.toThrow('column does not exist');
  });
});
