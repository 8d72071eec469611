import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BreakGlassService } from '#libs/change-control/break-glass.service.js';
import { ChangeRequestsService } from '#libs/change-control/change-requests.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequirePerson, RequirePersonOrScope } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { BreakGlass, ReviewChange, ScheduleChange } from './change-emergencies.schemas.js';
import {
  ChangeRequestId,
  ChangeRequestView,
  toChangeView,
  toPreviewedView,
} from './change-requests.schemas.js';

type Person = Extract<Principal, { kind: 'person' }>;

/** The time of a change, its application in an emergency, and the review that follows. */
@ApiTags('change control')
@Controller('v1/change-requests/:id')
export class ChangeEmergenciesController {
  constructor(
    private readonly changes: ChangeRequestsService,
    private readonly emergencies: BreakGlassService,
  ) {}

  @Post('schedule')
  @HttpCode(200)
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Set the time of a change request',
    description:
      'Its proposer makes a new revision with this time; approvals of the revision before do not count any more. A worker applies it then, or up to `lateByMinutes` later; after that it expires.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the revision that you have read; absent: the present one',
    schema: { type: 'string', maxLength: 600 },
  })
  @ApiResult(200, ChangeRequestView, 'The new revision with its preview')
  @ApiProblems(404, 409, 412)
  async scheduleChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: ScheduleChange }) { applyAt }: ScheduleChange,
    @CurrentCaller() caller: Caller,
  ) {
    return toPreviewedView(await this.changes.schedule(id, applyAt, caller));
  }

  @Post('break-glass')
  @HttpCode(200)
  @RequirePerson('break-glass')
  @ApiOperation({
    summary: 'Apply a change request now, without approvals',
    description:
      'Ignores approvals, windows and freezes, never whether a model is selectable. Needs a sign-in of the last 15 minutes (Supabase: with a second factor). Another person has to review it within 24 hours.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after it')
  @ApiProblems(404, 409)
  async breakGlass(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: BreakGlass }) { reason }: BreakGlass,
    @CurrentPrincipal() person: Person,
  ) {
    return toChangeView(await this.emergencies.breakGlass(id, reason, person));
  }

  @Post('review')
  @HttpCode(200)
  @RequirePerson('approve')
  @ApiOperation({
    summary: 'Review a change that was applied without approvals',
    description:
      'Closes its review. Needs another person than who applied it. The verdict `undo` proposes the inverse of the change, which others approve; where it cannot be undone, the review stays open.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after it')
  @ApiProblems(404, 409)
  async reviewChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: ReviewChange }) review: ReviewChange,
    @CurrentCaller() caller: Caller,
  ) {
    return toChangeView(await this.emergencies.review(id, review, caller));
  }
}
