import { takes } from '#libs/catalogue/capabilities.js';
import type { Guardrail, Model } from '#libs/catalogue/catalogue.js';
import type { Changes, Lack } from '#libs/inference/call-attempts.js';
import type { AnswerEnd, Callee, CallForm, OnContent } from '#libs/inference/call-form.js';
import { BedrockError } from '#libs/platform/bedrock/bedrock-error.js';
import type { StreamLimits } from '#libs/platform/bedrock/call-deadline.js';
import { isNative, isStreamed } from '#libs/platform/bedrock/model-operation.js';
import type { PassThroughService } from '#libs/platform/bedrock/pass-through.service.js';
import type { Env } from '#libs/platform/config/env.js';
import { type Adaptation, adaptationFor, lackOf, withDefaultTokens } from './adaptation.js';
import {
  type AnswerFacts,
  type AnswerWriter,
  type Encoding,
  takesBody,
  type WrittenAnswer,
} from './encoding.js';
import { withEdits } from './json-edits.js';

/** Request of a client, and what applies to it. */
export interface WireCall {
  /** The request as the client sent it. */
  encoding: Encoding;
  /** Returns the request for models that do not take the form of the client's; absent: they are passed over. */
  alternative?: () => Encoding;
  /** Absent: the client gets the bytes of the model. */
  writerFor?: (answer: WrittenAnswer) => AnswerWriter;
  /** Returns who answers, if a model does. */
  factsFor: (model: Model) => AnswerFacts;
  /** Model that is asked first. */
  first: Pick<Model, 'id' | 'provider'>;
  /** True: the client named this model, which gets the same bytes. */
  isNamed: boolean;
  /** Replaces the system prompt of the client; absent: the client's applies. */
  system?: string;
  settings: WireSettings;
}

/** Settings of this installation for all calls on wires. */
export type WireSettings = Pick<Env, 'WIRE_FORWARD_METADATA' | 'WIRE_DEFAULT_MAX_TOKENS'>;

const AS_SENT: Adaptation = { edits: [], leftOut: [], adapted: [] };
/** From this size on a call asks two models at most: each gets the whole body. */
const LARGE_BODY_BYTES = 5_000_000;
const MODELS_FOR_LARGE_BODY = 2;
const METADATA_HEADER = 'x-amzn-bedrock-request-metadata';
const GUARDRAIL_HEADERS = ['x-amzn-bedrock-guardrailidentifier', 'x-amzn-bedrock-guardrailversion'] as const;

/**
 * Form of the wires: the bytes of the client to a model, and the bytes of the model back. Only the guardrail of the use
 * case, its system prompt, what `adaptationFor` changes and what the settings demand are not the client's, unless a model
 * needs another form.
 */
export class WireForm implements CallForm {
  readonly mayRestart = false;
  private readonly called = new Set<string>();
  private alternative: Encoding | undefined;

  constructor(
    private readonly asked: WireCall,
    private readonly passThrough: Pick<PassThroughService, 'whole' | 'stream'>,
  ) {}

  get stream(): boolean {
    return isStreamed(this.asked.encoding.operation);
  }

  lackOf(model: Model): Lack | undefined {
    const { encoding, alternative, first } = this.asked;
    if (this.getsSameBytes(model)) return undefined;
    if (!alternative && !takesBody(encoding, model))
      return { reason: 'body_family', lacks: [`a body in the form of ${encoding.shape.family}`] };
    if (this.isTooLargeFor(model)) return { reason: 'large_body', lacks: ['a large body after two models'] };
    // The demands are the same in both forms.
    return lackOf(encoding.demands, { model, first });
  }

  changesFor({ model, guardrail }: Callee): Changes {
    const { leftOut, adapted } = this.adaptationFor(model);
    const isWithout = guardrail !== null && !applies(guardrail, model);
    return { leftOut: isWithout ? [...leftOut, 'guardrail'] : leftOut, adapted };
  }

  /** Judges nothing: every complete answer of a model is the client's. */
  failureOf(): null {
    return null;
  }

  async call(callee: Callee, limits: StreamLimits, onContent: OnContent): Promise<AnswerEnd> {
    this.called.add(callee.model.id);
    try {
      return await this.send(callee, limits, onContent);
    } catch (error) {
      throw callee.guardrail === null ? asOwnGuardrail(error) : error;
    }
  }

  private async send(callee: Callee, limits: StreamLimits, onContent: OnContent): Promise<AnswerEnd> {
    const { model } = callee;
    const { operation, demands } = this.encodingFor(model);
    const writer = this.asked.writerFor?.({ model, operation, facts: this.asked.factsFor(model) });
    const request = {
      operation,
      modelId: model.id,
      body: this.bodyFor(callee),
      headers: this.headersFor(callee),
      temperature: demands.tuning.temperature,
      maxTokens: demands.maxTokens,
    };
    if (!this.stream) {
      const { bytes, text, headers, ...end } = await this.passThrough.whole(request, limits);
      await onContent({ bytes: writer?.whole(bytes) ?? bytes, text, headers });
      return end;
    }
    const end = await this.passThrough.stream(request, limits, ({ bytes, ...content }) =>
      onContent({ ...content, bytes: writer?.frames(bytes) ?? bytes }),
    );
    return { ...end, tail: writer?.end(end.tail) ?? end.tail };
  }

  /** Returns the body for a model: the client's own where nothing changes. */
  bodyFor({ model, guardrail }: Callee): Buffer {
    const { system, settings } = this.asked;
    const { operation, body, shape, demands } = this.encodingFor(model);
    const systemEdit = system === undefined ? undefined : shape.systemEdit(system);
    return withEdits(body, [
      ...this.adaptationFor(model).edits,
      ...(systemEdit ? [systemEdit] : []),
      ...(settings.WIRE_FORWARD_METADATA === 'off' && demands.metadata ? [{ path: demands.metadata }] : []),
      ...(guardrail && applies(guardrail, model) && !isNative(operation)
        ? [{ path: ['guardrailConfig'] as const, value: guardrailConfigOf(guardrail) }]
        : []),
    ]);
  }

  private headersFor({ model, guardrail }: Callee): Record<string, string> {
    const { operation, headers: given } = this.encodingFor(model);
    const { [METADATA_HEADER]: _, ...others } = given;
    const headers = this.asked.settings.WIRE_FORWARD_METADATA === 'off' ? others : given;
    if (!isNative(operation) || !guardrail || !applies(guardrail, model)) return headers;
    const [id, version] = GUARDRAIL_HEADERS;
    return { ...headers, [id]: guardrail.id, [version]: guardrail.version };
  }

  /** @throws BedrockError if the request has no other form */
  private encodingFor(model: Model): Encoding {
    const { encoding, alternative } = this.asked;
    if (!alternative || takesBody(encoding, model)) return encoding;
    this.alternative ??= alternative();
    return this.alternative;
  }

  private adaptationFor(model: Model): Adaptation {
    if (this.getsSameBytes(model)) return AS_SENT;
    const { isNamed, first, settings } = this.asked;
    const { demands } = this.encodingFor(model);
    const adaptation = adaptationFor(demands, { model, first });
    if (isNamed || settings.WIRE_DEFAULT_MAX_TOKENS === 'off') return adaptation;
    const { edits, adapted } = withDefaultTokens(demands, model);
    return {
      ...adaptation,
      edits: [...adaptation.edits, ...edits],
      adapted: [...adaptation.adapted, ...adapted],
    };
  }

  private isTooLargeFor({ id }: Model): boolean {
    const isLarge = this.asked.encoding.body.length > LARGE_BODY_BYTES;
    return isLarge && this.called.size >= MODELS_FOR_LARGE_BODY && !this.called.has(id);
  }

  private getsSameBytes(model: Model): boolean {
    const { isNamed, first, alternative, encoding } = this.asked;
    return isNamed && model.id === first.id && (!alternative || takesBody(encoding, model));
  }
}

const guardrailConfigOf = ({ id, version }: Guardrail) => ({
  guardrailIdentifier: id,
  guardrailVersion: version,
});

const applies = ({ required }: Guardrail, model: Model): boolean => required || takes(model, 'guardrail');

/** A guardrail that fails is the client's own where the use case has none. */
function asOwnGuardrail(error: unknown): unknown {
  if (!(error instanceof BedrockError) || error.kind !== 'guardrail_unavailable') return error;
  return new BedrockError(error.message, { ...error, kind: 'invalid_request' }, { cause: error });
}
