import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { DeliveryFailures, type DisabledReceiver } from '../delivery/delivery-failures.js';
import { NotificationsService } from '../notifications.service.js';
import type { LeasedChannel } from './channel.js';
import { ChannelsRepository } from './channels.repository.js';

/** Handles channels that do not accept messages. */
@Injectable()
export class ChannelFailures extends DeliveryFailures<LeasedChannel> {
  constructor(
    leases: ChannelsRepository,
    notifications: NotificationsService,
    transactions: Transactions,
    clock: Clock,
  ) {
    super('channel', { leases, notifications, transactions, clock });
  }

  protected describe({ id, name }: LeasedChannel): DisabledReceiver {
    return { title: 'Channel Switched Off', subject: `The channel ${name}`, resume: `channels resume ${id}` };
  }
}
