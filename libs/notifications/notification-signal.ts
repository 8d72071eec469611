import { Injectable } from '@nestjs/common';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { RedisSignal } from '#libs/platform/redis/redis-signal.js';

/** Signals that notifications were published. */
@Injectable()
export class NotificationSignal extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'notifications');
  }
}
