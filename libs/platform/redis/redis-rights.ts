import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { RedisConnections } from './redis-connections.js';

/** Returns the kinds of commands of queues, caches, limits and messages; the scripts of the queues need more of each kind. */
const commandsOn = (key: (name: string) => string): [command: string, ...args: (string | number)[]][] => {
  const check = (kind: string) => key(`rights-check:${kind}`);
  return [
    ['info', 'server'],
    ['eval', 'return redis.call("time")', 1, check('script')],
    ['evalsha', '0'.repeat(40), 1, check('script')],
    ['set', check('text'), '1', 'px', 1_000],
    ['get', check('text')],
    ['incr', check('text')],
    ['pexpire', check('text'), 1_000],
    ['pttl', check('text')],
    ['exists', check('text')],
    ['hset', check('hash'), 'field', '1'],
    ['hget', check('hash'), 'field'],
    ['hdel', check('hash'), 'field'],
    ['zadd', check('sorted'), 1, 'member'],
    ['zrange', check('sorted'), 0, 0],
    ['bzpopmin', check('sorted'), 0.01],
    ['lpush', check('list'), 'member'],
    ['rpoplpush', check('list'), check('list')],
    ['sadd', check('set'), 'member'],
    ['smembers', check('set')],
    ['xadd', check('stream'), 'maxlen', 1, '*', 'field', '1'],
    ['scan', 0, 'count', 1],
    ['publish', key('rights-check'), ''],
    ['del', check('text'), check('hash'), check('sorted'), check('list'), check('set'), check('stream')],
  ];
};

/** Checks the rights of the Redis user at boot: without INFO, for example, no job runs, and nothing else shows it. */
@Injectable()
export class RedisRights implements OnModuleInit {
  private readonly logger = new Logger('RedisRights');

  constructor(private readonly redis: RedisConnections) {}

  /**
   * @throws Error that names missing rights; if Redis is unavailable, it is checked later and missing rights are only
   * logged
   */
  async onModuleInit(): Promise<void> {
    await this.redis.attempted();
    const missing = await this.missing();
    if (missing) throw new Error(missing);
    this.redis.commands.on('ready', () => {
      void this.missing().then((found) => found && this.logger.error(found));
    });
  }

  private async missing(): Promise<string | undefined> {
    const { commands, subscriber } = this.redis;
    if (!this.redis.isReady) return undefined;
    const key = (name: string) => this.redis.key(name);
    const asked = commandsOn(key).map(async ([command, ...args]) => {
      await commands.call(command, ...args);
    });
    if (subscriber.status === 'ready')
      asked.push(subscriber.subscribe(key('rights-check')).then(() => undefined));
    const answers = await Promise.allSettled(asked);
    const refused = answers
      .filter((answer) => answer.status === 'rejected')
      .map(({ reason }) => (reason as Error).message)
      .filter((message) => message.startsWith('NOPERM'));
    if (refused.length === 0) return undefined;
    return `The user of REDIS_URL lacks rights that jobs need; docs/deployment.md has its ACL. Redis says: ${[...new Set(refused)].join('; ')}`;
  }
}
