import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { assertUserAllowed } from '#libs/platform/auth/key-limits.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { ErasureService } from '#libs/privacy/erasure.service.js';
import { PersonalExportService } from '#libs/privacy/personal-export.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequireScope, RightsByOwner, requireScope } from '../http/authorization.js';
import { AnswersLines, linesOf } from '../http/ndjson-stream.js';
import { Id } from '../http/string.schemas.js';
import { ErasurePage, ErasuresQuery, ErasureView, toErasureView } from './users.schemas.js';

/** Routes for the export and the erasure of a user's data. */
@ApiTags('users')
@Controller('v1')
export class UsersController {
  constructor(
    private readonly erasures: ErasureService,
    private readonly exports: PersonalExportService,
  ) {}

  @Get('users/:id/export')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Export the data of a user',
    description:
      'A user may export its own data. Each line is {"table", "row"}. The last line is {"complete": true, "rows": n}. Without the last line the export is not complete.',
  })
  @AnswersLines()
  @ApiProblems(404)
  async exportUser(@Param('id', { schema: Id }) id: string, @CurrentPrincipal() principal: Principal) {
    if (principal.kind !== 'user') {
      requireScope(principal, 'audit');
      assertUserAllowed(principal, id);
    } else if (principal.subject !== id) throw new ForbiddenError('A user may export only its own data');
    return linesOf(this.exports.rowsOf(id), (rows) => ({ complete: true, rows }));
  }

  @Post('users/:id/erase')
  @RequireScope('admin')
  @ApiOperation({
    summary: 'Erase a user',
    description:
      'A pseudonym replaces the id of the user everywhere, and the texts of the user are deleted. The verification of the audit rows still succeeds. A repeated request during the erasure changes nothing.',
  })
  @ApiResult(200, ErasureView, 'The erasure, with the rows erased so far')
  @ApiProblems(404)
  async eraseUser(@Param('id', { schema: Id }) id: string, @CurrentPrincipal() principal: Principal) {
    return toErasureView(await this.erasures.erase(id, principal));
  }

  @Get('erasures')
  @RequireScope('audit', 'admin')
  @ApiOperation({ summary: 'List erasures', description: 'Newest first. Each erasure has its pseudonym.' })
  @ApiResult(200, ErasurePage, 'A page of erasures')
  async listErasures(@Query({ schema: ErasuresQuery }) { limit, cursor }: ErasuresQuery) {
    const found = await this.erasures.list(limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return { items: items.map(toErasureView), nextCursor: next?.id ?? null };
  }
}
