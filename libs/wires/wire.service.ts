import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CallAdmission } from '#libs/inference/call-admission.service.js';
import { CallAttempts } from '#libs/inference/call-attempts.js';
import { RecordedCalls } from '#libs/inference/recorded-calls.service.js';
import { actorOf, keyOwnerOf } from '#libs/platform/auth/principal.js';
import { PassThroughService } from '#libs/platform/bedrock/pass-through.service.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Caller } from '#libs/switching/switch.js';
import { ConverseForm } from './converse-form.js';
import { type ConverseJson, type Demands, demandsOf } from './demands.js';
import { type WireContext, WireContextService, type WireIdentity } from './wire-context.service.js';

/** Call of Converse as a client makes it. */
export interface WireRequest {
  /** Use case, assistant, `auto`, or a model. */
  modelId: string;
  body: Buffer;
  json: ConverseJson;
  identity: WireIdentity;
  stream: boolean;
}

/** Call that passed all checks and can ask a model. */
export interface BegunWireCall {
  /** Id of the row that records it. */
  id: string;
  context: WireContext;
  request: WireRequest;
  demands: Demands;
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
}

/** Receives an answer: its head, then its bytes. */
export interface WireListener {
  onHead(head: AnswerHead): void;
  /** @returns a promise that resolves when there is room for more, if there is none */
  onBytes(bytes: Buffer): Promise<void> | undefined;
}

/** Parses the body of a request. @throws InvalidInputError */
export function readConverse(body: Buffer): ConverseJson {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    json = undefined;
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as ConverseJson;
  throw new InvalidInputError([{ field: 'body', message: 'must be a JSON object in UTF-8' }]);
}

/** Answers the calls of clients of Amazon Bedrock with the bytes of the model that the catalogue decides on. */
@Injectable()
export class WireService {
  constructor(
    private readonly admission: CallAdmission,
    private readonly contexts: WireContextService,
    private readonly calls: RecordedCalls,
    private readonly passThrough: PassThroughService,
  ) {}

  /** Makes all checks before a model is called. @throws AppError */
  async begin(request: WireRequest, caller: Caller): Promise<BegunWireCall> {
    this.calls.assertRoom();
    const { body, json, identity, modelId } = request;
    const asker = identity.userId === undefined ? actorOf(caller.principal) : `user:${identity.userId}`;
    const release = this.admission.admit(asker, body.length);
    try {
      const context = await this.contexts.open(modelId, identity, caller);
      return { id: randomUUID(), context, request, demands: demandsOf(json), caller, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /**
   * Runs the call. Records it before the last bytes of the answer, or before it throws.
   * @param signal aborts when the client disconnects, which stops the model
   * @throws UnansweredError, NoModelReadyError; after content was passed on too: no other model may follow it
   */
  async run(begun: BegunWireCall, signal: AbortSignal, listener: WireListener): Promise<void> {
    const { call, record } = this.start(begun, signal);
    const { attempts } = call;
    await this.calls
      .run(call, record, (part) => {
        if (part.type === 'begin') listener.onHead(headOf(part.model, attempts));
        const bytes = part.type === 'text' ? part.bytes : part.type === 'end' ? part.tail : undefined;
        return bytes && listener.onBytes(bytes);
      })
      .finally(begun.release);
  }

  private start({ id, context, request, demands, caller }: BegunWireCall, signal: AbortSignal) {
    const { conversation, useCase, model, grant, isNamed, system } = context;
    const attempts = new CallAttempts(useCase, model, conversation?.coolDowns ?? {}, demands.inputTokens);
    attempts.alone = isNamed && !request.identity.mayFallBack;
    const { body, json, stream } = request;
    const form = new ConverseForm(
      {
        body,
        json,
        demands,
        stream,
        isNamed,
        firstModelId: model.id,
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
    });
    return { call, record };
  }
}

function headOf(model: Model, { all, first }: CallAttempts): AnswerHead {
  const called = all.filter(({ outcome }) => outcome !== 'skipped').length;
  const before = all.find(({ modelId }) => modelId === first.id);
  return {
    model,
    attempts: called + 1,
    fallback: model.id === first.id ? null : (before?.errorKind ?? 'not_selectable'),
  };
}
