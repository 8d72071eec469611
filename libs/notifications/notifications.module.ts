import { Module } from '@nestjs/common';
import { ChannelDelivery } from './channels/channel-delivery.service.js';
import { ChannelFailures } from './channels/channel-failures.js';
import { ChannelMessages } from './channels/channel-messages.js';
import { ChannelSecrets } from './channels/channel-secrets.js';
import { ChannelSender } from './channels/channel-sender.js';
import { ChannelsRepository } from './channels/channels.repository.js';
import { ChannelsService } from './channels/channels.service.js';
import { EmailClient } from './channels/email.client.js';
import { SlackClient } from './channels/slack.client.js';
import { DeliveryRecorder } from './delivery/delivery.recorder.js';
import { DeliveryAttemptsRepository } from './delivery/delivery-attempts.repository.js';
import { PublicNetwork } from './delivery/public-network.client.js';
import { NotificationPublisher } from './notification-publisher.js';
import { NotificationSignal } from './notification-signal.js';
import { NotificationStreams } from './notification-streams.service.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';
import { WebhookDeliveriesService } from './webhooks/webhook-deliveries.service.js';
import { WebhookDelivery } from './webhooks/webhook-delivery.service.js';
import { WebhookFailures } from './webhooks/webhook-failures.js';
import { WebhookMessages } from './webhooks/webhook-messages.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { WebhookSender } from './webhooks/webhook-sender.js';
import { WebhooksRepository } from './webhooks/webhooks.repository.js';
import { WebhooksService } from './webhooks/webhooks.service.js';

@Module({
  providers: [
    NotificationsRepository,
    NotificationSignal,
    NotificationPublisher,
    NotificationsService,
    NotificationStreams,
    PublicNetwork,
    WebhooksRepository,
    WebhookSecrets,
    WebhookSender,
    WebhookMessages,
    WebhookFailures,
    DeliveryAttemptsRepository,
    DeliveryRecorder,
    WebhookDelivery,
    WebhooksService,
    WebhookDeliveriesService,
    ChannelsRepository,
    ChannelSecrets,
    SlackClient,
    EmailClient,
    ChannelSender,
    ChannelMessages,
    ChannelFailures,
    ChannelDelivery,
    ChannelsService,
  ],
  exports: [
    NotificationSignal,
    NotificationPublisher,
    NotificationsService,
    NotificationStreams,
    WebhookDelivery,
    WebhooksService,
    WebhookDeliveriesService,
    ChannelDelivery,
    ChannelsService,
  ],
})
export class NotificationsModule {}
