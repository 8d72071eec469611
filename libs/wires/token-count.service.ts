import { Inject, Injectable } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { isKnownToTake } from '#libs/catalogue/capabilities.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { UnansweredError } from '#libs/inference/inference.errors.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import { PassThroughService, type RawAnswer } from '#libs/platform/bedrock/pass-through.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import type { Caller } from '#libs/switching/switch.js';
import { withEdits } from './json-edits.js';
import { type WireContext, WireContextService, type WireIdentity } from './wire-context.service.js';

/** Thrown where no model of a use case counts tokens: an estimate would not be what the client asked for. */
class NoTokenCountError extends AppError {
  readonly kind = 'invalid';
  readonly code = 'capability_not_available';
  constructor(useCase: string) {
    super(`The provided model doesn't support counting tokens: no candidate of use case ${useCase} does.`);
  }
}

/** Request to count tokens, as a client makes it. */
export interface CountRequest {
  modelId: string;
  body: Buffer;
  identity: WireIdentity;
}

/** Answers `CountTokens` by the first model of a use case that counts. It costs nothing, so that nothing is recorded. */
@Injectable()
export class TokenCountService {
  constructor(
    private readonly contexts: WireContextService,
    private readonly catalogue: CatalogueService,
    private readonly breakers: BreakersService,
    private readonly passThrough: PassThroughService,
    @Inject(ENV) private readonly env: Pick<Env, 'CHAT_DEADLINE_SECONDS' | 'WIRE_FORWARD_METADATA'>,
  ) {}

  /** @throws AppError */
  async count(
    { modelId, body, identity }: CountRequest,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<RawAnswer & { model: Model; useCase: string }> {
    const context = await this.contexts.openCount(modelId, identity, caller);
    const model = this.counterOf(context);
    const deadlineMs = this.env.CHAT_DEADLINE_SECONDS * 1000;
    const counted =
      this.env.WIRE_FORWARD_METADATA === 'off' ? withEdits(body, [{ path: ['requestMetadata'] }]) : body;
    try {
      const answer = await this.passThrough.countTokens(
        { modelId: model.id, body: counted },
        { deadlineMs, signal },
      );
      return { ...answer, model, useCase: context.useCase };
    } catch (error) {
      throw error instanceof BedrockError ? new UnansweredError(error, []) : error;
    }
  }

  private counterOf({ model, useCase, isNamed }: WireContext): Model {
    if (isNamed) return model;
    const candidates = this.catalogue.candidatesOf(useCase).candidates;
    const selectable = candidates
      .filter(({ reasons }) => reasons.length === 0)
      .map((candidate) => candidate.model);
    const counter = [model, ...selectable].find(
      (candidate) => isKnownToTake(candidate, 'countTokens') && !this.breakers.isOpen(candidate.id),
    );
    if (!counter) throw new NoTokenCountError(useCase);
    return counter;
  }
}
