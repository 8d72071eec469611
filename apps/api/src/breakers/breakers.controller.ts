import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { ApiResult } from '../http/api-responses.js';
import { RequireCatalogueReader, RequireScope } from '../http/authorization.js';
import { ModelId } from '../http/string.schemas.js';

const BreakerView = z
  .object({
    modelId: z.string(),
    kind: z.string().meta({ description: 'Kind of the failure that opened the breaker' }),
    recheckAt: z.iso.datetime().meta({ description: 'Time of the next check of the model' }),
  })
  .meta({ id: 'Breaker' });
const BreakerPage = z
  .object({ items: z.array(BreakerView), nextCursor: z.string().nullable() })
  .meta({ id: 'BreakerPage' });
const RecheckView = z
  .object({
    closed: z.boolean().meta({ description: 'true: the model answered, and its breaker is closed' }),
  })
  .meta({ id: 'BreakerRecheck' });

@ApiTags('validation')
@Controller('v1/breakers')
export class BreakersController {
  constructor(private readonly breakers: BreakersService) {}

  @Get()
  @RequireCatalogueReader()
  @ApiOperation({
    summary: 'List open circuit breakers',
    description: 'Chats do not call a model while its breaker is open.',
  })
  @ApiResult(200, BreakerPage, 'The open breakers')
  listBreakers(@Query({ schema: NoQuery }) _: object) {
    return { items: this.breakers.all(), nextCursor: null };
  }

  @Post(':modelId/recheck')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Probe a model with an open circuit breaker',
    description:
      'The api sends one probe now, before `recheckAt`. If the model answers, its breaker closes on all instances. A model without an open breaker gets no probe.',
  })
  @ApiResult(200, RecheckView, 'Result of the probe')
  async recheckBreaker(@Param('modelId', { schema: ModelId }) modelId: string) {
    return { closed: await this.breakers.recheckNow(modelId) };
  }
}
