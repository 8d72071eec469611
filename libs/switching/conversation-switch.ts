import { Inject, Injectable } from '@nestjs/common';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { type Choice, useCaseOf } from './choose-model.js';
import { type Conversation, DEFAULT_USE_CASE } from './conversation.js';
import { ConversationsRepository } from './conversations.repository.js';
import {
  type ConversationCommand,
  type ConversationDecision,
  decideConversation,
} from './decide-conversation.js';
import { conversationTag } from './entity-tag.js';
import { type AppliedSwitch, demandFresh, type SwitchRequest } from './scoped-switch.js';
import type { SwitchCommand } from './switch.js';
import { SwitchLedger } from './switch-ledger.js';
import { ConversationNotFoundError } from './switching.errors.js';

type Subject = Conversation & { isNew: boolean };
type ConversationRequest = SwitchRequest<ConversationCommand>;

/** Switches one conversation: lock it, see what it runs on, decide, store, record. */
@Injectable()
export class ConversationSwitch {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly catalogue: CatalogueService,
    private readonly ledger: SwitchLedger,
    @Inject(ENV) private readonly env: Pick<Env, 'FALLBACK_COOL_DOWN_SECONDS'>,
  ) {}

  async apply(conversationId: string, request: ConversationRequest): Promise<AppliedSwitch> {
    const { command, caller, grant, tx } = request;
    const conversation = await this.lockOrCreate(conversationId, request);
    const choice = await this.choiceFor(conversation, command, tx);
    const rules = { anyModel: grant.anyModel, coolDownSeconds: this.env.FALLBACK_COOL_DOWN_SECONDS };
    const decision = decideConversation(command, conversation, choice, rules);
    demandFresh(caller.ifMatch, tagOf(conversation, decision.before.id, choice), conversation.version);
    return this.store(conversation, decision, choice, request);
  }

  /** @throws ConversationNotFoundError when it belongs to somebody else */
  private async lockOrCreate(id: string, { command, grant, tx }: ConversationRequest): Promise<Subject> {
    const existing = await this.conversations.lock(id, grant.owner, tx);
    if (existing) return { ...existing, isNew: false };
    if (command.kind === 'recovery' || command.kind === 'release') throw new ConversationNotFoundError(id);
    const state = { useCase: DEFAULT_USE_CASE, pin: null, coolDowns: {}, version: 0, switchSeq: 0 };
    const created: Conversation = { id, owner: grant.userId, ...state };
    if (await this.conversations.insert(created, tx)) return { ...created, isNew: true };
    // Somebody made it a moment ago, or it was never ours.
    const raced = await this.conversations.lock(id, grant.owner, tx);
    if (!raced) throw new ConversationNotFoundError(id);
    return { ...raced, isNew: false };
  }

  private async choiceFor(
    conversation: Conversation,
    command: SwitchCommand,
    tx: Transaction,
  ): Promise<Choice> {
    const useCases = [...new Set([conversation.useCase, command.useCase ?? conversation.useCase])];
    await this.conversations.lockUseCases(useCases, 'shared', tx);
    const catalogue = await this.catalogue.loadForDecision(useCases, modelsIn(conversation, command), tx);
    return { catalogue, policy: this.catalogue.policy() };
  }

  private async store(
    before: Subject,
    decision: ConversationDecision,
    choice: Choice,
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
    if (unchanged) return { outcome: outcomeOf(before, decision, choice) };
    await this.conversations.save(after, request.tx);
    await this.trackFollowing(before, after, request.tx);
    const changed = { conversationId: after.id, version: after.version };
    if (!switched) return { outcome: outcomeOf(after, decision, choice), changed };
    const { event, notification } = await this.ledger.record(
      {
        ...request,
        ...decision,
        at: choice.policy.now,
        subject: {
          scope: 'conversation',
          conversationId: after.id,
          useCase: after.useCase,
          seq: after.switchSeq,
          userId: after.owner,
        },
      },
      request.tx,
    );
    const outcome = { ...outcomeOf(after, decision, choice), switchId: event.id };
    return { outcome: { ...outcome, ...(event.notificationShown && { notification }) }, event, changed };
  }

  /** Remembers which switches of which use case reach the conversation. */
  private async trackFollowing(before: Subject, after: Conversation, tx: Transaction): Promise<void> {
    const followed = before.isNew || before.pin ? null : before.useCase;
    const follows = after.pin ? null : after.useCase;
    if (followed === follows) return;
    if (followed) await this.conversations.endFollowing(after.id, tx);
    if (follows) await this.conversations.beginFollowing(after.id, follows, tx);
  }
}

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

const tagOf = (conversation: Conversation, modelId: string, choice: Choice): string =>
  conversationTag(conversation.version, useCaseOf(choice, conversation.useCase).version, modelId);

const outcomeOf = (conversation: Conversation, { before, after }: ConversationDecision, choice: Choice) => ({
  switched: before.id !== after.id,
  from: before.name,
  to: after.name,
  fromId: before.id,
  toId: after.id,
  scope: 'conversation' as const,
  conversationId: conversation.id,
  useCase: conversation.useCase,
  version: conversation.version,
  etag: tagOf(conversation, after.id, choice),
});
