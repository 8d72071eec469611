import { Injectable } from '@nestjs/common';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { RedisSignal } from '#libs/platform/redis/redis-signal.js';

/** Signals a new or resumed move to the workers, so that it begins before their next poll. */
@Injectable()
export class MoveSignal extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'moves');
  }
}
