import { Module } from '@nestjs/common';
import { NotificationBell } from './notification-bell.js';
import { NotificationPublisher } from './notification-publisher.js';
import { NotificationStreams } from './notification-streams.service.js';
import { NotificationWriter } from './notification-writer.js';
import { NotificationsRepository } from './notifications.repository.js';
import { NotificationsService } from './notifications.service.js';

@Module({
  providers: [
    NotificationsRepository,
    NotificationBell,
    NotificationWriter,
    NotificationPublisher,
    NotificationsService,
    NotificationStreams,
  ],
  exports: [NotificationWriter, NotificationPublisher, NotificationsService, NotificationStreams],
})
export class NotificationsModule {}
