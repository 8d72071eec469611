import { Module } from '@nestjs/common';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { NotificationRelay } from './notification-relay.js';
import { WebhookRelay } from './webhook-relay.js';

@Module({ imports: [NotificationsModule], providers: [NotificationRelay, WebhookRelay] })
export class NotificationsJobsModule {}
