import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { WebhooksService } from '#libs/notifications/webhooks/webhooks.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { toResult } from '../notifications/receivers.schemas.js';
import {
  CreateWebhook,
  DeliveryView,
  ResumeWebhook,
  RotateWebhook,
  toWebhookView,
  WebhookPage,
  WebhookView,
  WebhookWithSecretView,
} from './webhooks.schemas.js';

const WebhookId = z.uuid();

@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post()
  @RightsByOwner()
  @ApiOperation({
    summary: 'Create a webhook',
    description:
      'The webhook sends each new notification to the URL, in the order of the feed. The messages are signed by Standard Webhooks. Only this response contains the secret. The webhook belongs to the key and to its successors by rotation.',
  })
  @ApiBody({
    schema: { $ref: '#/components/schemas/CreateWebhook' },
    examples: {
      push: {
        summary: 'A back end that pushes to phones',
        value: { url: 'https://push.example.com/switches', feed: 'users' },
      },
    },
  })
  @ApiResult(201, WebhookWithSecretView, 'The webhook with its secret')
  @ApiProblems(409)
  async createWebhook(
    @Body({ schema: CreateWebhook }) { url, feed }: CreateWebhook,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { webhook, secret } = await this.webhooks.create(url, feed, principal);
    return { ...toWebhookView(webhook), secret };
  }

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'List webhooks',
    description: 'Oldest first. The list has the webhooks of the key, or all webhooks with the scope admin.',
  })
  @ApiResult(200, WebhookPage, 'The webhooks, without their secrets')
  async listWebhooks(@CurrentPrincipal() principal: Principal) {
    return { items: (await this.webhooks.list(principal)).map(toWebhookView), nextCursor: null };
  }

  @Get(':id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get a webhook',
    description:
      'The response has the position of the delivery, and no secret. Rotate the secret to get a new secret.',
  })
  @ApiResult(200, WebhookView, 'The webhook')
  @ApiProblems(404)
  async getWebhook(@Param('id', { schema: WebhookId }) id: string, @CurrentPrincipal() principal: Principal) {
    return toWebhookView(await this.webhooks.find(id, principal));
  }

  @Delete(':id')
  @RightsByOwner()
  @ApiOperation({ summary: 'Delete a webhook', description: 'Deliveries in progress still arrive.' })
  @ApiResult(200, WebhookView, 'The deleted webhook')
  @ApiProblems(404)
  async deleteWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toWebhookView(await this.webhooks.delete(id, principal));
  }

  @Post(':id/rotate')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Rotate the secret of a webhook',
    description: 'Both secrets sign messages for `overlapSeconds`, so that the receiver refuses no message.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/RotateWebhook' } })
  @ApiResult(201, WebhookWithSecretView, 'The webhook with its new secret')
  @ApiProblems(404, 409)
  async rotateWebhookSecret(
    @Param('id', { schema: WebhookId }) id: string,
    @Body({ schema: RotateWebhook }) { overlapSeconds }: RotateWebhook,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { webhook, secret } = await this.webhooks.rotate(id, overlapSeconds, principal);
    return { ...toWebhookView(webhook), secret };
  }

  @Post(':id/test')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Send a test message',
    description:
      'The api sends one message immediately, and the response has the result. The message has the type webhook.test and no content.',
  })
  @ApiResult(200, DeliveryView, 'Result of the delivery')
  @ApiProblems(404)
  async testWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toResult(await this.webhooks.test(id, principal));
  }

  @Post(':id/resume')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Resume or repeat deliveries',
    description:
      'Without `after`, the webhook retries immediately, also if it was disabled. With `after`, it delivers every notification after that `seq`, also those already delivered. An `after` beyond the newest `seq` skips all waiting notifications.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ResumeWebhook' } })
  @ApiResult(200, WebhookView, 'The webhook after the change')
  @ApiProblems(404)
  async resumeWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @Body({ schema: ResumeWebhook }) { after }: ResumeWebhook,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toWebhookView(await this.webhooks.resume(id, after, principal));
  }

  @Post(':id/go-on')
  @RightsByOwner()
  @ApiOperation({
    deprecated: true,
    summary: 'Resume deliveries (former name)',
    description: 'This path is the former name of `resume`. It remains for one release.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ResumeWebhook' } })
  @ApiResult(200, WebhookView, 'The webhook after the change')
  @ApiProblems(404)
  async goOnWithWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @Body({ schema: ResumeWebhook }) body: ResumeWebhook,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.resumeWebhook(id, body, principal);
  }
}
