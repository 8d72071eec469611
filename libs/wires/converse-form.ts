import { takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import { OUTPUT_TOO_SMALL, REFUSES_FORM } from '#libs/inference/call-attempts.js';
import type { AnswerEnd, Callee, CallForm, OnContent } from '#libs/inference/call-form.js';
import { refusedTuning, type Tuning } from '#libs/inference/request-form.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import type { PassThroughService } from '#libs/platform/bedrock/pass-through.service.js';
import type { ConverseJson, Demands } from './demands.js';
import { withMembers } from './json-members.js';

/** Request of a client of Bedrock, and what applies to it. */
export interface ConverseCall {
  /** Bytes as the client sent them. */
  body: Buffer;
  json: ConverseJson;
  demands: Demands;
  stream: boolean;
  /** Id of the model that is asked first. */
  firstModelId: string;
  /** True: the client named this model, which gets the same bytes. */
  isNamed: boolean;
  /** Replaces the system prompt of the client; absent: the client's applies. */
  system?: string;
}

/** A lower limit of tokens is taken for this many, however many the client allows. */
const ENOUGH_TOKENS = 4_096;

/**
 * Form of Bedrock's Converse: the bytes of the client to a model, and the bytes of the model back. Only refused
 * parameters, the guardrail of the use case and its system prompt change them.
 */
export class ConverseForm implements CallForm {
  readonly mayRestart = false;

  constructor(
    private readonly asked: ConverseCall,
    private readonly passThrough: Pick<PassThroughService, 'converse' | 'converseStream'>,
  ) {}

  get stream(): boolean {
    return this.asked.stream;
  }

  reasonAgainst(model: Model): string | undefined {
    const { demands, firstModelId } = this.asked;
    if (this.getsSameBytes(model)) return undefined;
    if (demands.beyondText && model.id !== firstModelId) return demands.beyondText;
    if (demands.hasGuardrail && !takes(model, 'guardrail')) return REFUSES_FORM;
    if (!demands.needs.every((form) => takes(model, form))) return REFUSES_FORM;
    const least = Math.min(demands.maxTokens ?? 0, ENOUGH_TOKENS);
    return (model.maxTokens ?? Number.POSITIVE_INFINITY) < least ? OUTPUT_TOO_SMALL : undefined;
  }

  leftOutFor(model: Model, guardrail: Guardrail | null): (Tuning | 'guardrail')[] {
    const tuning = this.getsSameBytes(model) ? [] : refusedTuning(this.asked.demands.tuning, model);
    return guardrail !== null && !applies(guardrail, model) ? [...tuning, 'guardrail'] : tuning;
  }

  /** Judges nothing: every complete answer of a model is the client's. */
  failureOf(): null {
    return null;
  }

  async call({ model, guardrail }: Callee, limits: StreamLimits, onContent: OnContent): Promise<AnswerEnd> {
    const { temperature } = this.asked.demands.tuning;
    const body = this.bodyFor(model, guardrail);
    const request = { modelId: model.id, body, temperature, maxTokens: this.asked.demands.maxTokens };
    try {
      if (this.stream) return await this.passThrough.converseStream(request, limits, onContent);
      const { bytes, text, ...end } = await this.passThrough.converse(request, limits);
      await onContent({ bytes, text });
      return end;
    } catch (error) {
      throw guardrail === null ? asOwnGuardrail(error) : error;
    }
  }

  /** Returns the body for a model. */
  bodyFor(model: Model, guardrail: Guardrail | null): Buffer {
    const { body, system } = this.asked;
    const inferenceConfig = this.inferenceConfigFor(model);
    const members = {
      ...(system !== undefined && { system: [{ text: system }] }),
      ...(inferenceConfig && { inferenceConfig }),
      ...(guardrail &&
        applies(guardrail, model) && {
          guardrailConfig: { guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version },
        }),
    };
    return Object.keys(members).length === 0 ? body : withMembers(body, members);
  }

  private getsSameBytes({ id }: Model): boolean {
    return this.asked.isNamed && id === this.asked.firstModelId;
  }

  /** Returns the parameters without those that the model refuses; undefined: it refuses none. */
  private inferenceConfigFor(model: Model): object | undefined {
    if (this.getsSameBytes(model)) return undefined;
    const { json, demands } = this.asked;
    const refused = refusedTuning(demands.tuning, model);
    const isTooMany =
      demands.maxTokens !== undefined && demands.maxTokens > (model.maxTokens ?? demands.maxTokens);
    if (refused.length === 0 && !isTooMany) return undefined;
    return {
      ...(json.inferenceConfig as object),
      ...Object.fromEntries(refused.map((name) => [name, undefined])),
      ...(isTooMany && { maxTokens: model.maxTokens }),
    };
  }
}

const applies = ({ required }: Guardrail, model: Model): boolean => required || takes(model, 'guardrail');

/** A guardrail that fails is the client's own where the use case has none. */
function asOwnGuardrail(error: unknown): unknown {
  if (!(error instanceof BedrockError) || error.kind !== 'guardrail_unavailable') return error;
  return new BedrockError(error.message, { ...error, kind: 'invalid_request' }, { cause: error });
}
