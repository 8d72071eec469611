import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { OutboxQuery, Requeue, RequeuedView, SetAsidePage, toSetAsideView } from './outbox.schemas.js';

@ApiTags('outbox')
@Controller('v1/outbox')
export class OutboxController {
  constructor(
    private readonly outbox: OutboxService,
    private readonly signal: OutboxSignal,
  ) {}

  @Get()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'List dead letters',
    description:
      'Oldest first. Waiting entries are not in the list, because the relay publishes them automatically.',
  })
  @ApiResult(200, SetAsidePage, 'A page of entries')
  async listSetAside(@Query({ schema: OutboxQuery }) { limit, cursor }: OutboxQuery) {
    const found = await this.outbox.listDeadLetters(limit + 1, cursor ?? null);
    const { items, next } = pageOf(found, limit);
    return { items: items.map(toSetAsideView), nextCursor: next?.id ?? null };
  }

  @Post('requeue')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Requeue dead letters',
    description: 'Correct the cause first. A repeated request changes nothing.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/Requeue' } })
  @ApiResult(200, RequeuedView, 'Number of requeued entries')
  async requeueSetAside(@Body({ schema: Requeue }) { id }: Requeue) {
    const requeued = await this.outbox.requeue(id ?? null);
    if (requeued > 0) this.signal.notify();
    return { requeued };
  }
}
