import { setTimeout as delay } from 'node:timers/promises';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type RedisClient, type RedisSettings, redisClient } from './redis-client.js';

/**
 * The two connections of a process: `commands` fails immediately while Redis is unavailable, because nothing waits for
 * a cache. `subscriber` waits and subscribes again by itself.
 */
export class RedisConnections implements OnApplicationShutdown {
  readonly commands: RedisClient;
  readonly subscriber: RedisClient;
  private readonly logger = new Logger('Redis');
  private readonly answersWithinMs: number;

  constructor(
    settings: RedisSettings,
    private readonly prefix: string,
  ) {
    const connectTimeout = 1_000 * settings.TIMEOUT_MULTIPLIER;
    // A cluster tries other nodes if the first does not respond.
    this.answersWithinMs = 500 * settings.TIMEOUT_MULTIPLIER;
    this.commands = redisClient(settings, {
      connectTimeout,
      enableOfflineQueue: false,
      commandTimeout: 250 * settings.TIMEOUT_MULTIPLIER,
      maxRetriesPerRequest: 0,
    });
    this.subscriber = redisClient(settings, { connectTimeout, maxRetriesPerRequest: null });
    for (const connection of [this.commands, this.subscriber]) this.logOutages(connection);
  }

  /** Returns a key with a hash tag: all keys of an installation are in one slot of a Redis Cluster, like its queues. */
  key(name: string): string {
    return `{${this.prefix}}:${name}`;
  }

  get isReady(): boolean {
    return this.commands.status === 'ready';
  }

  /** Returns whether the primary of our keys responds in time: an open connection alone proves nothing. */
  async answers(): Promise<boolean> {
    if (!this.isReady) return false;
    const late = new AbortController();
    const given = delay(this.answersWithinMs, false, { signal: late.signal, ref: false }).catch(() => false);
    const answer = this.commands.del(this.key('nothing')).then(
      () => true,
      () => false,
    );
    return Promise.race([answer, given]).finally(() => late.abort());
  }

  /** Waits for the end of the current attempt to connect, successful or not. */
  async attempted(): Promise<void> {
    if (this.isReady || this.commands.status === 'end') return;
    await new Promise<void>((resolve) => {
      for (const outcome of ['ready', 'close']) this.commands.once(outcome, resolve);
    });
  }

  onApplicationShutdown(): void {
    this.commands.disconnect();
    this.subscriber.disconnect();
  }

  /** Logs the start and the end of an outage once, instead of one line per attempt. */
  private logOutages(connection: RedisClient): void {
    let away = false;
    connection.on('error', (error) => {
      if (!away)
        this.logger.warn(`Redis is unavailable, and the process continues without it: ${error.message}`);
      away = true;
    });
    connection.on('ready', () => {
      if (away) this.logger.log('Redis is available again');
      away = false;
    });
  }
}
