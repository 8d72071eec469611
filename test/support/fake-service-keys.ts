import type { KeySettings } from '#libs/platform/auth/key-settings.js';
import type { ServiceKey } from '#libs/platform/auth/service-key.js';
import { ServiceKeysCache } from '#libs/platform/auth/service-keys.cache.js';
import type { ServiceKeysRepository } from '#libs/platform/auth/service-keys.repository.js';
import { ServiceKeysService } from '#libs/platform/auth/service-keys.service.js';
import { loadEnv } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { FakeClock } from './fake-clock.js';
import type { FakeBus } from './fake-redis.js';

/** The table of keys, newest last. */
export class FakeServiceKeysRepository {
  readonly rows: (ServiceKey & { hash: Buffer })[] = [];
  readonly touched: string[] = [];
  lookUps = 0;
  failure: Error | undefined;
  /** Look-ups wait for it. */
  answers: Promise<unknown> = Promise.resolve();

  async inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return work({} as Transaction);
  }
  async lock(id: string): Promise<ServiceKey | null> {
    return this.rows.find((key) => key.id === id) ?? null;
  }
  async replace(id: string, endsAt: Date, successor: ServiceKey & { hash: Buffer }): Promise<void> {
    this.rows.push(successor);
    Object.assign(this.rows.find((key) => key.id === id)!, { expiresAt: endsAt, replacedBy: successor.id });
  }
  async saveSettings(id: string, settings: KeySettings): Promise<void> {
    Object.assign(this.rows.find((key) => key.id === id)!, settings);
  }
  async findById(id: string): Promise<ServiceKey | null> {
    return this.lock(id);
  }
  async insert(key: ServiceKey & { hash: Buffer }): Promise<void> {
    this.rows.push(key);
  }
  async findByHash(hash: Buffer): Promise<ServiceKey | null> {
    this.lookUps += 1;
    await this.answers;
    if (this.failure) throw this.failure;
    const row = this.rows.find((key) => key.hash.equals(hash));
    return row ? { ...row } : null;
  }
  async list(limit: number, after?: string): Promise<ServiceKey[]> {
    const newestFirst = this.rows.toReversed();
    const start = after ? newestFirst.findIndex(({ id }) => id === after) + 1 : 0;
    return newestFirst.slice(start, start + limit);
  }
  async revoke(id: string, at: Date): Promise<ServiceKey | null> {
    const row = this.rows.find((key) => key.id === id);
    if (row) row.revokedAt ??= at;
    return row ?? null;
  }
  async touch(id: string): Promise<void> {
    this.touched.push(id);
    throw new Error('the time of last use is not worth a failure');
  }
}

/** The keys of one instance. */
export function startKeys(
  { repository, bus, clock }: { repository: FakeServiceKeysRepository; bus: FakeBus; clock: FakeClock },
  settings: Record<string, string>,
): ServiceKeysService {
  const env = loadEnv({ DATABASE_URL: 'postgres://h/d', REDIS_URL: 'redis://h', ...settings });
  const table = repository satisfies Partial<ServiceKeysRepository> as unknown as ServiceKeysRepository;
  const cache = new ServiceKeysCache(table, bus.asBus(), clock);
  cache.onModuleInit();
  return new ServiceKeysService(env, table, cache, clock);
}
