import { Injectable } from '@nestjs/common';
import type { StreamPart } from '#libs/platform/bedrock/answer-stream.js';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-guard.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';

/** Asks one model once, for a stream or for the whole answer: who listens hears the same kinds of parts. */
@Injectable()
export class Models {
  constructor(private readonly runtime: BedrockRuntimeService) {}

  /** @throws BedrockError */
  ask(request: ConverseRequest, limits: StreamLimits, stream: boolean): AsyncGenerator<StreamPart, void> {
    return stream ? this.runtime.converseStream(request, limits) : this.whole(request, limits);
  }

  private async *whole(request: ConverseRequest, limits: StreamLimits): AsyncGenerator<StreamPart, void> {
    const { text, ...end } = await this.runtime.converse(request, limits);
    if (text) yield { type: 'text', text, atMs: end.durationMs };
    yield { type: 'end', firstTextMs: null, ...end };
  }
}
