import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultsOf } from '#libs/platform/auth/key-limits.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { messagesWriter } from '#libs/wires/anthropic/messages-answer.js';
import { countTokensOf, readMessages } from '#libs/wires/anthropic/messages-request.js';
import { TokenCountService } from '#libs/wires/token-count.service.js';
import { WireService } from '#libs/wires/wire.service.js';
import type { WireIdentity } from '#libs/wires/wire-context.service.js';
import { type WireName, WireNames } from '#libs/wires/wire-names.service.js';
import { anthropicErrorEvent } from '../http/anthropic-error.js';
import { ApiResult } from '../http/api-responses.js';
import { RightsByOwner } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { PeopleLimits } from '../http/people-limits.js';
import { untilCutOff, whenGone } from '../http/running-call.js';
import { ModelId } from '../http/string.schemas.js';
import { ANTHROPIC_WIRE } from '../http/wire-route.js';
import { AnthropicModel, AnthropicModelList } from './anthropic.schemas.js';
import { ApiWireHeaders } from './api-wire-headers.js';
import { BROKE_OFF, bodyOf, contextOn, type StreamForm, WireAnswers } from './wire-answer.js';
import { carriedByAnthropic, identityOf } from './wire-identity.js';

const PREFIX = `${ANTHROPIC_WIRE}v1`;
export const MESSAGES_ROUTE = `${PREFIX}/messages`;
export const MESSAGE_TOKENS_ROUTE = `${MESSAGES_ROUTE}/count_tokens`;

/** A stream that broke off has no `message_stop`. */
const EVENTS: StreamForm = {
  type: 'text/event-stream',
  broken: (problem) => anthropicErrorEvent(BROKE_OFF, problem),
};

/** Anthropic's own value for a date that is not known. */
const NOT_KNOWN = new Date(0).toISOString();

const modelInfoOf = ({ id, name }: WireName) => ({
  ...{ type: 'model' as const, id, display_name: name, created_at: NOT_KNOWN },
});

/** Answers clients of Anthropic's Messages API: models of Claude in their own form, others through Converse. */
@ApiTags('wires')
@Controller(PREFIX)
export class AnthropicWireController {
  constructor(
    private readonly wires: WireService,
    private readonly answers: WireAnswers,
    private readonly counts: TokenCountService,
    private readonly names: WireNames,
    private readonly limits: PeopleLimits,
    private readonly shutdown: Shutdown,
  ) {}

  @Post('messages')
  @HttpCode(200)
  @RightsByOwner()
  @ApiWireHeaders()
  async anthropicMessage(
    @Req() request: FastifyRequest<{ Body: Buffer }>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.limits.chatting(caller.principal, reply);
    const { modelId, userId, encoding, alternative } = readMessages(bodyOf(request), betasOf(request));
    const identity = identityFor(request, userId, caller);
    const onContext = contextOn(reply);
    const call = await this.wires.begin(
      { wire: 'anthropic', modelId, identity, onContext, encoding, alternative, writerFor: messagesWriter },
      caller,
    );
    reply.header('request-id', call.id);
    await this.answers.send(call, reply, EVENTS);
  }

  @Post('messages/count_tokens')
  @HttpCode(200)
  @RightsByOwner()
  @ApiWireHeaders()
  async anthropicCountTokens(
    @Req() request: FastifyRequest<{ Body: Buffer }>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.limits.chatting(caller.principal, reply);
    const { modelId, userId, body } = countTokensOf(bodyOf(request), betasOf(request));
    const identity = identityFor(request, userId, caller);
    const { bytes, model, useCase } = await untilCutOff(this.shutdown, whenGone(reply), (signal) =>
      this.counts.count({ modelId, body, identity }, caller, signal),
    );
    const { inputTokens } = JSON.parse(bytes.toString('utf8')) as { inputTokens: number };
    await reply
      .header('request-id', request.id)
      .header('x-orchestrator-model', encodeURI(model.id))
      .header('x-orchestrator-use-case', encodeURI(useCase))
      .type('application/json')
      .send(JSON.stringify({ input_tokens: inputTokens }));
  }

  @Get('models')
  @RightsByOwner()
  @ApiOperation({
    summary: 'List the names of models, in the form of Anthropic',
    description: 'Use cases first, then `auto` and the selectable models that the caller may name.',
  })
  @ApiResult(200, AnthropicModelList, 'The names')
  listAnthropicModels(@CurrentCaller() { principal }: Caller) {
    const data = this.names.list(principal).map(modelInfoOf);
    return {
      data,
      has_more: false as const,
      first_id: data.at(0)?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    };
  }

  @Get('models/:id')
  @RightsByOwner()
  @ApiOperation({
    summary: 'Get the name of a model, in the form of Anthropic',
    description: 'One of those that the list has.',
  })
  @ApiResult(200, AnthropicModel, 'The name')
  getAnthropicModel(@Param('id', { schema: ModelId }) id: string, @CurrentCaller() { principal }: Caller) {
    return modelInfoOf(this.names.get(id, principal));
  }
}

/** Several headers of one name arrive as one, with commas. */
const betasOf = ({ headers }: FastifyRequest): string | undefined => headers['anthropic-beta']?.toString();

const identityFor = (
  { headers }: FastifyRequest,
  userId: string | undefined,
  { principal }: Caller,
): WireIdentity => identityOf(headers, carriedByAnthropic(userId), defaultsOf(principal));
