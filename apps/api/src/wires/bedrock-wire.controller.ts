import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultsOf } from '#libs/platform/auth/key-limits.js';
import { isNative } from '#libs/platform/bedrock/model-operation.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { EchoWriter } from '#libs/wires/echo-writer.js';
import { encodingOf, type WrittenAnswer } from '#libs/wires/encoding.js';
import { readBody } from '#libs/wires/read-body.js';
import { TokenCountService } from '#libs/wires/token-count.service.js';
import { WireService } from '#libs/wires/wire.service.js';
import { RightsByOwner } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { PeopleLimits } from '../http/people-limits.js';
import { untilCutOff, whenGone } from '../http/running-call.js';
import { ApiIdentity, ApiWireHeaders } from './api-wire-headers.js';
import { exceptionFrame } from './exception-frame.js';
import { modelHeadersOf } from './model-headers.js';
import { readModelPath } from './model-path.js';
import { BROKE_OFF, bodyOf, contextOn, type StreamForm, WireAnswers } from './wire-answer.js';
import { carriedByConverse, identityOf } from './wire-identity.js';

const FRAMES: StreamForm = {
  type: 'application/vnd.amazon.eventstream',
  broken: ({ detail }) =>
    exceptionFrame('modelStreamErrorException', { message: BROKE_OFF, originalMessage: detail }),
};

/** Answers clients of the AWS SDK in the form of Amazon Bedrock's runtime: bytes and frames of the models, unchanged. */
@ApiTags('wires')
@Controller('bedrock/model')
export class BedrockWireController {
  constructor(
    private readonly wires: WireService,
    private readonly answers: WireAnswers,
    private readonly counts: TokenCountService,
    private readonly shutdown: Shutdown,
    private readonly limits: PeopleLimits,
  ) {}

  /** Serves the operations of `readModelPath`. */
  @Post('*')
  @HttpCode(200)
  @RightsByOwner()
  @ApiWireHeaders()
  @ApiIdentity(
    'x-orchestrator-echo',
    'body: the answer of Converse says who answered; absent: as the key says',
    ['body', 'none'],
  )
  async bedrock(
    @Req() request: FastifyRequest,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { modelId, operation } = readModelPath(request.url);
    await this.limits.chatting(caller.principal, reply);
    if (operation === 'count-tokens') return this.countTokens({ modelId, request }, caller, reply);
    const { headers } = request;
    const body = bodyOf(request);
    const read = readBody(body);
    const forModel = isNative(operation) ? modelHeadersOf(headers) : {};
    const encoding = encodingOf({ operation, body, read, headers: forModel });
    const identity = identityOf(headers, carriedByConverse(read.json), defaultsOf(caller.principal));
    const writer = identity.echo && !isNative(operation) && { writerFor: echoed };
    const onContext = contextOn(reply);
    const call = await this.wires.begin(
      { wire: 'bedrock', modelId, encoding, identity, onContext, ...writer },
      caller,
    );
    reply.header('x-amzn-requestid', call.id);
    await this.answers.send(call, reply, FRAMES);
  }

  private async countTokens(
    { modelId, request }: { modelId: string; request: FastifyRequest },
    caller: Caller,
    reply: FastifyReply,
  ): Promise<void> {
    const { headers } = request;
    const body = bodyOf(request);
    const identity = identityOf(
      headers,
      carriedByConverse(readBody(body).json),
      defaultsOf(caller.principal),
    );
    const { bytes, model, useCase } = await untilCutOff(this.shutdown, whenGone(reply), (signal) =>
      this.counts.count({ modelId, body, identity }, caller, signal),
    );
    await reply
      .header('x-orchestrator-model', encodeURI(model.id))
      .header('x-orchestrator-use-case', encodeURI(useCase))
      .type('application/json')
      .send(bytes);
  }
}

const echoed = ({ facts }: WrittenAnswer) => new EchoWriter(facts);
