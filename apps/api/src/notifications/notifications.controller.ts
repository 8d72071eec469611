import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { toNotificationView } from '#libs/notifications/notification-view.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import {
  NotificationPageView,
  NotificationsQuery,
  NotificationView,
  RecipientQuery,
  toNotificationPageView,
} from './notifications.schemas.js';

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'List notifications',
    description:
      'Newest first. A user gets notifications about its conversations and the use cases that they follow. A service key with the scope act-as gets the notifications of the user in `userId`. A service key with the scope operate or read gets the notifications for operators.',
  })
  @ApiResult(200, NotificationPageView, 'A page of notifications')
  async listNotifications(
    @Query({ schema: NotificationsQuery }) { limit, cursor, ...filter }: NotificationsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const page = await this.notifications.list(filter, principal, { limit, before: cursor });
    return toNotificationPageView(page);
  }

  @Post(':id/shown')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Mark a notification as shown',
    description: 'Only the first request sets the time.',
  })
  @ApiResult(200, NotificationView, 'The notification after the change')
  @ApiProblems(404)
  async markNotificationShown(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: RecipientQuery }) { userId }: RecipientQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toNotificationView(await this.notifications.mark(id, 'shown', principal, userId));
  }

  @Post(':id/ack')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Acknowledge a notification',
    description:
      'An acknowledged notification is also shown. Only the first request sets the time. Other recipients acknowledge it separately.',
  })
  @ApiResult(200, NotificationView, 'The notification after the change')
  @ApiProblems(404)
  async acknowledgeNotification(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: RecipientQuery }) { userId }: RecipientQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toNotificationView(await this.notifications.mark(id, 'acknowledged', principal, userId));
  }
}
