import { Inject, Injectable } from '@nestjs/common';
import { explainSelection } from '#libs/catalogue/explain-selection.js';
import { TransactionalCatalogue } from '#libs/catalogue/transactional-catalogue.service.js';
import { assertModelAllowed, assertUseCasesAllowed } from '#libs/platform/auth/key-limits.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type Conversation, DEFAULT_USE_CASE, isUnguessable } from './conversation.js';
import { ConversationsCache } from './conversations.cache.js';
import { ConversationsRepository } from './conversations.repository.js';
import { type ConversationCommand, type ConversationDecision, decideConversation } from './decide-switch.js';
import { type SelectionContext, useCaseOf } from './model-selection.js';
import type { SwitchCommand } from './switch.js';
import { SwitchEventRecorder } from './switch-event.recorder.js';
import { type AppliedSwitch, assertIfMatch, conversationTag, type SwitchRequest } from './switch-request.js';
import { ConversationIdGuessableError, ConversationNotFoundError } from './switching.errors.js';

type Subject = Conversation & { isNew: boolean };
/** Locked conversation, and the version stamp of the catalogue under the locks. */
interface Locked {
  conversation: Subject;
  versionStamp: string;
}
type ConversationRequest = SwitchRequest<ConversationCommand>;

/** Switches one conversation: locks it, reads its effective model, decides, stores and records. */
@Injectable()
export class ConversationSwitchHandler {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly catalogue: TransactionalCatalogue,
    private readonly recorder: SwitchEventRecorder,
    private readonly cache: ConversationsCache,
    @Inject(ENV) private readonly env: Pick<Env, 'FALLBACK_COOL_DOWN_SECONDS' | 'USER_CONVERSATION_IDS'>,
  ) {}

  async apply(conversationId: string, request: ConversationRequest): Promise<AppliedSwitch> {
    const { command, caller, grant, tx } = request;
    const { conversation, versionStamp } = await this.lockOrCreate(conversationId, request);
    const useCases = [...new Set([conversation.useCase, command.useCase ?? conversation.useCase])];
    // A new conversation leaves no use case.
    assertUseCasesAllowed(caller.principal, ...(conversation.isNew ? useCases.slice(-1) : useCases));
    const catalogue = await this.catalogue.load(useCases, modelsIn(conversation, command), versionStamp, tx);
    const context: SelectionContext = { catalogue, policy: this.catalogue.policy() };
    const rules = { anyModel: grant.anyModel, coolDownSeconds: this.env.FALLBACK_COOL_DOWN_SECONDS };
    const decision = decideConversation(command, conversation, context, rules);
    if (command.kind === 'manual') assertModelAllowed(caller.principal, decision.after.id);
    assertIfMatch(caller.ifMatch, tagOf(conversation, decision.before.id, context), conversation.version);
    const applied = await this.store(conversation, decision, context, request);
    if (command.explain) {
      const useCase = useCaseOf(context, decision.useCase);
      const { catalogue, policy } = context;
      applied.outcome.explanation = explainSelection(useCase, catalogue, policy, decision.coolDowns);
    }
    return applied;
  }

  /** Notifies every instance of the new version. */
  publish({ conversationId, version }: { conversationId: string; version: number }): void {
    this.cache.changed(conversationId, version);
  }

  /** @throws ConversationNotFoundError if it has another owner, or must exist; ConversationIdGuessableError */
  private async lockOrCreate(id: string, request: ConversationRequest): Promise<Locked> {
    const { command, grant, tx } = request;
    const existing = await this.lock(id, request);
    if (existing) return existing;
    const mayCreate = command.kind !== 'recovery' && command.kind !== 'unpin' && !command.mustExist;
    if (!mayCreate) throw new ConversationNotFoundError(id);
    const state = { useCase: DEFAULT_USE_CASE, pin: null, coolDowns: {}, version: 0, switchSeq: 0 };
    const created: Conversation = { id, owner: grant.userId, ...state };
    const [inserted, versionStamp] = await Promise.all([
      this.conversations.insert(created, command.useCase, tx),
      this.catalogue.versionStamp(tx),
    ]);
    if (inserted) {
      this.requireUnguessable(id, request);
      return { conversation: { ...created, isNew: true }, versionStamp };
    }
    // A concurrent request created it, or it has another owner.
    const raced = await this.lock(id, request);
    if (!raced) throw new ConversationNotFoundError(id);
    return raced;
  }

  /** Prevents a user from taking an id that another caller may be about to use. @throws ConversationIdGuessableError */
  private requireUnguessable(id: string, { caller }: ConversationRequest): void {
    const isFree = caller.principal.kind !== 'user' || this.env.USER_CONVERSATION_IDS === 'any';
    if (!isFree && !isUnguessable(id)) throw new ConversationIdGuessableError();
  }

  /** Sends the query of the version stamp after the locks, so that it is read while they are held. */
  private async lock(id: string, { command, grant, tx }: ConversationRequest): Promise<Locked | null> {
    const [conversation, versionStamp] = await Promise.all([
      this.conversations.lock(id, grant.owner, command.useCase, tx),
      this.catalogue.versionStamp(tx),
    ]);
    return conversation && { conversation: { ...conversation, isNew: false }, versionStamp };
  }

  private async store(
    before: Subject,
    decision: ConversationDecision,
    context: SelectionContext,
    request: SwitchRequest,
  ): Promise<AppliedSwitch> {
    const switched = decision.before.id !== decision.after.id;
    const after: Conversation = {
      ...before,
      ...stateOf(decision),
      version: before.version + 1,
      switchSeq: before.switchSeq + Number(switched),
    };
    const unchanged = !before.isNew && JSON.stringify(stateOf(before)) === JSON.stringify(stateOf(decision));
    if (unchanged) return { outcome: outcomeOf(before, decision, context) };
    const created = before.isNew && { created: true as const };
    this.conversations.save(after, request.tx);
    this.trackFollowing(before, after, request.tx);
    const changed = { conversationId: after.id, version: after.version };
    if (!switched) return { outcome: { ...outcomeOf(after, decision, context), ...created }, changed };
    const { event, notification } = await this.recorder.record(
      {
        ...request,
        ...decision,
        at: context.policy.now,
        subject: { ...subjectOf(after), firstAssignment: before.isNew },
      },
      request.tx,
    );
    const outcome = { ...outcomeOf(after, decision, context), ...created, switchId: event.id };
    return { outcome: { ...outcome, ...(event.notificationShown && { notification }) }, event, changed };
  }

  /** Stores since when the conversation follows which use case: its switches reach the conversation from then on. */
  private trackFollowing(before: Subject, after: Conversation, tx: Transaction): void {
    const followed = before.isNew || before.pin ? null : before.useCase;
    const follows = after.pin ? null : after.useCase;
    if (followed === follows) return;
    if (followed) this.conversations.endFollowing(after.id, tx);
    if (follows) this.conversations.beginFollowing(after.id, follows, tx);
  }
}

const subjectOf = ({ id, useCase, switchSeq, owner }: Conversation) => ({
  scope: 'conversation' as const,
  conversationId: id,
  useCase,
  seq: switchSeq,
  userId: owner,
});

const stateOf = ({ useCase, pin, coolDowns }: Pick<Conversation, 'useCase' | 'pin' | 'coolDowns'>) => ({
  useCase,
  pin,
  coolDowns,
});

function modelsIn({ pin }: Conversation, command: SwitchCommand): string[] {
  const fallback = pin?.kind === 'fallback' ? [pin.failedModelId, pin.resumeModelId] : [];
  const asked = [
    command.kind === 'manual' ? command.modelId : null,
    command.kind === 'fallback' ? command.failedModelId : null,
  ];
  return [pin?.modelId, ...fallback, ...asked].filter((id) => typeof id === 'string');
}

const tagOf = (conversation: Conversation, modelId: string, context: SelectionContext): string =>
  conversationTag(conversation.version, useCaseOf(context, conversation.useCase).version, modelId);

const outcomeOf = (
  conversation: Conversation,
  { before, after }: ConversationDecision,
  context: SelectionContext,
) => ({
  switched: before.id !== after.id,
  from: before.name,
  to: after.name,
  fromId: before.id,
  toId: after.id,
  scope: 'conversation' as const,
  conversationId: conversation.id,
  useCase: conversation.useCase,
  version: conversation.version,
  etag: tagOf(conversation, after.id, context),
});
