import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { WebhooksService } from '#libs/notifications/webhooks/webhooks.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import {
  CreateWebhook,
  DeliveryView,
  ResumeWebhook,
  RotateWebhook,
  toDeliveryView,
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
      'From now on, each notification is sent to the URL, in their order, signed as Standard Webhooks says. The answer holds the secret, and nothing else ever will. The webhook belongs to the key and to its successors by rotation.',
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
  @ApiResult(201, WebhookWithSecretView, 'The webhook; its secret is shown this once')
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
    summary: 'The webhooks of the key, or with the scope admin all',
    description: 'Oldest first.',
  })
  @ApiResult(200, WebhookPage, 'All of them, without their secrets')
  async listWebhooks(@CurrentPrincipal() principal: Principal) {
    return { items: (await this.webhooks.list(principal)).map(toWebhookView), nextCursor: null };
  }

  @Get(':id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'One webhook, and how far it is',
    description: 'Never with its secret: a new one comes with rotate.',
  })
  @ApiResult(200, WebhookView, 'The webhook')
  @ApiProblems(404)
  async getWebhook(@Param('id', { schema: WebhookId }) id: string, @CurrentPrincipal() principal: Principal) {
    return toWebhookView(await this.webhooks.find(id, principal));
  }

  @Delete(':id')
  @RightsByOwner()
  @ApiOperation({ summary: 'End a webhook', description: 'What is on its way still arrives.' })
  @ApiResult(200, WebhookView, 'The webhook as it was')
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
    summary: 'Give it a new secret',
    description: 'Messages are signed with both for a while, so that none is refused.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/RotateWebhook' } })
  @ApiResult(201, WebhookWithSecretView, 'The webhook; its new secret is shown this once')
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
      'Once and immediately: the response has the result. Its type is webhook.test, and it has no content.',
  })
  @ApiResult(200, DeliveryView, 'What the receiver answered')
  @ApiProblems(404)
  async testWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toDeliveryView(await this.webhooks.test(id, principal));
  }

  @Post(':id/resume')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Resume deliveries, or replay them',
    description:
      'Without `after`: retries immediately, also after the webhook was disabled. With it: delivers everything after that `seq`, delivered before or not; one beyond the newest skips what waits.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ResumeWebhook' } })
  @ApiResult(200, WebhookView, 'The webhook as it is now')
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
    summary: 'Resume deliveries by the former name',
    description: 'The former name of `resume`, for one release.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ResumeWebhook' } })
  @ApiResult(200, WebhookView, 'The webhook as it is now')
  @ApiProblems(404)
  async goOnWithWebhook(
    @Param('id', { schema: WebhookId }) id: string,
    @Body({ schema: ResumeWebhook }) body: ResumeWebhook,
    @CurrentPrincipal() principal: Principal,
  ) {
    return this.resumeWebhook(id, body, principal);
  }
}
