import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { AttemptPage, DeliveryAttempt } from '#libs/notifications/delivery/delivery-attempt.js';
import { WebhookDeliveriesService } from '#libs/notifications/webhooks/webhook-deliveries.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import {
  DeliveriesQuery,
  DeliveryAttemptPage,
  DeliveryAttemptView,
  toDeliveryAttemptView,
} from './webhook-deliveries.schemas.js';

const WebhookId = z.uuid();
const DeliveryId = z.coerce.number().int().min(1);
const KEPT = 'Attempts are kept for 14 days, unless RETENTION_DAYS sets another time.';

@ApiTags('webhooks')
@Controller('v1')
export class WebhookDeliveriesController {
  constructor(private readonly deliveries: WebhookDeliveriesService) {}

  @Get('webhook-deliveries')
  @RightsByOwner()
  @ApiOperation({
    summary: 'List deliveries of all webhooks',
    description: `Newest first, each attempt of the webhooks of the key; with the scope admin, of all webhooks. ${KEPT}`,
  })
  @ApiResult(200, DeliveryAttemptPage, 'A page of attempts, without the content of messages')
  async listDeliveries(
    @Query({ schema: DeliveriesQuery }) { state, ...page }: DeliveriesQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toPage(await this.deliveries.list({ state }, page, principal));
  }

  @Get('webhooks/:id/deliveries')
  @RightsByOwner()
  @ApiOperation({
    summary: 'List deliveries of a webhook',
    description: `Newest first, each attempt with its status, its duration and its error. ${KEPT}`,
  })
  @ApiResult(200, DeliveryAttemptPage, 'A page of attempts, without the content of messages')
  @ApiProblems(404)
  async listWebhookDeliveries(
    @Param('id', { schema: WebhookId }) webhookId: string,
    @Query({ schema: DeliveriesQuery }) { state, ...page }: DeliveriesQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toPage(await this.deliveries.list({ webhookId, state }, page, principal));
  }

  @Post('webhooks/:id/deliveries/:deliveryId/resend')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Resend a delivery',
    description:
      'The api sends the message once more immediately, with the same `webhook-id`, and the response has the result. The position of the webhook does not change. If the notification is no longer kept, or its recipients have changed, nothing is sent.',
  })
  @ApiResult(201, DeliveryAttemptView, 'The new attempt')
  @ApiProblems(404, 409)
  async resendDelivery(
    @Param('id', { schema: WebhookId }) webhookId: string,
    @Param('deliveryId', { schema: DeliveryId }) deliveryId: number,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toDeliveryAttemptView(await this.deliveries.resend(webhookId, deliveryId, principal));
  }
}

const toPage = ({ items, nextCursor }: AttemptPage<DeliveryAttempt>) => ({
  items: items.map(toDeliveryAttemptView),
  nextCursor,
});
