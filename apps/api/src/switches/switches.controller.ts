import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#libs/platform/auth/principal.js';
import { SwitchesService } from '#libs/switching/switches.service.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { Refuses, Responds } from '../http/responds.decorator.js';
import { decodeCursor, SwitchesQuery, SwitchPageView, toSwitchPageView } from './switches.schemas.js';

@ApiTags('switches')
@Controller('v1/switches')
export class SwitchesController {
  constructor(private readonly switches: SwitchesService) {}

  @Get()
  @ApiOperation({
    summary: 'Who switched what, when and why',
    description: 'Newest first. A user sees its own, a service key needs the scope audit.',
  })
  @Responds(200, SwitchPageView, 'A page of switches')
  @Refuses(400, 403, 503)
  async list(
    @Query({ schema: SwitchesQuery }) query: SwitchesQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { limit, cursor, ...filter } = query;
    return toSwitchPageView(
      await this.switches.list(filter, principal, { limit, before: decodeCursor(cursor) }),
    );
  }
}
