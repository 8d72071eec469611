import { Injectable } from '@nestjs/common';
import { Doorbell } from '../redis/doorbell.js';
import { RedisBus } from '../redis/redis-bus.js';

/** Wakes the relays, so that new work starts at once and not at the next poll. */
@Injectable()
export class OutboxDoorbell extends Doorbell {
  constructor(bus: RedisBus) {
    super(bus, 'outbox');
  }
}
