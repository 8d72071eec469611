import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Principal } from '#libs/platform/auth/principal.js';
import type { Caller, SwitchFilter } from '#libs/switching/switch.js';
import { SwitchHistoryService } from '#libs/switching/switch-history.service.js';
import { SwitchUndoService } from '#libs/switching/switch-undo.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RightsByOwner } from '../http/authorization.js';
import { ApiConditionalHeaders, CurrentCaller } from '../http/caller.decorator.js';
import { PeopleLimits } from '../http/people-limits.js';
import { csvOf, ndjsonOf } from './switch-export.js';
import {
  decodeCursor,
  SwitchesQuery,
  SwitchPageView,
  SwitchView,
  toSwitchPageView,
  toSwitchView,
  UndoneView,
  UndoSwitch,
} from './switches.schemas.js';

const SwitchId = z.uuid();

/** Number of switches in memory during an export. */
const EXPORT_PAGE = 500;

@ApiTags('switches')
@Controller('v1/switches')
export class SwitchesController {
  constructor(
    private readonly switches: SwitchHistoryService,
    private readonly undos: SwitchUndoService,
    private readonly limits: PeopleLimits,
  ) {}

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

  @Get(':id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get a switch',
    description: 'A user gets its own switches. A service key needs the scope audit.',
  })
  @ApiResult(200, SwitchView, 'The switch')
  @ApiProblems(404)
  async getSwitch(@Param('id', { schema: SwitchId }) id: string, @CurrentPrincipal() principal: Principal) {
    return toSwitchView(await this.switches.get(id, principal));
  }

  @Post(':id/undo')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Undo a switch',
    description:
      'Another switch takes the conversation or the use case back to the model before. It needs the right to switch that. The response is 409 `superseded` if it was switched again since: `supersededBy` says by whom and when.',
  })
  @ApiConditionalHeaders()
  @ApiResult(200, UndoneView, 'The switch back', { ETag: 'ETag of the scope after the switch' })
  @ApiProblems(404, 409, 412, 422)
  async undoSwitch(
    @Param('id', { schema: SwitchId }) id: string,
    @Body({ schema: UndoSwitch }) options: UndoSwitch,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { etag, ...undone } = await this.limits.switching(caller.principal, () =>
      this.undos.undo(id, options, caller),
    );
    reply.header('etag', etag);
    return undone;
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
