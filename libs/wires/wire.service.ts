import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import type { Wire } from '#libs/costs/invocation.js';
import { CallAdmission } from '#libs/inference/call-admission.service.js';
import { CallAttempts } from '#libs/inference/call-attempts.js';
import type { AnswerPart } from '#libs/inference/fallback-engine.js';
import { RecordedCalls } from '#libs/inference/recorded-calls.service.js';
import { actorOf, keyOwnerOf } from '#libs/platform/auth/principal.js';
import { PassThroughService } from '#libs/platform/bedrock/pass-through.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import { followsUseCase } from '#libs/switching/conversation.js';
import type { Caller } from '#libs/switching/switch.js';
import { formsOf } from './demands.js';
import { type Encoding, takesBody } from './encoding.js';
import { type WireContext, WireContextService, type WireIdentity } from './wire-context.service.js';
import { type WireCall, WireForm, type WireSettings } from './wire-form.js';
import { BodyFamilyError } from './wires.errors.js';

/** Call of a model as a client makes it. */
export interface WireRequest extends Pick<WireCall, 'encoding' | 'alternative' | 'writerFor'> {
  /** Returns the request for the model that is asked first; absent: `encoding`. @throws AppError if it takes none */
  encodingFor?: (first: Pick<WireContext, 'model' | 'isNamed'>) => Encoding;
  /** Called before the request is judged for the model that answers: the conversation may have switched already. */
  onContext(context: Pick<WireContext, 'useCase' | 'notification'>): void;
  /** Way on which it came. */
  wire: Wire;
  /** Use case, assistant, `auto`, or a model. */
  modelId: string;
  identity: WireIdentity;
}

/** Call that passed all checks and can ask a model. */
export interface BegunWireCall {
  /** Id of the row that records it. */
  id: string;
  context: WireContext;
  request: WireRequest;
  caller: Caller;
  /** Releases its place among the concurrent calls. */
  release: () => void;
}

/** Facts about an answer that are known with its first content. */
export interface AnswerHead {
  model: Model;
  /** Number of calls of models until this content. */
  attempts: number;
  /** Reason for which another model than the first answers; null: the first does. */
  fallback: string | null;
  /** Parts of the request that the model did not get as the client sent them. */
  adapted: string[];
  /** Headers of the answer of the model. */
  headers: Record<string, string>;
}

/** Receives an answer: its head, then its bytes. */
export interface WireListener {
  onHead(head: AnswerHead): void;
  /** @returns a promise that resolves when there is room for more, if there is none */
  onBytes(bytes: Buffer): Promise<void> | undefined;
}

/** Answers the calls of clients of Amazon Bedrock with the bytes of the model that the catalogue decides on. */
@Injectable()
export class WireService {
  constructor(
    private readonly admission: CallAdmission,
    private readonly contexts: WireContextService,
    private readonly calls: RecordedCalls,
    private readonly passThrough: PassThroughService,
    @Inject(ENV) private readonly settings: WireSettings,
  ) {}

  /** Makes all checks before a model is called. @throws AppError */
  async begin(asked: WireRequest, caller: Caller): Promise<BegunWireCall> {
    this.calls.assertRoom();
    const { encoding, identity, modelId } = asked;
    const asker = identity.userId === undefined ? actorOf(caller.principal) : `user:${identity.userId}`;
    // Its bytes were counted before they were read: see WireBytes.
    const release = this.admission.admit(asker, 0);
    try {
      const context = await this.contexts.open(modelId, identity, caller);
      asked.onContext(context);
      const request = { ...asked, encoding: asked.encodingFor?.(context) ?? encoding };
      requireTaken(request, context);
      return { id: randomUUID(), context, request, caller, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Runs the call. Records it before the last bytes of the answer, or before it throws.
   * @param signal aborts when the client disconnects, which stops the model
   * @returns the cost of the answer in USD; null: it is not known, or estimated
   * @throws UnansweredError, NoModelReadyError; after content was passed on too: no other model may follow it
   */
  async run(begun: BegunWireCall, signal: AbortSignal, listener: WireListener): Promise<string | null> {
    const { call, record } = this.start(begun, signal);
    const answer = new PassedAnswer(call.attempts, listener);
    await this.calls.run(call, record, (part) => answer.pass(part)).finally(begun.release);
    const { estimated, costUsd } = record.bill;
    return estimated ? null : costUsd;
  }

  private start({ id, context, request, caller }: BegunWireCall, signal: AbortSignal) {
    const { conversation, useCase, model, grant, isNamed, system, notification } = context;
    const { demands, shape } = request.encoding;
    const attempts = new CallAttempts(useCase, model, conversation?.coolDowns ?? {}, demands.inputTokens);
    attempts.alone = isNamed && !request.identity.mayFallBack;
    attempts.serviceTier = demands.tier;
    const form = new WireForm(
      {
        ...request,
        isNamed,
        factsFor: (answering) => ({
          model: answering.id,
          useCase,
          invocationId: id,
          attempts: attempts.called + 1,
          ...(notification && { notification }),
        }),
        first: model,
        settings: this.settings,
        ...(system !== undefined && { system }),
      },
      this.passThrough,
    );
    const call = this.calls.start(form, attempts, signal);
    const record = this.calls.recordOf(call, {
      id,
      requestId: caller.requestId,
      conversationId: conversation?.id ?? null,
      useCase,
      userId: conversation?.owner ?? grant.userId,
      actor: grant.actor,
      onBehalfOf: grant.onBehalfOf,
      keyOwner: keyOwnerOf(caller.principal),
      wire: request.wire,
      bodyFamily: shape.family,
      forms: formsOf(demands),
      follows: !isNamed && (conversation === null || followsUseCase(conversation)),
    });
    return { call, record };
  }
}

/** Passes on an answer: its head with the first bytes, whose headers it has. */
class PassedAnswer {
  private model: Model | undefined;

  constructor(
    private readonly attempts: CallAttempts,
    private readonly listener: WireListener,
  ) {}

  pass(part: AnswerPart): Promise<void> | undefined {
    if (part.type === 'begin') {
      this.model = part.model;
      return undefined;
    }
    if (this.model) this.listener.onHead(headOf(this.model, this.attempts, part.headers ?? {}));
    this.model = undefined;
    const bytes = part.type === 'text' ? part.bytes : part.tail;
    return bytes && this.listener.onBytes(bytes);
  }
}

function headOf(model: Model, attempts: CallAttempts, headers: Record<string, string>): AnswerHead {
  const { all, first, lastChanges, called } = attempts;
  const before = all.find(({ modelId }) => modelId === first.id);
  return {
    model,
    attempts: called + 1,
    fallback: model.id === first.id ? null : (before?.errorKind ?? 'not_selectable'),
    adapted: [...lastChanges.leftOut, ...lastChanges.adapted],
    headers,
  };
}

/** @throws AppError if the model that is asked first takes the request in no form */
function requireTaken(
  { encoding, alternative }: WireRequest,
  { model, useCase, isNamed }: WireContext,
): void {
  if (takesBody(encoding, model)) return;
  // Made here, so that what it cannot hold is an error of the request before any call.
  if (alternative) alternative();
  else if (!isNamed) throw new BodyFamilyError(encoding.shape.family, model, useCase);
}
