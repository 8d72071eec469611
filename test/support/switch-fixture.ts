import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import type { AppError } from '#libs/platform/errors/app-error.js';
import type { Conversation, Pin } from '#libs/switching/conversation.js';
import {
  type ConversationCommand,
  type ConversationDecision,
  type ConversationRules,
  decideConversation,
} from '#libs/switching/decide-switch.js';
import type {
  AutoSwitch,
  ConversationRecovery,
  FallbackSwitch,
  ManualSwitch,
  Unpin,
} from '#libs/switching/switch.js';
import { aCatalogue, inSeconds, policy, SONNET } from './catalogue-fixture.js';

const OPTIONS = { showNotification: true, dryRun: false };
/** How long, in seconds, a failed model is kept from being chosen again. */
export const COOL_DOWN = 300;

export const pick = (modelId: string, useCase?: string): ManualSwitch => ({
  kind: 'manual',
  modelId,
  useCase,
  ...OPTIONS,
});
export const join = (useCase: string): AutoSwitch => ({ kind: 'auto', useCase, ...OPTIONS });
export const failure = (failedModelId?: string, useCase?: string): FallbackSwitch => ({
  kind: 'fallback',
  reason: 'Rate limit exceeded',
  failedModelId,
  useCase,
  ...OPTIONS,
});
export const recovery: ConversationRecovery = { kind: 'recovery', conversationId: 'conv-1', ...OPTIONS };
export const unpin: Unpin = { kind: 'unpin', conversationId: 'conv-1', ...OPTIONS };

export const byHand = (modelId: string): Pin => ({ kind: 'manual', modelId });
/** A pin that a failure of Sonnet left behind, due to be looked at now. */
export const fallback = (modelId: string, changes: Partial<Pin & { kind: 'fallback' }> = {}): Pin => ({
  kind: 'fallback',
  modelId,
  failedModelId: SONNET,
  resumeModelId: null,
  recheckAt: inSeconds(0),
  ...changes,
});

export type Given = Partial<Conversation> & {
  isNew?: boolean;
  models?: Record<string, Partial<Model>>;
  useCases?: Record<string, Partial<UseCase>>;
  rules?: Partial<ConversationRules>;
};

/** Decides about a conversation of `clinical` that follows, unless it is given otherwise. */
export function decide(
  command: ConversationCommand,
  { models, useCases, rules, ...given }: Given = {},
): ConversationDecision {
  const conversation = {
    id: 'conv-1',
    owner: 'user-1',
    useCase: 'clinical',
    pin: null,
    coolDowns: {},
    version: 3,
    switchSeq: 2,
    isNew: false,
    ...given,
  };
  const choice = { catalogue: aCatalogue({ models, useCases }), policy: policy() };
  return decideConversation(command, conversation, choice, {
    anyModel: true,
    coolDownSeconds: COOL_DOWN,
    ...rules,
  });
}
/** From which model to which. */
export const moves = ({ before, after }: { before: Model; after: Model }) => [before.id, after.id];
/** With what `decision` is refused. */
export const refusal = (decision: () => unknown): Partial<AppError> => {
  try {
    decision();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was refused');
};
