import { Module } from '@nestjs/common';
import { NotificationsModule } from '#libs/notifications/notifications.module.js';
import { NotificationRelay } from './notification-relay.js';

@Module({ imports: [NotificationsModule], providers: [NotificationRelay] })
export class NotificationsJobsModule {}
