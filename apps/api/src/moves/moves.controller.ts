import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MoveCommand } from '#libs/switching/moves/move.js';
import { MovesService } from '#libs/switching/moves/moves.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResult, ApiResults } from '../http/api-responses.js';
import { RequireScope } from '../http/authorization.js';
import { ApiIdempotencyKey, CurrentCaller } from '../http/caller.decorator.js';
import { ModelId } from '../http/string.schemas.js';
import {
  MoveId,
  MovePage,
  MovePreviewView,
  MovesQuery,
  MoveView,
  StartMove,
  toMoveView,
  toOrder,
} from './moves.schemas.js';

/** Moves of everything that runs on a model: its use cases, and the conversations that are pinned to it. */
@ApiTags('moves')
@Controller('v1')
export class MovesController {
  constructor(private readonly moves: MovesService) {}

  @Post('models/:id/moves')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Move everything off a model',
    description:
      'Use cases that run on the model are switched immediately, and a worker moves the conversations that are pinned to it. Each switch has an audit row and a notification, and the id of the move as its `requestId`. A target must be a selectable candidate of a use case; what cannot move stays, with the reason. A model has one move at a time.',
  })
  @ApiIdempotencyKey()
  @ApiResults([202, MoveView, 'The move'], [200, MovePreviewView, 'With `dryRun`: what would move'])
  @ApiProblems(404, 409, 422)
  async startMove(
    @Param('id', { schema: ModelId }) id: string,
    @Body({ schema: StartMove }) body: StartMove,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const order = toOrder(id, body);
    if (!body.dryRun) return toMoveView(await this.moves.start(order, caller));
    reply.status(200);
    return this.moves.preview(order, caller);
  }

  @Get('moves')
  @RequireScope('operate')
  @ApiOperation({ summary: 'List moves', description: 'Newest first.' })
  @ApiResult(200, MovePage, 'A page of moves')
  async listMoves(@Query({ schema: MovesQuery }) { limit, cursor, ...filter }: MovesQuery) {
    const { items, next } = await this.moves.list(filter, { limit, after: cursor });
    return { items: items.map(toMoveView), nextCursor: next?.id ?? null };
  }

  @Get('moves/:id')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Get a move with its progress' })
  @ApiResult(200, MoveView, 'The move')
  @ApiProblems(404)
  async getMove(@Param('id', { schema: MoveId }) id: string) {
    return toMoveView(await this.moves.get(id));
  }

  @Post('moves/:id/pause')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Pause a move',
    description: 'A running move ends its present batch of 500 conversations.',
  })
  @ApiResult(200, MoveView, 'The move after the change')
  @ApiProblems(404, 409)
  async pauseMove(@Param('id', { schema: MoveId }) id: string, @CurrentCaller() caller: Caller) {
    return this.change(id, 'pause', caller);
  }

  @Post('moves/:id/resume')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Resume a move that is paused or failed',
    description: 'It continues where it stopped.',
  })
  @ApiResult(200, MoveView, 'The move after the change')
  @ApiProblems(404, 409)
  async resumeMove(@Param('id', { schema: MoveId }) id: string, @CurrentCaller() caller: Caller) {
    return this.change(id, 'resume', caller);
  }

  @Post('moves/:id/abort')
  @RequireScope('operate')
  @ApiOperation({ summary: 'Abort a move', description: 'What has moved stays moved; an undo restores it.' })
  @ApiResult(200, MoveView, 'The move after the change')
  @ApiProblems(404, 409)
  async abortMove(@Param('id', { schema: MoveId }) id: string, @CurrentCaller() caller: Caller) {
    return this.change(id, 'abort', caller);
  }

  @Post('moves/:id/undo')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Undo a move that has ended',
    description:
      'A worker restores every use case and pin that was not switched since, each with an audit row and a notification.',
  })
  @ApiResult(200, MoveView, 'The move after the change')
  @ApiProblems(404, 409)
  async undoMove(@Param('id', { schema: MoveId }) id: string, @CurrentCaller() caller: Caller) {
    return this.change(id, 'undo', caller);
  }

  private async change(id: string, command: MoveCommand, caller: Caller) {
    return toMoveView(await this.moves.change(id, command, caller));
  }
}
