import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defaultsOf } from '#libs/platform/auth/key-limits.js';
import { isNative, isStreamed } from '#libs/platform/bedrock/model-operation.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import type { Caller } from '#libs/switching/switch.js';
import { EchoWriter } from '#libs/wires/echo-writer.js';
import { encodingOf, type WrittenAnswer } from '#libs/wires/encoding.js';
import { readBody } from '#libs/wires/read-body.js';
import { TokenCountService } from '#libs/wires/token-count.service.js';
import { type AnswerHead, type BegunWireCall, WireService } from '#libs/wires/wire.service.js';
import { RightsByOwner } from '../http/authorization.js';
import { CurrentCaller } from '../http/caller.decorator.js';
import { PeopleLimits } from '../http/people-limits.js';
import { problemOf } from '../http/problem-response.js';
import { untilCutOff, whenGone } from '../http/running-call.js';
import { ByteStream } from './byte-stream.js';
import { exceptionFrame } from './exception-frame.js';
import { modelHeadersOf } from './model-headers.js';
import { readModelPath } from './model-path.js';
import { identityOf } from './wire-identity.js';

const EVENT_STREAM = 'application/vnd.amazon.eventstream';
const BROKE_OFF = 'The model broke off its answer: send the request again.';

const ApiIdentity = (name: string, description: string, values?: string[]) =>
  ApiHeader({
    name,
    required: false,
    description,
    schema: values ? { type: 'string', enum: values } : { type: 'string', minLength: 1, maxLength: 128 },
  });

/** Answers clients of the AWS SDK in the form of Amazon Bedrock's runtime: bytes and frames of the models, unchanged. */
@ApiTags('wires')
@Controller('bedrock/model')
export class BedrockWireController {
  constructor(
    private readonly wires: WireService,
    private readonly counts: TokenCountService,
    private readonly shutdown: Shutdown,
    private readonly limits: PeopleLimits,
  ) {}

  /** Serves the operations of `readModelPath`. */
  @Post('*')
  @HttpCode(200)
  @RightsByOwner()
  @ApiIdentity('x-conversation-id', 'Conversation of the call; absent: none, and none is made')
  @ApiIdentity(
    'x-user-id',
    'User on whose behalf a service key with the scope act-as calls; absent: the user of the key',
  )
  @ApiIdentity(
    'x-use-case',
    'Use case, for `auto` and for a model; absent: that of the conversation, else of the key',
  )
  @ApiIdentity(
    'x-orchestrator-echo',
    'body: the answer of Converse says who answered; absent: as the key says',
    ['body', 'none'],
  )
  @ApiIdentity(
    'x-orchestrator-fallback',
    'Lets another candidate answer for a model; absent: as the key says',
    ['same-use-case', 'none'],
  )
  async bedrock(
    @Req() request: FastifyRequest<{ Body: Buffer }>,
    @CurrentCaller() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { modelId, operation } = readModelPath(request.url);
    await this.limits.chatting(caller.principal, reply);
    if (operation === 'count-tokens') return this.countTokens({ modelId, request }, caller, reply);
    const { headers, body } = request;
    const read = readBody(body);
    const forModel = isNative(operation) ? modelHeadersOf(headers) : {};
    const encoding = encodingOf({ operation, body, read, headers: forModel });
    const identity = identityOf(headers, read.json, defaultsOf(caller.principal));
    const writer = identity.echo && !isNative(operation) && { writerFor: echoed };
    const call = await this.wires.begin({ wire: 'bedrock', modelId, encoding, identity, ...writer }, caller);
    reply
      .header('x-amzn-requestid', call.id)
      .header('x-orchestrator-invocation-id', call.id)
      .header('x-orchestrator-use-case', encodeURI(call.context.useCase));
    if (isStreamed(operation)) await this.stream(call, reply);
    else await this.whole(call, reply);
  }

  private async countTokens(
    { modelId, request }: { modelId: string; request: FastifyRequest<{ Body: Buffer }> },
    caller: Caller,
    reply: FastifyReply,
  ): Promise<void> {
    const { headers, body } = request;
    const identity = identityOf(headers, readBody(body).json, defaultsOf(caller.principal));
    const { bytes, model, useCase } = await untilCutOff(this.shutdown, whenGone(reply), (signal) =>
      this.counts.count({ modelId, body, identity }, caller, signal),
    );
    await reply
      .header('x-orchestrator-model', encodeURI(model.id))
      .header('x-orchestrator-use-case', encodeURI(useCase))
      .type('application/json')
      .send(bytes);
  }

  private async whole(call: BegunWireCall, reply: FastifyReply): Promise<void> {
    const pieces: Buffer[] = [];
    await this.run(call, reply, {
      onHead: (head) => void reply.headers(headersOf(head)),
      onBytes: (bytes) => {
        pieces.push(bytes);
        return undefined;
      },
    });
    await reply.type('application/json').send(Buffer.concat(pieces));
  }

  /** Begins the response with the first content: until then another model may answer, and an error has its status. */
  private async stream(call: BegunWireCall, reply: FastifyReply): Promise<void> {
    let stream: ByteStream | undefined;
    try {
      await this.run(call, reply, {
        onHead: (head) => {
          stream = new ByteStream();
          // A proxy that collects an answer before it passes it on would take the stream out of it.
          reply.headers({ ...headersOf(head), 'x-accel-buffering': 'no' }).type(EVENT_STREAM);
          void reply.send(stream);
        },
        onBytes: (bytes) => stream?.send(bytes),
      });
    } catch (error) {
      if (!stream) throw error;
      const { detail } = problemOf(error, call.caller.requestId);
      void stream.send(
        exceptionFrame('modelStreamErrorException', { message: BROKE_OFF, originalMessage: detail }),
      );
    }
    stream?.end();
  }

  private run(call: BegunWireCall, reply: FastifyReply, listener: Parameters<WireService['run']>[2]) {
    return untilCutOff(this.shutdown, whenGone(reply), (signal) => this.wires.run(call, signal, listener));
  }
}

const echoed = ({ facts }: WrittenAnswer) => new EchoWriter(facts);

/** A header holds ASCII only: other characters of a name are percent-encoded. */
const headersOf = ({ model, attempts, fallback, adapted, headers }: AnswerHead): Record<string, string> => ({
  ...headers,
  'x-orchestrator-model': encodeURI(model.id),
  'x-orchestrator-attempts': String(attempts),
  ...(fallback !== null && { 'x-orchestrator-fallback': fallback }),
  ...(adapted.length > 0 && { 'x-orchestrator-adapted': adapted.join(',') }),
});
