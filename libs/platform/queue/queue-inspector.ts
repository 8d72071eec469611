import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { RedisConnections } from '../redis/redis-connections.js';

/** Number of jobs of a queue by state. */
export interface QueueDepth {
  queue: string;
  jobs: Record<string, number>;
}

const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** Looks into queues without working on them: over the connection that a process has, and without a trace in Redis. */
@Injectable()
export class QueueInspector implements OnApplicationShutdown {
  private readonly views = new Map<string, Queue>();

  constructor(
    private readonly redis: RedisConnections,
    @Inject(ENV) private readonly env: Pick<Env, 'REDIS_PREFIX'>,
  ) {}

  of(name: string): Queue {
    const present = this.views.get(name);
    if (present) return present;
    const view = new Queue(name, {
      connection: this.redis.commands,
      prefix: queuePrefix(this.env),
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    view.on('error', () => undefined); // Redis is away: RedisConnections says so once
    this.views.set(name, view);
    return view;
  }

  /** @throws while Redis is unavailable */
  async depths(names: string[]): Promise<QueueDepth[]> {
    return Promise.all(
      names.map(async (queue) => ({ queue, jobs: await this.of(queue).getJobCounts(...STATES) })),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.views.values()].map((view) => view.close().catch(() => undefined)));
  }
}

/** In braces: a Redis Cluster keeps everything of an installation in one slot. */
export const queuePrefix = ({ REDIS_PREFIX }: Pick<Env, 'REDIS_PREFIX'>): string => `{${REDIS_PREFIX}}`;
