import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultsOf } from '#libs/platform/auth/key-limits.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Caller } from '#libs/switching/switch.js';
import { encodingsOf } from '#libs/wires/openai/chat-encoding.js';
import { readChatRequest } from '#libs/wires/openai/chat-request.js';
import { OpenAiWriter } from '#libs/wires/openai/openai-writer.js';
import { readWhole } from '#libs/wires/read-body.js';
import { WireService } from '#libs/wires/wire.service.js';
import { type WireName, WireNames } from '#libs/wires/wire-names.service.js';
import { ApiProblems, ApiResult } from '../http/api-responses.js';
import { RightsByOwner } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { openAiErrorEvent } from '../http/openai-error.js';
import { PeopleLimits } from '../http/people-limits.js';
import { ModelId } from '../http/string.schemas.js';
import { OPENAI_WIRE } from '../http/wire-route.js';
import { ApiWireHeaders } from './api-wire-headers.js';
import { OpenAiModel, OpenAiModelList } from './openai.schemas.js';
import { BROKE_OFF, bodyOf, contextOn, type StreamForm, WireAnswers } from './wire-answer.js';
import { carriedByOpenAi, identityOf } from './wire-identity.js';

const PREFIX = `${OPENAI_WIRE}v1`;
export const OPENAI_CHAT_ROUTE = `${PREFIX}/chat/completions`;

const modelObjectOf = ({ id, owner }: WireName) => ({
  ...{ id, object: 'model' as const, created: 0, owned_by: owner },
});

/** A stream that broke off has no `[DONE]`. */
const EVENTS: StreamForm = {
  type: 'text/event-stream',
  broken: ({ code }) => openAiErrorEvent(BROKE_OFF, code),
};

/** Answers clients of OpenAI's chat completions by models of Bedrock. */
@ApiTags('wires')
@Controller(PREFIX)
export class OpenAiWireController {
  constructor(
    private readonly wires: WireService,
    private readonly answers: WireAnswers,
    private readonly names: WireNames,
    private readonly limits: PeopleLimits,
    @Inject(ENV) private readonly env: Pick<Env, 'WIRE_STRICT'>,
  ) {}

  @Post('chat/completions')
  @HttpCode(200)
  @RightsByOwner()
  @ApiWireHeaders()
  async openAiChatCompletion(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.limits.chatting(caller.principal, reply);
    const asked = readChatRequest(readWhole(bodyOf(request)), this.env.WIRE_STRICT === 'on');
    const identity = identityOf(request.headers, carriedByOpenAi(asked), defaultsOf(caller.principal));
    const createdAt = Math.floor(Date.now() / 1000);
    const includesUsage = asked.stream_options?.include_usage === true;
    const call = await this.wires.begin(
      {
        ...{ wire: 'openai', modelId: asked.model, identity, ...encodingsOf(asked) },
        onContext: contextOn(reply),
        writerFor: (answer) => new OpenAiWriter({ ...answer, includesUsage, createdAt }),
      },
      caller,
    );
    await this.answers.send(call, reply, EVENTS);
  }

  @Get('models')
  @RightsByOwner()
  @ApiOperation({
    summary: 'List the names of models, in the form of OpenAI',
    description: 'Use cases first, then `auto` and the selectable models that the caller may name.',
  })
  @ApiResult(200, OpenAiModelList, 'The names')
  listOpenAiModels(@CurrentCaller() { principal }: Caller) {
    return { object: 'list' as const, data: this.names.list(principal).map(modelObjectOf) };
  }

  @Get('models/:id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get the name of a model, in the form of OpenAI',
    description: 'One of those that the list has.',
  })
  @ApiResult(200, OpenAiModel, 'The name')
  @ApiProblems(404)
  getOpenAiModel(@Param('id', { schema: ModelId }) id: string, @CurrentCaller() { principal }: Caller) {
    return modelObjectOf(this.names.get(id, principal));
  }
}
