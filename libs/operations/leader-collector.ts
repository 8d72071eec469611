import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';

const KEY = 'fleet-reader';
/** An instance that nobody has asked for so long leaves it to another. */
const LEASE_MS = 60_000;

const TAKE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;

/**
 * What is the same wherever one looks is read by one instance: the first that Prometheus asks, for as long as it keeps
 * asking it. While Redis is away each instance reads, so that an alert takes the greatest of what they say.
 */
@Injectable()
export class LeaderCollector {
  /** How long a reading is good; tests have no time. */
  cachedMs = 10_000;
  private readonly id = randomUUID();
  private readonly logger = new Logger('LeaderCollector');

  constructor(private readonly redis: RedisConnections) {}

  /**
   * @returns reads at most once in ten seconds, however many ask at once; undefined: another instance does it, or it
   * failed. A page of metrics must not fail with one of them.
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
