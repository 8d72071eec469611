import { Inject, Injectable } from '@nestjs/common';
import { TransactionalCatalogue } from '#libs/catalogue/transactional-catalogue.service.js';
import { ENV } from '#libs/platform/config/config.module.js';
import type { Env } from '#libs/platform/config/env.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Conversation } from '../conversation.js';
import type { ConversationDecision } from '../decide-switch.js';
import { type SelectionContext, useCaseOf } from '../model-selection.js';
import type { SwitchCommand } from '../switch.js';
import { type Change, SwitchEventRecorder } from '../switch-event.recorder.js';
import { basisOf, isGated } from '../switch-gate.js';
import { commandOf, moveConversation, type Verdict, withStaying } from './decide-move.js';
import type { ClaimedMove, MovedItem, Pass, Staying } from './move.js';
import { MovedConversationsRepository } from './moved-conversations.repository.js';
import { MovesRepository } from './moves.repository.js';

/** Conversations of one transaction. */
const BATCH_SIZE = 500;
/** A slow rate has smaller batches: none of them is more than so many seconds of it. */
const MAX_BATCH_SECONDS = 5;

/** Switches of a batch, to publish after its commit. */
export interface Batch {
  /** Null: nothing is switched. */
  kind: SwitchCommand['kind'] | null;
  changed: { conversationId: string; version: number }[];
}

interface Decided {
  conversation: Conversation;
  verdict: Verdict<ConversationDecision>;
}
interface Moving {
  conversation: Conversation;
  decision: ConversationDecision;
}

/** Moves the next pinned conversations of a move, all in the transaction that counts them. */
@Injectable()
export class MoveBatch {
  constructor(
    private readonly moves: MovesRepository,
    private readonly conversations: MovedConversationsRepository,
    private readonly catalogue: TransactionalCatalogue,
    private readonly recorder: SwitchEventRecorder,
    @Inject(ENV) private readonly env: Pick<Env, 'MOVE_PER_SECOND'>,
  ) {}

  /** Conversations of one batch. */
  get size(): number {
    return Math.min(BATCH_SIZE, MAX_BATCH_SECONDS * this.env.MOVE_PER_SECOND);
  }

  /** Seconds that a batch of so many takes at the rate of moves. */
  pauseAfter(conversations: number): number {
    return conversations / this.env.MOVE_PER_SECOND;
  }

  async next(move: ClaimedMove, tx: Transaction): Promise<Batch> {
    const { fromModelId, toModelId, useCases, position } = move;
    const pins = { modelId: fromModelId, useCases, after: position, limit: this.size };
    const page = await this.conversations.lockPage(pins, move.pass === 2, tx);
    const names = page.map(({ useCase }) => useCase);
    const context = await this.contextOf(names, [fromModelId, toModelId], tx);
    const decided = page.map((conversation) => ({
      conversation,
      verdict: moveConversation(move, conversation, context),
    }));
    const changed = await this.switchAll(move, decided.flatMap(movingOf), context, tx);
    this.advance(move, decided, page.length === this.size, tx);
    return { kind: toModelId === null ? 'auto' : 'manual', changed };
  }

  /** Holds the use cases still, and reads the catalogue under these locks. */
  async contextOf(
    useCases: readonly string[],
    modelIds: readonly (string | null)[],
    tx: Transaction,
  ): Promise<SelectionContext> {
    const names = [...new Set(useCases)];
    const [, versionStamp] = await Promise.all([
      this.conversations.holdUseCases(names, tx),
      this.catalogue.versionStamp(tx),
    ]);
    const models = modelIds.filter((id) => id !== null);
    const catalogue = await this.catalogue.load(names, models, versionStamp, tx);
    return { catalogue, policy: this.catalogue.policy() };
  }

  private async switchAll(
    move: ClaimedMove,
    moving: readonly Moving[],
    context: SelectionContext,
    tx: Transaction,
  ): Promise<Batch['changed']> {
    if (moving.length === 0) return [];
    const after = moving.map(({ conversation, decision }) => switched(conversation, decision));
    const changes = moving.map(({ decision }, place): Change => {
      const command = commandOf(move, decision.useCase, after[place]!.id);
      const { before, after: model } = decision;
      return {
        ...orderedBy(move.actor, move, decision.useCase, context),
        command,
        before,
        after: model,
        subject: subjectOf(after[place]!),
        at: context.policy.now,
      };
    });
    this.conversations.saveAll(after, tx);
    this.conversations.beginFollowing(
      after.filter(({ pin }) => pin === null),
      tx,
    );
    const events = await this.recorder.recordAll(changes, tx);
    const items = events.map(({ id, conversationId, useCase, seq }, place): MovedItem => {
      return { switchId: id, conversationId, useCase, seq, previousPin: moving[place]!.conversation.pin };
    });
    this.moves.insertItems(move.id, items, tx);
    return after.map(({ id, version }) => ({ conversationId: id, version }));
  }

  /** The second pass counts what stays: the first one comes to it again. The ways back are the third. */
  private advance(move: ClaimedMove, decided: readonly Decided[], isFull: boolean, tx: Transaction): void {
    const stays = decided.flatMap(stayingOf);
    const counted = move.pass === 2 ? stays : [];
    const pass: Pass = isFull ? move.pass : move.pass === 1 ? 2 : 3;
    this.moves.advance(
      move.id,
      {
        position: isFull ? decided.at(-1)!.conversation.id : '',
        pauseSeconds: this.pauseAfter(decided.length - stays.length),
      },
      {
        moved: decided.length - stays.length,
        failed: counted.length,
        staying: withStaying(move.staying, counted),
        pass,
      },
      tx,
    );
  }
}

/** Caller, rights and, in a reviewed or frozen use case, basis of a switch by the person who ordered the move. */
export function orderedBy(
  actor: string,
  { id, change }: Pick<ClaimedMove, 'id' | 'change'>,
  useCase: string,
  context: SelectionContext,
): Pick<Change, 'caller' | 'grant' | 'basis'> {
  const isTied = change && isGated(useCaseOf(context, useCase), context.policy.now);
  return {
    caller: { requestId: id },
    grant: { actor, onBehalfOf: null },
    ...(isTied && { basis: basisOf(change) }),
  };
}

export const subjectOf = ({ id, useCase, switchSeq, owner }: Conversation): Change['subject'] => ({
  scope: 'conversation',
  conversationId: id,
  useCase,
  seq: switchSeq,
  userId: owner,
  firstAssignment: false,
});

/** Returns the conversation after a switch. */
export const switched = (conversation: Conversation, { pin }: ConversationDecision): Conversation => ({
  ...conversation,
  pin,
  version: conversation.version + 1,
  switchSeq: conversation.switchSeq + 1,
});

const movingOf = ({ conversation, verdict }: Decided): Moving[] =>
  'moves' in verdict ? [{ conversation, decision: verdict.moves }] : [];

const stayingOf = ({ conversation, verdict }: Decided): Staying[] =>
  'stays' in verdict ? [{ useCase: conversation.useCase, ...verdict.stays, conversations: 1 }] : [];
