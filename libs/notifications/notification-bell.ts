import { Injectable } from '@nestjs/common';
import { Doorbell } from '#libs/platform/redis/doorbell.js';
import { RedisBus } from '#libs/platform/redis/redis-bus.js';

/** Rings when something was published. */
@Injectable()
export class NotificationBell extends Doorbell {
  constructor(bus: RedisBus) {
    super(bus, 'notifications');
  }
}
