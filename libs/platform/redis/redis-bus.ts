import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { RedisConnections } from './redis-connections.js';

type Handler = (message: string) => void;

/**
 * Tells the other instances that something changed. A message may be lost (Redis away): whoever listens must also
 * find out by itself, later.
 */
@Injectable()
export class RedisBus implements OnModuleInit {
  private readonly handlers = new Map<string, Handler[]>();
  private readonly reconnected: (() => void)[] = [];
  private readonly logger = new Logger('RedisBus');

  constructor(private readonly redis: RedisConnections) {}

  onModuleInit(): void {
    const { subscriber } = this.redis;
    subscriber.on('message', (channel, message) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(message);
    });
    subscriber.on('ready', () => {
      for (const handler of this.reconnected) handler();
    });
  }

  /** Never throws and never makes the caller wait for Redis. */
  publish(channel: string, message: string): void {
    this.redis.commands.publish(this.redis.key(channel), message).catch((error: Error) => {
      this.logger.debug(`a message on ${channel} was not sent: ${error.message}`);
    });
  }

  on(channel: string, handler: Handler): void {
    const key = this.redis.key(channel);
    this.handlers.set(key, [...(this.handlers.get(key) ?? []), handler]);
    this.redis.subscriber.subscribe(key).catch((error: Error) => {
      this.logger.debug(`${channel} will be subscribed when Redis is back: ${error.message}`);
    });
  }

  /** Called each time the subscription stands (again): messages may have been missed before. */
  onConnected(handler: () => void): void {
    this.reconnected.push(handler);
  }
}
