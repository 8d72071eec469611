import { Injectable } from '@nestjs/common';
import { DeliveryRecorder } from '../delivery/delivery.recorder.js';
import { FeedDelivery } from '../delivery/feed-delivery.js';
import type { ChannelCursor, ChannelMessage, LeasedChannel } from './channel.js';
import { ChannelFailures } from './channel-failures.js';
import { ChannelMessages } from './channel-messages.js';
import { ChannelSender } from './channel-sender.js';
import { ChannelsRepository } from './channels.repository.js';

/** Delivers notifications to channels that people read. */
@Injectable()
export class ChannelDelivery extends FeedDelivery<LeasedChannel, ChannelMessage, ChannelCursor> {
  constructor(
    leases: ChannelsRepository,
    messages: ChannelMessages,
    sender: ChannelSender,
    failures: ChannelFailures,
    recorder: DeliveryRecorder,
  ) {
    super({
      kind: 'channel',
      leases,
      steps: (channel) => messages.after(channel),
      sender,
      failures,
      recorder,
    });
  }
}
