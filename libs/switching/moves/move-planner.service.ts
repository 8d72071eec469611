import { Injectable, Optional } from '@nestjs/common';
import { Decimal } from 'decimal.js';
import type { Catalogue, Model, UseCase } from '#libs/catalogue/catalogue.js';
import { TransactionalCatalogue } from '#libs/catalogue/transactional-catalogue.service.js';
import { CostsService } from '#libs/costs/costs.service.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { ConversationsRepository } from '../conversations.repository.js';
import { modelOf, type SelectionContext, useCaseOf } from '../model-selection.js';
import type { Caller } from '../switch.js';
import { isGated, SwitchGate } from '../switch-gate.js';
import { movePins, moveUseCase, undoMove } from './decide-move.js';
import type {
  Move,
  MoveOrder,
  MovePlan,
  MovePreview,
  PlannedUseCase,
  Staying,
  UndonePart,
  UndoPreview,
} from './move.js';
import {
  type ItemCount,
  MovedConversationsRepository,
  type PinCount,
} from './moved-conversations.repository.js';

/** Conversations of a use case whose saving is estimated; the mean counts for all. */
const SAMPLE_SIZE = 200;

interface Concerned {
  useCase: UseCase;
  switched: boolean;
  followers: number;
  pinnedManual: number;
  pinnedFallback: number;
  waysBack: number;
}

/** Plans a move: its use cases, its pinned conversations, its saving, and what stays. */
@Injectable()
export class MovePlanner {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly moved: MovedConversationsRepository,
    private readonly catalogue: TransactionalCatalogue,
    private readonly costs: CostsService,
    @Optional() private readonly gate?: SwitchGate,
  ) {}

  /**
   * Plans within a transaction. @param caller holds the use cases still for it until the transaction ends; null: a preview
   * @throws UnknownUseCaseError; the errors of the gate
   */
  async plan(order: MoveOrder, caller: Caller | null, tx: Transaction): Promise<MovePlan> {
    const { fromModelId, toModelId } = order;
    const useCases = order.useCases ?? (await this.moved.useCasesOn(fromModelId, tx));
    if (caller) await this.conversations.lockUseCases(useCases, tx);
    const versionStamp = await this.catalogue.versionStamp(tx);
    const models = [fromModelId, toModelId].filter((id) => id !== null);
    const catalogue = await this.catalogue.load([...useCases], models, versionStamp, tx);
    const context = { catalogue, policy: this.catalogue.policy() };
    const plan = await this.planIn(context, { ...order, useCases }, tx);
    if (caller) await this.askGate(plan, context, caller, tx);
    return plan;
  }

  /** Asks the gate whether these use cases and their pins may be moved. @throws AppError */
  async assertAllowed(useCases: readonly string[], caller: Caller, tx: Transaction): Promise<void> {
    const catalogue = await this.catalogue.load([...useCases], [], await this.catalogue.versionStamp(tx), tx);
    const plan = { useCases: useCases.map((name) => ({ name })) };
    await this.askGate(plan, { catalogue, policy: this.catalogue.policy() }, caller, tx);
  }

  private async askGate(
    plan: { useCases: readonly { name: string }[] },
    { catalogue, policy: { now } }: SelectionContext,
    caller: Caller,
    tx: Transaction,
  ): Promise<void> {
    const names = new Set(plan.useCases.map(({ name }) => name));
    const useCases = catalogue.useCases.filter((useCase) => names.has(useCase.name) && isGated(useCase, now));
    if (useCases.length > 0) await this.gate?.allowMove({ useCases, caller, now, tx });
  }

  /** Returns what an undo of a move would do now. */
  async previewUndo({ id, fromModelId, useCases }: Move, tx: Transaction): Promise<UndoPreview> {
    const names = useCases.map(({ name }) => name);
    const catalogue = await this.catalogue.load(
      names,
      [fromModelId],
      await this.catalogue.versionStamp(tx),
      tx,
    );
    const context = { catalogue, policy: this.catalogue.policy() };
    const items = await this.moved.itemsOf(id, tx);
    const parts = names.map((name): UndonePart => {
      const verdict = undoMove(fromModelId, useCaseOf(context, name), context);
      return undonePart(name, items, 'stays' in verdict ? verdict.stays.reason : null);
    });
    return {
      useCases: parts,
      totals: {
        useCases: parts.filter(({ switched }) => switched).length,
        restored: sum(parts.map(({ restored }) => restored)),
        kept: sum(parts.map(({ kept }) => kept)),
      },
    };
  }

  private async planIn(context: SelectionContext, order: MoveOrder, tx: Transaction): Promise<MovePlan> {
    const pins = await this.moved.pinsTo(order.fromModelId, tx);
    const plan: MovePlan = { useCases: [], staying: [] };
    for (const useCase of concerned(order, context.catalogue, pins)) {
      const counted = await this.count(order, useCase, pins, tx);
      const decide = counted.switched ? moveUseCase : movePins;
      const verdict = decide(order, useCase, context);
      if ('stays' in verdict) plan.staying.push(stayingOf(counted, verdict.stays));
      else plan.useCases.push(await this.planned(order, counted, verdict.moves, { context, tx }));
    }
    return plan;
  }

  async preview(order: MoveOrder, plan: MovePlan, tx: Transaction): Promise<MovePreview> {
    const { useCases } = plan;
    const names = useCases.map(({ name }) => name);
    const switched = useCases.filter((useCase) => useCase.switched).map(({ name }) => name);
    const { users, capped } = await this.moved.countUsers(order.fromModelId, names, switched, tx);
    return {
      ...plan,
      totals: {
        useCases: switched.length,
        following: sum(useCases.map(({ followers }) => followers)),
        pinned: pinnedOf(plan),
        waysBack: waysBackOf(plan),
        users,
        usersCapped: capped,
        savedUsd: total(useCases.map(({ savedUsd }) => savedUsd)),
      },
      users: await this.moved.usersOfPins(order.fromModelId, names, tx),
    };
  }

  private async count(
    { fromModelId }: MoveOrder,
    useCase: UseCase,
    pins: readonly PinCount[],
    tx: Transaction,
  ): Promise<Concerned> {
    const switched = useCase.activeModelId === fromModelId;
    const followers = switched ? await this.conversations.countFollowers(useCase.name, tx) : 0;
    const countOf = (kind: PinCount['kind']) =>
      pins.find((pin) => pin.useCase === useCase.name && pin.kind === kind)?.count ?? 0;
    return {
      useCase,
      switched,
      followers,
      pinnedManual: countOf('manual'),
      pinnedFallback: countOf('fallback'),
      waysBack: countOf('way_back'),
    };
  }

  private async planned(
    { fromModelId }: MoveOrder,
    counted: Concerned,
    target: Model,
    { context, tx }: { context: SelectionContext; tx: Transaction },
  ): Promise<PlannedUseCase> {
    const { useCase, ...figures } = counted;
    const models = { from: modelOf(context, fromModelId), to: target };
    const savedUsd = await this.savingOf(counted, models, tx);
    return { name: useCase.name, from: fromModelId, to: target.id, ...figures, savedUsd };
  }

  /** @returns USD with 6 decimals; null: a price is unknown */
  private async savingOf(
    { useCase, switched, pinnedManual, pinnedFallback }: Concerned,
    { from, to }: { from: Model; to: Model },
    tx: Transaction,
  ): Promise<string | null> {
    const pinned = pinnedManual + pinnedFallback;
    const sample = pinned > 0 ? await this.moved.sampleOfPins(from.id, useCase.name, SAMPLE_SIZE, tx) : [];
    const shared = {
      useCase: useCase.name,
      firstAssignment: false,
      previousPriceVersion: from.price.version,
      newPriceVersion: to.price.version,
    };
    const ofUseCase = { ...shared, scope: 'use_case' as const, conversationId: null };
    const ofPins = sample.map((conversationId) => ({
      ...shared,
      scope: 'conversation' as const,
      conversationId,
    }));
    const impacts = await this.costs.impactsOf([...(switched ? [ofUseCase] : []), ...ofPins], tx);
    const savings = impacts.map(({ savedUsd }) => savedUsd);
    const perUseCase = switched ? savings.slice(0, 1) : [];
    const pins = total(savings.slice(perUseCase.length));
    const scaled =
      pins === null || sample.length === 0
        ? pins
        : new Decimal(pins).mul(pinned).div(sample.length).toFixed(6);
    return total([...perUseCase, scaled]);
  }
}

/** Returns the use cases of the order that run on the model, or have conversations pinned to it or going back to it. */
function concerned(
  { fromModelId, useCases }: MoveOrder,
  catalogue: Catalogue,
  pins: readonly PinCount[],
): UseCase[] {
  const pinnedIn = new Set(pins.map(({ useCase }) => useCase));
  return catalogue.useCases
    .filter(({ name }) => useCases === undefined || useCases.includes(name))
    .filter(({ name, activeModelId }) => activeModelId === fromModelId || pinnedIn.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stayingOf(
  { useCase, followers, pinnedManual, pinnedFallback, waysBack }: Concerned,
  stays: Pick<Staying, 'code' | 'reason'>,
) {
  const conversations = followers + pinnedManual + pinnedFallback + waysBack;
  return { useCase: useCase.name, ...stays, conversations };
}

function undonePart(name: string, items: readonly ItemCount[], reason: string | null): UndonePart {
  const countsOf = (isUseCase: boolean) => {
    const item = items.find((each) => each.useCase === name && each.isUseCase === isUseCase);
    const total = item?.total ?? 0;
    const restored = reason === null ? (item?.unchanged ?? 0) : 0;
    return { restored, kept: total - restored };
  };
  const [itself, conversations] = [countsOf(true), countsOf(false)];
  return {
    name,
    switched: itself.restored > 0,
    restored: conversations.restored,
    kept: itself.kept + conversations.kept,
    reason,
  };
}

/** Pinned conversations of a plan. */
const pinnedOf = ({ useCases }: MovePlan): number =>
  sum(useCases.map(({ pinnedManual, pinnedFallback }) => pinnedManual + pinnedFallback));

const waysBackOf = ({ useCases }: MovePlan): number => sum(useCases.map(({ waysBack }) => waysBack));

/** Conversations of a plan that a worker changes: the pinned ones and the ways back. */
export const conversationsOf = (plan: MovePlan): number => pinnedOf(plan) + waysBackOf(plan);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Adds USD; one that is unknown makes the sum unknown. */
function total(amounts: readonly (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length < amounts.length) return null;
  return known
    .reduce((all, each) => all.add(each), new Decimal(0))
    .toFixed(6)
    .replace(/^-(?=0\.0+$)/, '');
}
