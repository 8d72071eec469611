import { ModelNotSelectableError, NoSelectableModelError } from '#libs/catalogue/catalogue.errors.js';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import { effectiveModel } from '#libs/catalogue/effective-model.js';
import { AppError } from '#libs/platform/errors/app-error.js';
import type { Conversation, Pin } from '../conversation.js';
import { type ConversationDecision, decideConversation, decideUseCase } from '../decide-switch.js';
import { requireSelectable, type SelectionContext, useCaseOf } from '../model-selection.js';
import type { AutoSwitch, ManualSwitch } from '../switch.js';
import type { MovedItem, MoveTarget, Staying } from './move.js';

/** The part of a move, or of an order for one, that decides. */
export interface MoveTerms {
  fromModelId: string;
  toModelId: MoveTarget;
  reason: string;
  showNotification: boolean;
}

/** Reason for which something stays. */
export type Stay = Pick<Staying, 'code' | 'reason'>;
export type Verdict<T> = { moves: T } | { stays: Stay };

/** Only candidates; the cool-down of a fallback is never needed. */
const RULES = { anyModel: false, coolDownSeconds: 0 };

/** Command by which one scope moves. */
export function commandOf(
  terms: MoveTerms,
  useCase: string,
  conversationId?: string,
): ManualSwitch | AutoSwitch {
  const { fromModelId, toModelId, reason, showNotification } = terms;
  const shared = { useCase, reason, showNotification, leaves: fromModelId, dryRun: false, conversationId };
  return toModelId === null ? { ...shared, kind: 'auto' } : { ...shared, kind: 'manual', modelId: toModelId };
}

/** Returns the model to which a use case that runs on the model is switched. */
export function moveUseCase(terms: MoveTerms, useCase: UseCase, context: SelectionContext): Verdict<Model> {
  return verdictOf(() => {
    requireCandidate(terms, useCase, context);
    return decideUseCase(commandOf(terms, useCase.name), useCase, context, RULES).after;
  });
}

/** Returns the model that conversations pinned in a use case get which does not run on the model itself. */
export function movePins(terms: MoveTerms, useCase: UseCase, context: SelectionContext): Verdict<Model> {
  return verdictOf(() => {
    const target = requireCandidate(terms, useCase, context);
    if (target) return target;
    const { model, reasons } = effectiveModel({ useCase }, context.catalogue, context.policy);
    if (reasons.length === 0 && model.id !== terms.fromModelId) return model;
    throw new NoSelectableModelError(useCase.name, [{ modelId: model.id, reasons }]);
  });
}

/** Returns the new state of a conversation that is pinned to the model. */
export function moveConversation(
  terms: MoveTerms,
  conversation: Conversation,
  context: SelectionContext,
): Verdict<ConversationDecision> {
  const command = commandOf(terms, conversation.useCase, conversation.id);
  return verdictOf(() => decideConversation(command, { ...conversation, isNew: false }, context, RULES));
}

type Fallback = Pin & { kind: 'fallback' };

/** Returns the fallback of a conversation that goes back to a pin on the model, or undefined. */
const fallbackFrom = (modelId: string, pin: Pin | null): Fallback | undefined =>
  pin?.kind === 'fallback' && pin.resumeModelId === modelId ? pin : undefined;

/**
 * Returns the pin of a fallback that goes back to the target instead of the model. The conversation stays where it is.
 * Its recovery waits for the target, no longer for the model.
 */
export function moveWayBack(
  terms: MoveTerms,
  { pin, useCase }: Conversation,
  context: SelectionContext,
): Verdict<Fallback> {
  const fallback = fallbackFrom(terms.fromModelId, pin);
  if (!fallback) return { stays: SWITCHED_SINCE };
  const target = movePins(terms, useCaseOf(context, useCase), context);
  if ('stays' in target) return target;
  const isWaiting = fallback.failedModelId === terms.fromModelId;
  const failedModelId = isWaiting ? target.moves.id : fallback.failedModelId;
  return { moves: { ...fallback, failedModelId, resumeModelId: terms.toModelId } };
}

/** Returns the model to which an undo brings back a use case and its conversations. */
export const undoMove = (modelId: string, useCase: UseCase, context: SelectionContext): Verdict<Model> =>
  verdictOf(() => requireSelectable(context, modelId, { useCase, coolDowns: useCase.coolDowns }));

const SWITCHED_SINCE: Stay = { code: 'switched_since', reason: 'It was switched since' };

/**
 * Returns the state before the move, unless the conversation was switched since. A way back is restored without a
 * switch: the models before and after are the same.
 */
export function restoreConversation(
  modelId: string,
  item: MovedItem,
  conversation: Conversation | undefined,
  context: SelectionContext,
): Verdict<ConversationDecision> {
  const { seq, useCase: name, previousPin } = item;
  if (!conversation || conversation.switchSeq !== seq || conversation.useCase !== name)
    return { stays: SWITCHED_SINCE };
  if (previousPin && previousPin.modelId !== modelId)
    return restoreWayBack(modelId, previousPin, conversation, context);
  const { coolDowns, pin } = conversation;
  return verdictOf(() => {
    const useCase = useCaseOf(context, name);
    const scope = { useCase, pinnedModelId: pin?.modelId, coolDowns };
    const before = effectiveModel(scope, context.catalogue, context.policy).model;
    const after = requireSelectable(context, modelId, { useCase, coolDowns });
    return { useCase: name, pin: previousPin, coolDowns, before, after };
  });
}

/** Keeps the time of the next check: a fallback in between may have postponed it. */
function restoreWayBack(
  modelId: string,
  former: Pin,
  { useCase: name, pin, coolDowns }: Conversation,
  context: SelectionContext,
): Verdict<ConversationDecision> {
  if (former.kind !== 'fallback' || pin?.kind !== 'fallback') return { stays: SWITCHED_SINCE };
  return verdictOf(() => {
    const useCase = useCaseOf(context, name);
    const model = requireSelectable(context, modelId, { useCase, coolDowns: {} });
    const restored = { ...former, recheckAt: pin.recheckAt };
    return { useCase: name, pin: restored, coolDowns, before: model, after: model };
  });
}

/** Adds conversations to those that stay for the same reason. */
export function withStaying(staying: readonly Staying[], added: readonly Staying[]): Staying[] {
  const merged = staying.map((entry) => ({ ...entry }));
  for (const entry of added) {
    const known = merged.find(({ useCase, code }) => useCase === entry.useCase && code === entry.code);
    if (known) known.conversations += entry.conversations;
    else merged.push({ ...entry });
  }
  return merged;
}

/** @returns undefined: the use case chooses. @throws NotACandidateError, ModelNotSelectableError */
function requireCandidate(
  { toModelId }: MoveTerms,
  useCase: UseCase,
  context: SelectionContext,
): Model | undefined {
  if (toModelId === null) return undefined;
  return requireSelectable(context, toModelId, { useCase, coolDowns: {}, candidatesOnly: true });
}

/** @throws what is no reason to stay */
function verdictOf<T>(decide: () => T): Verdict<T> {
  try {
    return { moves: decide() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { stays: stayOf(error) };
  }
}

function stayOf(error: AppError): Stay {
  if (error instanceof NoSelectableModelError)
    return { code: error.code, reason: 'No other candidate can be selected' };
  if (error instanceof ModelNotSelectableError)
    return { code: error.extensions.reasons[0]?.code ?? error.code, reason: error.message };
  return { code: error.code, reason: error.message };
}
