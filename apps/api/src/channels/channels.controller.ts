import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ChannelsService } from '#libs/notifications/channels/channels.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope } from '../http/authorization.js';
import { DeliveriesQuery } from '../webhooks/webhook-deliveries.schemas.js';
import { ChannelAttemptPage, toChannelAttemptPage } from './channel-deliveries.schemas.js';
import {
  ChannelDeliveryView,
  ChannelPage,
  ChannelView,
  CreateChannel,
  EditChannel,
  ResumeChannel,
  toChannelDeliveryView,
  toChannelView,
} from './channels.schemas.js';

const ChannelId = z.uuid();

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelsController {
  constructor(private readonly channels: ChannelsService) {}

  @Post()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Create a channel',
    description:
      'The channel gets each new notification of operators that fits its filter, in the order of the feed. It belongs to the installation. No response contains its secret.',
  })
  @ApiBody({
    schema: { $ref: '#/components/schemas/CreateChannel' },
    examples: {
      slack: {
        summary: 'A Slack channel that gets warnings',
        value: {
          name: 'ops',
          slack: { url: 'https://hooks.slack.com/services/T000/B000/XXXX' },
          leastUrgency: 'warn',
        },
      },
      email: {
        summary: 'A mailbox, by the SMTP of SES',
        value: {
          name: 'clinical leads',
          email: {
            host: 'email-smtp.eu-central-1.amazonaws.com',
            user: 'AKIAEXAMPLE',
            password: 'the SMTP password',
            from: 'Models <models@example.com>',
            to: ['leads@example.com'],
          },
          useCases: ['clinical'],
          language: 'de',
        },
      },
    },
  })
  @ApiResult(201, ChannelView, 'The channel')
  @ApiProblems(409)
  async createChannel(
    @Body({ schema: CreateChannel }) { slack, email, ...settings }: CreateChannel,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChannelView(await this.channels.create(settings, { slack, email }, principal));
  }

  @Get()
  @RequireScope('operate')
  @ApiOperation({ summary: 'List channels', description: 'In the order of their names, 20 at most.' })
  @ApiResult(200, ChannelPage, 'The channels, without their secrets')
  async listChannels() {
    return { items: (await this.channels.list()).map(toChannelView), nextCursor: null };
  }

  @Get(':id')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Get a channel',
    description: 'The response has the position of the delivery, and no secret.',
  })
  @ApiResult(200, ChannelView, 'The channel')
  @ApiProblems(404)
  async getChannel(@Param('id', { schema: ChannelId }) id: string) {
    return toChannelView(await this.channels.find(id));
  }

  @Patch(':id')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Edit a channel',
    description:
      'Absent fields stay unchanged. `slack` or `email` replaces the address. `email` without `password` keeps the password for the same host, port, TLS and user only.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/EditChannel' } })
  @ApiResult(200, ChannelView, 'The channel after the change')
  @ApiProblems(404, 409)
  async editChannel(
    @Param('id', { schema: ChannelId }) id: string,
    @Body({ schema: EditChannel }) { slack, email, ...settings }: EditChannel,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChannelView(await this.channels.edit(id, settings, { slack, email }, principal));
  }

  @Delete(':id')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Delete a channel', description: 'Deliveries in progress still arrive.' })
  @ApiResult(200, ChannelView, 'The deleted channel')
  @ApiProblems(404)
  async deleteChannel(
    @Param('id', { schema: ChannelId }) id: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChannelView(await this.channels.delete(id, principal));
  }

  @Get(':id/deliveries')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'List deliveries of a channel',
    description:
      'Newest first, each attempt with its status, its duration and its error. Attempts are kept for 14 days, unless RETENTION_DAYS sets another time.',
  })
  @ApiResult(200, ChannelAttemptPage, 'A page of attempts, without the content of messages')
  @ApiProblems(404)
  async listChannelDeliveries(
    @Param('id', { schema: ChannelId }) id: string,
    @Query({ schema: DeliveriesQuery }) query: DeliveriesQuery,
  ) {
    return toChannelAttemptPage(await this.channels.deliveries(id, query));
  }

  @Post(':id/test')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Send a test message',
    description:
      'The api sends one message immediately. The response has the result, and names the cause of a failure: credentials, TLS, DNS, a refused connection.',
  })
  @ApiResult(200, ChannelDeliveryView, 'Result of the delivery')
  @ApiProblems(404)
  async testChannel(@Param('id', { schema: ChannelId }) id: string) {
    return toChannelDeliveryView(await this.channels.test(id));
  }

  @Post(':id/resume')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Resume or repeat deliveries',
    description:
      'Without `after`, the channel retries immediately, also if it was disabled. With `after`, it delivers every notification after that `seq`, also those already delivered.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/ResumeChannel' } })
  @ApiResult(200, ChannelView, 'The channel after the change')
  @ApiProblems(404)
  async resumeChannel(
    @Param('id', { schema: ChannelId }) id: string,
    @Body({ schema: ResumeChannel }) { after }: ResumeChannel,
  ) {
    return toChannelView(await this.channels.resume(id, after));
  }
}
