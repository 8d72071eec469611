import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#libs/platform/auth/principal.js';
import type { SwitchFilter } from '#libs/switching/switch.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { csvOf, ndjsonOf } from './switch-export.js';
import {
  decodeCursor,
  SwitchesQuery,
  SwitchPageView,
  toSwitchPageView,
  toSwitchView,
} from './switches.schemas.js';

/** Number of switches in memory during an export. */
const EXPORT_PAGE = 500;

@ApiTags('switches')
@Controller('v1/switches')
export class SwitchesController {
  constructor(private readonly switches: SwitchHistoryService) {}

  @Get()
  @RightsByOwner()
  @ApiOperation({
    summary: 'List switches',
    description: 'Newest first. A user gets its own switches. A service key needs the scope audit.',
  })
  @ApiResult(200, SwitchPageView, 'A page of switches')
  async listSwitches(
    @Query({ schema: SwitchesQuery }) query: SwitchesQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const { limit, cursor, format, ...filter } = query;
    if (format === 'json')
      return toSwitchPageView(
        await this.switches.list(filter, principal, { limit, before: decodeCursor(cursor) }),
      );
    return format === 'csv'
      ? csvOf(await this.export(filter, principal))
      : ndjsonOf(await this.export(filter, principal));
  }

  /** The first page is read before anything is answered, so that a refusal is still an error. */
  private async export(filter: SwitchFilter, principal: Principal) {
    const first = await this.switches.list(filter, principal, { limit: EXPORT_PAGE });
    const pages = this.switches.pagesAfter(first, filter, principal, EXPORT_PAGE);
    return (async function* () {
      for await (const { items } of pages) yield* items.map(toSwitchView);
    })();
  }
}
