import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#libs/switching/switch.js';
import { ApiProblems, ApiResults } from '../http/api-responses.js';
import { RightsByAction } from '../http/authorization.js';
import { ApiConditionalHeaders, CurrentCaller } from '../http/caller.decorator.js';
import { OrchestrateActions } from './orchestrate.actions.js';
import { ORCHESTRATE_EXAMPLES } from './orchestrate.examples.js';
import { OrchestrateRequest, OrchestrateResponse } from './orchestrate.schemas.js';

/** Both paths are one handler: a client of the old edge function changes its base URL and nothing else. */
@ApiTags('orchestrate')
@Controller(['orchestrate', 'functions/v1/orchestrate-bedrock-models'])
export class OrchestrateController {
  constructor(private readonly actions: OrchestrateActions) {}

  @Post()
  @RightsByAction()
  @ApiOperation({
    summary: 'List, validate and switch models',
    description: 'The body names the action. `validate` answers from the catalogue and the last sweep.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/OrchestrateRequest' }, examples: ORCHESTRATE_EXAMPLES })
  @ApiConditionalHeaders()
  @ApiResults(
    [200, OrchestrateResponse, 'The result of the action; after a switch with the ETag of the scope'],
    [202, OrchestrateResponse, 'With `propose`: the change request in `data.change`'],
  )
  @ApiProblems(404, 409, 412, 422)
  async orchestrate(
    @Body({ schema: OrchestrateRequest }) body: OrchestrateRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrchestrateResponse> {
    const { answer, etag, isProposed } = await this.actions.run(body, caller);
    if (isProposed) reply.status(202);
    if (etag) reply.header('etag', etag);
    return answer;
  }
}
