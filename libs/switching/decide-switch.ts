import { NoSelectableModelError } from '#libs/catalogue/catalogue.errors.js';
import type { CoolDowns, Model, UseCase } from '#libs/catalogue/catalogue.js';
import { effectiveModel } from '#libs/catalogue/effective-model.js';
import { isOutsideReview } from '#libs/catalogue/model-role.js';
import {
  isCoolingDown,
  mergeCoolDowns,
  policyOf,
  type Reason,
  reasonsAgainst,
} from '#libs/catalogue/selectability.js';
import type { Conversation, Pin } from './conversation.js';
import {
  bestCandidate,
  coolDown,
  modelOf,
  nextCandidate,
  requireSelectable,
  type SelectionContext,
  useCaseOf,
} from './model-selection.js';
import type { AutoSwitch, FallbackSwitch, ManualSwitch, SwitchCommand, UseCaseRecovery } from './switch.js';
import { SwitchSupersededError, UseCaseMismatchError } from './switching.errors.js';

/** Commands for a conversation. */
export type ConversationCommand = Exclude<SwitchCommand, UseCaseRecovery>;

export interface ConversationRules {
  /** False: only candidates of the use case may be picked. */
  anyModel: boolean;
  coolDownSeconds: number;
}

/** New state of a conversation. */
export interface ConversationDecision {
  useCase: string;
  pin: Pin | null;
  coolDowns: CoolDowns;
  /** Of an unpin: first reason against the pinned model. */
  unfit?: Reason;
  before: Model;
  after: Model;
}

type Next = Pick<ConversationDecision, 'useCase' | 'pin' | 'coolDowns' | 'unfit'>;

/**
 * Decides a command on a conversation. A pure function of state and time that returns the new state.
 * @param isNew the conversation was created for this command, so that it may still choose its use case
 * @throws AppError of kind not_found, conflict, forbidden or unavailable if the command cannot be executed
 */
export function decideConversation(
  command: ConversationCommand,
  conversation: Conversation & { isNew: boolean },
  context: SelectionContext,
  rules: ConversationRules,
): ConversationDecision {
  assertLast(command, conversation.switchSeq);
  const before = modelBefore(command, conversation, context);
  const next = nextState(command, conversation, { context, rules });
  const after = effectiveModel(scopeOf(next, context), context.catalogue, context.policy);
  if (after.reasons.length > 0 || after.model.id === command.leaves)
    throw new NoSelectableModelError(next.useCase, [{ modelId: after.model.id, reasons: after.reasons }]);
  return { ...next, before, after: after.model };
}

/** Returns the effective model, or for an unpin and a move the pinned one: people were notified of that one. */
function modelBefore(
  { kind, leaves }: ConversationCommand,
  conversation: Conversation,
  context: SelectionContext,
): Model {
  const { pin } = conversation;
  if (pin && (kind === 'unpin' || pin.modelId === leaves)) return modelOf(context, pin.modelId);
  return effectiveModel(scopeOf(conversation, context), context.catalogue, context.policy).model;
}

/** @throws SwitchSupersededError for an undo, unless the switch that it undoes is the last of its scope */
function assertLast(command: SwitchCommand, switchSeq: number): void {
  if (command.kind !== 'manual' || command.undoes === undefined) return;
  if (command.undoes.seq !== switchSeq) throw new SwitchSupersededError();
}

/** Returns whether an undo makes the conversation follow its use case again. */
const followsAgain = (
  { undoes, modelId }: ManualSwitch,
  { useCase }: Conversation,
  context: SelectionContext,
): boolean => undoes?.followed === true && useCaseOf(context, useCase).activeModelId === modelId;

interface Circumstances {
  context: SelectionContext;
  rules: ConversationRules;
}

function nextState(
  command: ConversationCommand,
  conversation: Conversation & { isNew: boolean },
  circumstances: Circumstances,
): Next {
  switch (command.kind) {
    case 'manual':
      return followsAgain(command, conversation, circumstances.context)
        ? following(conversation, conversation, circumstances.context)
        : pinned(command, conversation, circumstances);
    case 'auto':
      return command.leaves !== undefined && conversation.pin?.kind === 'fallback'
        ? leaving(conversation.pin, conversation, circumstances.context)
        : following(command, conversation, circumstances.context);
    case 'fallback':
      return applyFallback(command, conversation, circumstances);
    case 'recovery':
      return recovered(conversation, circumstances);
    case 'unpin':
      return unpinned(conversation, circumstances.context);
  }
}

function pinned(
  command: ManualSwitch,
  conversation: Conversation & { isNew: boolean },
  { context, rules }: Circumstances,
): Next {
  const useCase = useCaseFor(command, conversation);
  const model = requireSelectable(context, command.modelId, {
    useCase: useCaseOf(context, useCase),
    coolDowns: conversation.coolDowns,
    candidatesOnly: !rules.anyModel,
  });
  const { pin, coolDowns } = conversation;
  // A move takes no way back away: a fallback keeps what it recovers.
  if (command.leaves !== undefined && pin?.kind === 'fallback')
    return { useCase, pin: { ...pin, modelId: model.id }, coolDowns };
  return { useCase, pin: { kind: 'manual', modelId: model.id }, coolDowns };
}

/** Takes the next candidate for a fallback on the model that everything moves off, and keeps what it recovers. */
function leaving(
  pin: Pin & { kind: 'fallback' },
  { useCase, coolDowns }: Conversation,
  context: SelectionContext,
) {
  const failure = { failed: modelOf(context, pin.modelId), recheckAt: pin.recheckAt, pin };
  const unfit = excluding(pin.modelId, coolDowns);
  return { useCase, pin: fallbackPin(context, useCase, unfit, failure), coolDowns };
}

/** Adds a cool-down without an end, for a choice that must not be this model. */
const excluding = (modelId: string | undefined, coolDowns: CoolDowns): CoolDowns =>
  modelId === undefined ? coolDowns : { ...coolDowns, [modelId]: NEVER };

/** End of a cool-down that is not stored. */
const NEVER = '9999-12-31T00:00:00.000Z';

/**
 * Follows the use case. While its model still cools down in this conversation, a fallback is pinned. Otherwise the
 * conversation would return to the model later without a notification.
 */
function following(
  { useCase, leaves }: Pick<AutoSwitch, 'useCase' | 'leaves'>,
  { coolDowns }: Conversation,
  context: SelectionContext,
): Next {
  const given = effectiveModel(
    { useCase: useCaseOf(context, useCase) },
    context.catalogue,
    context.policy,
  ).model;
  const recheckAt = coolDowns[given.id];
  if (recheckAt === undefined || !isCoolingDown(given.id, coolDowns, context.policy.now))
    return { useCase, pin: null, coolDowns };
  return {
    useCase,
    pin: fallbackPin(context, useCase, excluding(leaves, coolDowns), { failed: given, recheckAt, pin: null }),
    coolDowns,
  };
}

function applyFallback(
  command: FallbackSwitch,
  conversation: Conversation & { isNew: boolean },
  { context, rules }: Circumstances,
): Next {
  const useCase = useCaseFor(command, conversation);
  // A conversation that was created for this report has no model yet: the effective model of its use case counts.
  const joined = { useCase, pin: conversation.pin, coolDowns: conversation.coolDowns };
  const running = effectiveModel(scopeOf(joined, context), context.catalogue, context.policy).model;
  const failed = command.failedModelId ? modelOf(context, command.failedModelId) : running;
  const lasts = command.coolDownSeconds ?? rules.coolDownSeconds;
  const cooling = coolDown(conversation.coolDowns, failed, context.policy.now, lasts);
  const { coolDowns } = cooling;
  const { pin } = conversation;
  // A late report: the conversation was switched already, so that its current model is not blamed.
  if (failed.id !== running.id) return { useCase, pin: stillFailing(pin, failed, cooling.until), coolDowns };
  const failure = { failed, recheckAt: cooling.until, pin };
  const avoided = (command.avoid ?? []).map((id) => [id, cooling.until]);
  const unfit = mergeCoolDowns(coolDowns, Object.fromEntries(avoided));
  return { useCase, pin: fallbackPin(context, useCase, unfit, failure), coolDowns };
}

interface Failure {
  failed: Model;
  recheckAt: string;
  pin: Pin | null;
}

/** Returns a pin to the next candidate that says what to recover. @throws NoSelectableModelError */
function fallbackPin(context: SelectionContext, name: string, coolDowns: CoolDowns, failure: Failure): Pin {
  const useCase = useCaseOf(context, name);
  const model = nextCandidate(context, useCase, mergeCoolDowns(useCase.coolDowns, coolDowns), failure.failed);
  return { ...recoveryTarget(failure), modelId: model.id };
}

/** A second fallback keeps the recovery target of the first. */
function recoveryTarget({ pin, failed, recheckAt }: Failure): Pin & { kind: 'fallback' } {
  if (pin?.kind === 'fallback') return pin;
  return {
    kind: 'fallback',
    modelId: failed.id,
    failedModelId: failed.id,
    resumeModelId: pin?.modelId ?? null,
    recheckAt,
  };
}

const stillFailing = (pin: Pin | null, failed: Model, recheckAt: string): Pin | null =>
  pin?.kind === 'fallback' && pin.failedModelId === failed.id ? { ...pin, recheckAt } : pin;

/** Recovers to the manual pin, or to following; postpones it while the failed model is not selectable. */
function recovered(conversation: Conversation, { context, rules }: Circumstances): Next {
  const { pin, useCase, coolDowns } = conversation;
  const { now } = context.policy;
  if (pin?.kind !== 'fallback' || Date.parse(pin.recheckAt) > now.getTime())
    return { useCase, pin, coolDowns };
  const failed = modelOf(context, pin.failedModelId);
  const policy = policyOf(useCaseOf(context, useCase), context.policy);
  if (reasonsAgainst(failed, policy, coolDowns).length > 0)
    return {
      useCase,
      pin: { ...pin, recheckAt: coolDown({}, failed, now, rules.coolDownSeconds).until },
      coolDowns,
    };
  const { resumeModelId } = pin;
  // A review since then may have made another set of candidates: such a pin would have no effect.
  const resumes = resumeModelId !== null && !isOutsideReview(useCaseOf(context, useCase), resumeModelId);
  return { useCase, pin: resumes ? { kind: 'manual', modelId: resumeModelId } : null, coolDowns };
}

/** Unpins a manual pin to the use case, and a fallback to the next one; a pin on a selectable model stays. */
function unpinned(conversation: Conversation, context: SelectionContext): Next {
  const { pin, useCase, coolDowns } = conversation;
  const policy = policyOf(useCaseOf(context, useCase), context.policy);
  const pinned = pin && modelOf(context, pin.modelId);
  const reasons = pinned ? reasonsAgainst(pinned, policy, {}) : [];
  if (!pinned || reasons.length === 0) return { useCase, pin, coolDowns };
  const [unfit] = reasons;
  if (pin.kind === 'manual') return { ...following({ useCase }, conversation, context), unfit };
  const failure = { failed: pinned, recheckAt: pin.recheckAt, pin };
  return { useCase, pin: fallbackPin(context, useCase, coolDowns, failure), coolDowns, unfit };
}

/** @throws UseCaseMismatchError if the command names another use case than the conversation's */
function useCaseFor(
  { useCase }: ManualSwitch | FallbackSwitch,
  conversation: Conversation & { isNew: boolean },
): string {
  if (useCase === undefined || useCase === conversation.useCase) return conversation.useCase;
  if (conversation.isNew) return useCase;
  throw new UseCaseMismatchError(conversation.id, conversation.useCase, useCase);
}

const scopeOf = ({ useCase, pin, coolDowns }: Next, context: SelectionContext) => ({
  useCase: useCaseOf(context, useCase),
  pinnedModelId: pin?.modelId,
  coolDowns,
});

/** Commands for a use case. */
export type UseCaseCommand = ManualSwitch | AutoSwitch | FallbackSwitch | UseCaseRecovery;

/** New state of a use case. */
export interface UseCaseDecision {
  activeModelId: string;
  coolDowns: CoolDowns;
  before: Model;
  after: Model;
}

/**
 * Decides a command on a use case, and so for all conversations that follow it. A pure function.
 * @throws AppError of kind not_found, conflict or unavailable if the command cannot be executed
 */
export function decideUseCase(
  command: UseCaseCommand,
  useCase: UseCase,
  context: SelectionContext,
  rules: { coolDownSeconds: number },
): UseCaseDecision {
  assertLast(command, useCase.switchSeq);
  // People were notified of the model that a recovery or a move leaves, also if it has become unselectable since.
  const isLeft = command.kind === 'recovery' || command.leaves === useCase.activeModelId;
  const effective = isLeft
    ? modelOf(context, useCase.activeModelId)
    : effectiveModel({ useCase }, context.catalogue, context.policy).model;
  const { coolDowns } = useCase;
  switch (command.kind) {
    case 'recovery':
    case 'manual': {
      const after = requireSelectable(context, command.modelId, { useCase, coolDowns });
      return { activeModelId: after.id, coolDowns, before: effective, after };
    }
    case 'auto': {
      const after = bestCandidate(context, useCase, excluding(command.leaves, coolDowns));
      return { activeModelId: after.id, coolDowns, before: effective, after };
    }
    case 'fallback': {
      const failed = command.failedModelId ? modelOf(context, command.failedModelId) : effective;
      const cooling = coolDown(coolDowns, failed, context.policy.now, rules.coolDownSeconds).coolDowns;
      // People were notified of a model that has just become unselectable; the change from it is a switch to record.
      const before = failed.id === useCase.activeModelId ? failed : effective;
      // A late report: the use case was switched already.
      if (failed.id !== before.id)
        return { activeModelId: useCase.activeModelId, coolDowns: cooling, before, after: before };
      const after = nextCandidate(context, useCase, cooling, failed);
      return { activeModelId: after.id, coolDowns: cooling, before, after };
    }
  }
}
