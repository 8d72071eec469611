import { Injectable } from '@nestjs/common';
import { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { ConverseRequest } from '#libs/platform/bedrock/converse-request.js';
import type { OnText, StreamEnd } from '#libs/platform/bedrock/converse-stream.js';

/** Calls one model once, as a stream or for the whole response: the listener receives the same text. */
@Injectable()
export class Models {
  constructor(private readonly runtime: BedrockRuntimeService) {}

  /** @throws BedrockError */
  async ask(
    request: ConverseRequest,
    limits: StreamLimits,
    { stream, onText: hear }: { stream: boolean; onText: OnText },
  ): Promise<StreamEnd> {
    if (stream) return this.runtime.converseStream(request, limits, hear);
    const { text, ...end } = await this.runtime.converse(request, limits);
    if (text) await hear(text);
    return { firstTextMs: null, ...end };
  }
}
