import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';

const KEY = 'fleet-reader';
/** An instance that was not scraped for this long loses the lease. */
const LEASE_MS = 60_000;

const TAKE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

/**
 * Reads shared figures on one instance, the leader: the first that Prometheus scrapes, while it is scraped. While Redis
 * is unavailable each instance reads, so that an alert must take the maximum.
 */
@Injectable()
export class LeaderCollector {
  /** Time for which a reading is valid; tests set it. */
  cachedMs = 10_000;
  private readonly id = randomUUID();
  private readonly logger = new Logger('LeaderCollector');

  constructor(private readonly redis: RedisConnections) {}

  /**
   * Returns a function that reads at most once in ten seconds, however many callers run concurrently. A metrics page
   * must not fail with one of its figures.
   * @returns a function whose result is undefined if another instance reads, or the read failed
   */
  shared<T>(what: string, read: () => Promise<T>): () => Promise<T | undefined> {
    let last: { at: number; value: Promise<T | undefined> } | undefined;
    return () => {
      if (!last || performance.now() - last.at >= this.cachedMs)
        last = { at: performance.now(), value: this.readAsLeader(what, read) };
      return last.value;
    };
  }

  private async readAsLeader<T>(what: string, read: () => Promise<T>): Promise<T | undefined> {
    if (!(await this.isLeader())) return undefined;
    return read().catch((error: Error & { code?: string }) => {
      this.logger.warn(`${what} cannot be read: ${error.name} ${error.code ?? ''}`);
      return undefined;
    });
  }

  private async isLeader(): Promise<boolean> {
    const taken = this.redis.commands.eval(TAKE, 1, this.redis.key(KEY), this.id, LEASE_MS);
    return taken.then(
      (won) => won === 1,
      () => true,
    );
  }
}
