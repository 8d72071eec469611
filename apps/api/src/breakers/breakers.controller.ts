import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { NoQuery } from '../catalogue/catalogue.schemas.js';
import { CurrentPrincipal, requireCatalogueReader } from '../http/auth.guard.js';
import { ApiProblems, ApiResult } from '../http/responds.decorator.js';

const BreakerView = z
  .object({
    modelId: z.string(),
    kind: z.string().meta({ description: 'Why' }),
    recheckAt: z.iso.datetime().meta({ description: 'When it is seen whether the model is healthy again' }),
  })
  .meta({ id: 'Breaker' });
const BreakerPage = z
  .object({ items: z.array(BreakerView), nextCursor: z.string().nullable() })
  .meta({ id: 'BreakerPage' });

@ApiTags('validation')
@Controller('v1/breakers')
export class BreakersController {
  constructor(private readonly breakers: BreakersService) {}

  @Get()
  @ApiOperation({ summary: 'Models that rest', description: 'Chats are not sent to them after failures.' })
  @ApiResult(200, BreakerPage, 'The open breakers')
  @ApiProblems(400, 403)
  list(@Query({ schema: NoQuery }) _: object, @CurrentPrincipal() principal: Principal) {
    requireCatalogueReader(principal);
    return { items: this.breakers.all(), nextCursor: null };
  }
}
