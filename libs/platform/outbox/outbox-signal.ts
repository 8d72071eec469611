import { Injectable } from '@nestjs/common';
import { RedisPubSub } from '../redis/redis-pubsub.js';
import { RedisSignal } from '../redis/redis-signal.js';

/** Wakes the relays, so that new work starts at once and not at the next poll. */
@Injectable()
export class OutboxSignal extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'outbox');
  }
}
