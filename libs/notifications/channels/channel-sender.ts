import { Injectable } from '@nestjs/common';
import { type Delivery, failed } from '../delivery/delivery.js';
import { PublicNetwork } from '../delivery/public-network.client.js';
import type { ChannelMessage, LeasedChannel } from './channel.js';
import { ChannelSecrets } from './channel-secrets.js';
import { EmailClient } from './email.client.js';
import { SlackClient } from './slack.client.js';

/** Sends a message to where the people of a channel read it. */
@Injectable()
export class ChannelSender {
  constructor(
    private readonly secrets: ChannelSecrets,
    private readonly slack: SlackClient,
    private readonly email: EmailClient,
    private readonly network: PublicNetwork,
  ) {}

  get timeoutSeconds(): number {
    return this.network.timeoutSeconds;
  }

  /** @param stop aborts immediately. @throws only when stopped */
  async send(channel: LeasedChannel, message: ChannelMessage, stop?: AbortSignal): Promise<Delivery> {
    const secret = this.secrets.decrypt(channel.id, channel.encryptedSecret);
    if (secret === undefined)
      return failed('the key that decrypts its secret is not in WEBHOOK_SIGNING_KEYS', 'configuration');
    return channel.kind === 'slack'
      ? this.slack.send(secret, message, stop)
      : this.email.send(channel.target, secret, message, stop);
  }
}
