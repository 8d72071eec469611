import { Body, Controller, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChangeApplier } from '#libs/change-control/change-applier.service.js';
import { ChangeApprovals } from '#libs/change-control/change-approvals.service.js';
import { approverOf } from '#libs/change-control/change-policy.js';
import type { ChangeRequest } from '#libs/change-control/change-request.js';
import { ChangeRequestsService } from '#libs/change-control/change-requests.service.js';
import { ChangeUndo } from '#libs/change-control/change-undo.service.js';
import type { Principal } from '#libs/platform/auth/principal.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { CurrentPrincipal } from '../http/auth.guard.js';
import { RequirePerson, RequirePersonOrScope } from '../http/authorization.js';
import { ApiIdempotencyKey, CurrentCaller } from '../http/caller.decorator.js';
import {
  ChangeRequestId,
  ChangeRequestPage,
  ChangeRequestsQuery,
  ChangeRequestView,
  JudgeChange,
  ProposeChange,
  toChangeView,
  toPreviewedView,
  toProposal,
  toSummary,
  UndoChange,
} from './change-requests.schemas.js';

const ETAG = { ETag: 'ETag of the revision' };
const tagOf = ({ revision }: Pick<ChangeRequest, 'revision'>) => `"${revision}"`;

/** Changes that people approve before they are applied. */
@ApiTags('change control')
@Controller('v1/change-requests')
export class ChangeRequestsController {
  constructor(
    private readonly changes: ChangeRequestsService,
    private readonly approvals: ChangeApprovals,
    private readonly applier: ChangeApplier,
    private readonly undos: ChangeUndo,
  ) {}

  @Post()
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Propose a change',
    description:
      'An ordered list of operations, applied in one transaction after its approval. An operation that could not be applied now is refused. Every change needs one approval by another person; one of reviewed use cases what their policies demand.',
  })
  @ApiIdempotencyKey()
  @ApiResult(201, ChangeRequestView, 'The change request with its preview', ETAG)
  @ApiProblems(404, 409, 422)
  async proposeChange(
    @Body({ schema: ProposeChange }) body: ProposeChange,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const proposed = await this.changes.propose(toProposal(body), caller);
    reply.header('etag', tagOf(proposed.change));
    return toPreviewedView(proposed);
  }

  @Get()
  @RequirePersonOrScope('read', 'operate', 'audit')
  @ApiOperation({ summary: 'List change requests', description: 'Newest first.' })
  @ApiResult(200, ChangeRequestPage, 'A page of change requests')
  async listChangeRequests(
    @Query({ schema: ChangeRequestsQuery }) { limit, cursor, waiting, ...filter }: ChangeRequestsQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    const page = { limit, after: cursor };
    const { items, next } = waiting
      ? await this.changes.listWaiting(principal, filter, page)
      : await this.changes.list(filter, page);
    return { items: items.map(toSummary), nextCursor: next?.id ?? null };
  }

  @Get(':id')
  @RequirePersonOrScope('read', 'operate', 'audit')
  @ApiOperation({ summary: 'Get a change request with its operations and decisions' })
  @ApiResult(200, ChangeRequestView, 'The change request', ETAG)
  @ApiProblems(404)
  async getChangeRequest(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const change = await this.changes.get(id);
    reply.header('etag', tagOf(change));
    return toChangeView(change);
  }

  @Patch(':id')
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Revise a change request',
    description:
      'Its proposer replaces the whole content. Approvals of the revision before do not count any more.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'ETag of the revision that you have read',
    schema: { type: 'string', maxLength: 600 },
  })
  @ApiResult(200, ChangeRequestView, 'The new revision with its preview', ETAG)
  @ApiProblems(404, 409, 412)
  async reviseChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: ProposeChange }) body: ProposeChange,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const revised = await this.changes.revise(id, toProposal(body), caller);
    reply.header('etag', tagOf(revised.change));
    return toPreviewedView(revised);
  }

  @Post(':id/preview')
  @RequirePersonOrScope('read', 'operate', 'audit')
  @ApiOperation({ summary: 'Compute again what a change would do', description: 'Writes nothing.' })
  @ApiResult(200, ChangeRequestView, 'The change request with its preview')
  @ApiProblems(404, 409)
  async previewChange(@Param('id', { schema: ChangeRequestId }) id: string) {
    return toPreviewedView(await this.changes.preview(id));
  }

  @Post(':id/approve')
  @RequirePerson('approve')
  @ApiOperation({
    summary: 'Approve a change request',
    description:
      'Needs another person than the proposer and the last editor. With the last approval that it needs, the change is applied, unless it has a later time, no window is open or a freeze holds it.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after the approval')
  @ApiProblems(404, 409, 412)
  async approveChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: JudgeChange }) body: JudgeChange,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChangeView(await this.approvals.approve(id, judgementOf(body, principal)));
  }

  @Post(':id/reject')
  @RequirePerson('approve')
  @ApiOperation({
    summary: 'Reject a change request',
    description: 'Ends the revision, also an approved one.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after the rejection')
  @ApiProblems(404, 409, 412)
  async rejectChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: JudgeChange }) body: JudgeChange,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChangeView(await this.approvals.reject(id, judgementOf(body, principal)));
  }

  @Post(':id/withdraw')
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Withdraw a change request',
    description: 'Its proposer may, until it is applied.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after it')
  @ApiProblems(404, 409)
  async withdrawChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @CurrentCaller() caller: Caller,
  ) {
    return toChangeView(await this.changes.withdraw(id, caller));
  }

  @Post(':id/apply')
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Apply an approved change request now',
    description:
      'One that waits for a window or the end of a freeze. A conflict or an error ends it: see `state` and `failure`. Repeating it changes nothing.',
  })
  @ApiResult(200, ChangeRequestView, 'The change request after it')
  @ApiProblems(404, 409)
  async applyChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @CurrentPrincipal() principal: Principal,
  ) {
    return toChangeView(await this.applier.apply(id, approverOf(principal)));
  }

  @Post(':id/undo')
  @RequirePersonOrScope('operate')
  @ApiOperation({
    summary: 'Propose the undo of a change',
    description:
      'A new change request with the inverse operations, from the recorded values. It needs approvals as any other.',
  })
  @ApiIdempotencyKey()
  @ApiResult(201, ChangeRequestView, 'The change request with its preview', ETAG)
  @ApiProblems(404, 409, 422)
  async undoChange(
    @Param('id', { schema: ChangeRequestId }) id: string,
    @Body({ schema: UndoChange }) { reason }: UndoChange,
    @CurrentCaller() caller: Caller,
  ) {
    return toPreviewedView(await this.undos.undo(id, reason, caller));
  }
}

const judgementOf = ({ hash, comment = undefined }: JudgeChange, principal: Principal) => ({
  hash,
  comment: comment ?? null,
  principal,
});
