import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStreamed } from '#libs/platform/bedrock/model-operation.js';
import { Shutdown } from '#libs/platform/health/shutdown.service.js';
import { freeBody, joined } from '#libs/platform/http/body-memory.js';
import {
  type AnswerHead,
  type BegunWireCall,
  type WireListener,
  type WireRequest,
  WireService,
} from '#libs/wires/wire.service.js';
import type { Problem } from '../http/problem-details.js';
import { problemOf } from '../http/problem-response.js';
import { untilCutOff, whenGone } from '../http/running-call.js';
import { ByteStream } from './byte-stream.js';

export const BROKE_OFF = 'The model broke off its answer: send the request again.';

/** Body of a request; empty where it has none. */
export const bodyOf = ({ body }: FastifyRequest): Buffer => (body instanceof Buffer ? body : Buffer.alloc(0));

/** Form of the streams of a wire. */
export interface StreamForm {
  type: string;
  /** Returns the last bytes of a stream whose model broke off after its first content. */
  broken(problem: Problem): Buffer;
}

/** Puts the headers about a call on its answer, also on an error: a switch is committed before anything is refused. */
export const contextOn =
  (reply: FastifyReply): WireRequest['onContext'] =>
  ({ useCase, notification }) => {
    reply.header('x-orchestrator-use-case', encodeURI(useCase));
    if (notification) reply.header('x-orchestrator-notification', notification.id);
  };

/** Sends the answers of models to the clients of a wire. */
@Injectable()
export class WireAnswers {
  constructor(
    private readonly wires: WireService,
    private readonly shutdown: Shutdown,
  ) {}

  /** Runs a call, and sends its answer whole or as a stream. @throws AppError before the first content */
  async send(call: BegunWireCall, reply: FastifyReply, form: StreamForm): Promise<void> {
    reply.header('x-orchestrator-invocation-id', call.id);
    try {
      if (isStreamed(call.request.encoding.operation)) await this.stream(call, reply, form);
      else await this.whole(call, reply);
    } finally {
      freeBody(bodyOf(reply.request));
      freeBody(call.request.encoding.body);
    }
  }

  private async whole(call: BegunWireCall, reply: FastifyReply): Promise<void> {
    const pieces: Buffer[] = [];
    const costUsd = await this.run(call, reply, {
      onHead: (head) => void reply.headers(headersOf(head)),
      onBytes: (bytes) => {
        pieces.push(bytes);
        return undefined;
      },
    });
    if (costUsd !== null) reply.header('x-orchestrator-cost-usd', costUsd);
    await reply.type('application/json').send(joined(pieces));
  }

  /** Begins the response with the first content: until then another model may answer, and an error has its status. */
  private async stream(call: BegunWireCall, reply: FastifyReply, form: StreamForm): Promise<void> {
    let stream: ByteStream | undefined;
    try {
      await this.run(call, reply, {
        onHead: (head) => {
          stream = new ByteStream();
          // A proxy that collects an answer before it passes it on would take the stream out of it.
          reply.headers({ ...headersOf(head), 'x-accel-buffering': 'no' }).type(form.type);
          void reply.send(stream);
        },
        onBytes: (bytes) => stream?.send(bytes),
      });
    } catch (error) {
      if (!stream) throw error;
      void stream.send(form.broken(problemOf(error, call.caller.requestId)));
    }
    stream?.end();
  }

  private run(call: BegunWireCall, reply: FastifyReply, listener: WireListener): Promise<string | null> {
    return untilCutOff(this.shutdown, whenGone(reply), (signal) => this.wires.run(call, signal, listener));
  }
}

/** A header holds ASCII only: other characters of a name are percent-encoded. */
const headersOf = ({ model, attempts, fallback, adapted, headers }: AnswerHead): Record<string, string> => ({
  ...headers,
  'x-orchestrator-model': encodeURI(model.id),
  'x-orchestrator-attempts': String(attempts),
  ...(fallback !== null && { 'x-orchestrator-fallback': fallback }),
  ...(adapted.length > 0 && { 'x-orchestrator-adapted': adapted.join(',') }),
});
