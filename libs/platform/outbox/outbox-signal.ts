import { Injectable } from '@nestjs/common';
import { RedisPubSub } from '../redis/redis-pubsub.js';
import { RedisSignal } from '../redis/redis-signal.js';

/** Signals new entries to the relays, so that work starts immediately instead of at the next poll. */
@Injectable()
export class OutboxSignal extends RedisSignal {
  constructor(pubSub: RedisPubSub) {
    super(pubSub, 'outbox');
  }
}
