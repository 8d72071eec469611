import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { ChannelDefinition } from './define-channel.js';
import { RedisConnections } from './redis-connections.js';
import { RedisRejections } from './redis-rejections.js';

/** Handles the text of a message. */
type Handler = (text: string) => void;

/**
 * Notifies the other instances of changes. A message may be lost (Redis unavailable) or forged: a listener must also
 * detect changes by itself, later.
 */
@Injectable()
export class RedisPubSub implements OnModuleInit {
  private readonly handlers = new Map<string, Handler[]>();
  private readonly reconnected: (() => void)[] = [];
  private readonly logger = new Logger('RedisPubSub');

  constructor(
    private readonly redis: RedisConnections,
    private readonly rejections: RedisRejections,
  ) {}

  onModuleInit(): void {
    const { subscriber } = this.redis;
    subscriber.on('message', (channel, text) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(text);
    });
    subscriber.on('ready', () => {
      for (const handler of this.reconnected) handler();
    });
  }

  /** Never throws and never makes the caller wait for Redis. */
  publish<Message>({ name, format }: ChannelDefinition<Message>, message: Message): void {
    this.redis.commands.publish(this.redis.key(name), z.encode(format, message)).catch((error: Error) => {
      this.logger.debug(`a message on ${name} was not sent: ${error.message}`);
    });
  }

  /**
   * @param missed called for a message that does not have the channel's format: there may be an unknown change.
   * Default: nothing
   */
  on<Message>(
    channel: ChannelDefinition<Message>,
    handler: (message: Message) => void,
    missed: () => void = () => undefined,
  ): void {
    const key = this.redis.key(channel.name);
    this.handlers.set(key, [...(this.handlers.get(key) ?? []), this.reading(channel, handler, missed)]);
    this.redis.subscriber.subscribe(key).catch((error: Error) => {
      this.logger.debug(`${channel.name} is subscribed when Redis is available again: ${error.message}`);
    });
  }

  /** Called each time the subscription stands (again): messages may have been missed before. */
  onConnected(handler: () => void): void {
    this.reconnected.push(handler);
  }

  private reading<Message>(
    { name, format }: ChannelDefinition<Message>,
    handler: (message: Message) => void,
    missed: () => void,
  ): Handler {
    return (text) => {
      const { success, data } = format.safeParse(text);
      if (success) return handler(data);
      this.rejections.add(name, 'a message that this release does not understand');
      missed();
    };
  }
}
