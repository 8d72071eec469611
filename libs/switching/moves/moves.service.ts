import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ModelNotFoundError, NoSelectableModelError } from '#libs/catalogue/catalogue.errors.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { assertModelAllowed, assertUseCasesAllowed } from '#libs/platform/auth/key-limits.js';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import { IdempotencyService } from '../idempotency.service.js';
import type { AppliedChange, Caller } from '../switch.js';
import { type PendingSwitch, SwitchService } from '../switch.service.js';
import { commandOf } from './decide-move.js';
import {
  type Move,
  type MoveCommand,
  type MoveOrder,
  type MovePlan,
  type MovePreview,
  TRANSITIONS,
  type UndoPreview,
} from './move.js';
import { conversationsOf, MovePlanner } from './move-planner.service.js';
import { MoveSignal } from './move-signal.js';
import {
  MoveNotFoundError,
  MoveRunningError,
  MoveStateError,
  NothingToMoveError,
  NothingToRestoreError,
} from './moves.errors.js';
import { type MoveFilter, MovesRepository } from './moves.repository.js';

interface Begun {
  id: string;
  pending: PendingSwitch[];
}

interface Start {
  caller: Caller;
  /** Name in audit rows. */
  actor: string;
  /** Returns whether there is something to do, or throws what prevents it. */
  accept: (plan: MovePlan) => boolean;
}

/** Move in a transaction of the caller. */
export interface PendingMove {
  /** Null: nothing runs on the model. */
  id: string | null;
  /** Notifies the relay, every instance and the worker. Call it after the commit. */
  publish: () => Promise<void>;
}

/** Undo of a move in a transaction of the caller. */
export interface PendingUndo {
  move: Move;
  preview: UndoPreview;
  /** Notifies the worker. Call it after the commit. */
  publish: () => Promise<void>;
}

/** Actor for whom a move is started or undone, and the change that it is a part of. */
export interface MoveOrderer {
  actor: string;
  change: AppliedChange;
}

/** Starts moves of everything that runs on a model, and takes the commands for them. */
@Injectable()
export class MovesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: IdempotencyService,
    private readonly moves: MovesRepository,
    private readonly planner: MovePlanner,
    private readonly catalogue: CatalogueService,
    private readonly switching: SwitchService,
    private readonly clock: Clock,
    private readonly signal: MoveSignal,
  ) {}

  /** Returns what a move would do. @throws ModelNotFoundError, InvalidInputError, KeyLimitError */
  async preview(order: MoveOrder, { principal }: Caller): Promise<MovePreview> {
    const resolved = await this.resolve(order);
    return this.transactions.dryRun(async (tx) => {
      const plan = await this.plan(resolved, { principal, requestId: '' }, false, tx);
      return this.planner.preview(resolved, plan, tx);
    });
  }

  /**
   * Switches the use cases that run on the model, and starts to move the conversations that are pinned to it. A worker
   * moves them.
   * @throws ModelNotFoundError, InvalidInputError, KeyLimitError, MoveRunningError, NothingToMoveError
   */
  async start(order: MoveOrder, caller: Caller): Promise<Move> {
    const resolved = await this.resolve(order);
    const id = await this.begin(resolved, caller, this.acceptUnlessStuck(resolved));
    return this.get(id!);
  }

  /**
   * Moves what runs on a model that is about to be retired. A use case that has nothing to move to prevents it.
   * @returns id of the move that does it; null: nothing runs on the model. @throws NoSelectableModelError
   */
  async startForRetirement(model: Model, caller: Caller, reason?: string): Promise<string | null> {
    try {
      return await this.begin(
        orderToRetire(model, reason),
        { ...caller, idempotencyKey: undefined },
        this.acceptUnlessActive(model),
      );
    } catch (error) {
      if (error instanceof MoveRunningError) return error.moveId;
      throw error;
    }
  }

  /** @throws MoveNotFoundError */
  async get(id: string): Promise<Move> {
    const move = await this.moves.find(id);
    if (!move) throw new MoveNotFoundError(id);
    return move;
  }

  /** Lists moves, the newest first. */
  async list(filter: MoveFilter, page: { limit: number; after?: string }): Promise<Page<Move>> {
    return pageOf(await this.moves.list(filter, page.limit + 1, page.after), page.limit);
  }

  /** Pauses, resumes, aborts or undoes a move. @throws MoveNotFoundError, MoveStateError, MoveRunningError, KeyLimitError */
  async change(id: string, command: MoveCommand, caller: Caller): Promise<Move> {
    const { fromModelId } = await this.get(id);
    await this.transactions.run(async (tx) => {
      await this.moves.lockModel(fromModelId, tx);
      const move = await this.moves.lock(id, tx);
      if (!move) throw new MoveNotFoundError(id);
      await this.apply(command, move, { caller, actor: actorOf(caller.principal) }, tx);
    });
    this.signal.notify();
    return this.get(id);
  }

  private async apply(
    command: MoveCommand,
    move: Move,
    { caller, actor }: Pick<Start, 'caller' | 'actor'>,
    tx: Transaction,
  ): Promise<void> {
    const { principal, change } = caller;
    const names = move.useCases.map(({ name }) => name);
    const { from, to } = TRANSITIONS[command];
    if (!from.some((state) => state === move.state)) throw new MoveStateError(command, move.state);
    assertUseCasesAllowed(principal, ...names);
    if (command === 'undo') await this.planner.assertAllowed(names, caller, tx);
    if (command === 'undo' || command === 'resume') {
      const active = await this.moves.activeOf(move.fromModelId, tx);
      if (active !== undefined && active !== move.id) throw new MoveRunningError(move.fromModelId, active);
    }
    if (command === 'undo') {
      assertModelAllowed(principal, move.fromModelId);
      await this.moves.beginUndo(move.id, { actor, change }, tx);
    }
    const state = command === 'resume' && move.undo ? 'undoing' : to;
    await this.moves.setState(move.id, state, this.clock.now(), tx);
  }

  private async begin(order: MoveOrder, caller: Caller, accept: Start['accept']): Promise<string | null> {
    let begun: Begun | undefined;
    const id = await this.transactions.run((tx) =>
      this.idempotency.once(caller, { move: order }, tx, async () => {
        begun = await this.beginWithin(order, { caller, actor: actorOf(caller.principal), accept }, tx);
        return begun?.id ?? null;
      }),
    );
    await this.publish(begun);
    return id;
  }

  private async publish(begun: Begun | undefined): Promise<void> {
    for (const { publish } of begun?.pending ?? []) await publish();
    this.signal.notify();
  }

  /** Returns the plan of a move, within a transaction. @throws as `preview` */
  async planWithin(order: MoveOrder, tx: Transaction): Promise<MovePlan> {
    return this.planner.plan(await this.resolve(order), null, tx);
  }

  /** Returns what a move would do, within a transaction. @throws as `preview` */
  async previewWithin(order: MoveOrder, tx: Transaction): Promise<MovePreview> {
    const resolved = await this.resolve(order);
    const plan = await this.planner.plan(resolved, null, tx);
    return this.planner.preview(resolved, plan, tx);
  }

  /** Starts a move as a part of a change. @throws as `start` */
  async startWithin(order: MoveOrder, orderer: MoveOrderer, tx: Transaction): Promise<PendingMove> {
    const resolved = await this.resolve(order);
    return this.beginFor(orderer, resolved, this.acceptUnlessStuck(resolved), tx);
  }

  /** Moves what runs on a model that a change retires. @throws as `startForRetirement` */
  async retireWithin(model: Model, orderer: MoveOrderer, tx: Transaction): Promise<PendingMove> {
    return this.beginFor(orderer, orderToRetire(model), this.acceptUnlessActive(model), tx);
  }

  /**
   * Returns a move that takes no command before the transaction ends. Its row is not locked: a worker that has it may wait
   * for the use cases that the transaction has locked.
   * @throws MoveNotFoundError
   */
  async holdWithin(id: string, tx: Transaction): Promise<Move> {
    const found = await this.moves.findWithin(id, tx);
    if (found) await this.moves.lockModel(found.fromModelId, tx);
    const move = found && (await this.moves.findWithin(id, tx));
    if (!move) throw new MoveNotFoundError(id);
    return move;
  }

  /**
   * Begins the undo of a move as a part of a change. A worker makes it, under the authority of the change.
   * @throws MoveNotFoundError, MoveStateError, MoveRunningError, NothingToRestoreError
   */
  async undoWithin(id: string, { actor, change }: MoveOrderer, tx: Transaction): Promise<PendingUndo> {
    const move = await this.holdWithin(id, tx);
    const caller = { principal: ORDERED, requestId: change.id, change };
    await this.apply('undo', move, { caller, actor }, tx);
    const preview = await this.planner.previewUndo(move, tx);
    if (preview.totals.useCases + preview.totals.restored === 0) throw new NothingToRestoreError(id, preview);
    return { move, preview, publish: async () => this.signal.notify() };
  }

  private async beginFor(
    { actor, change }: MoveOrderer,
    order: MoveOrder,
    accept: Start['accept'],
    tx: Transaction,
  ): Promise<PendingMove> {
    const caller = { principal: ORDERED, requestId: change.id, change };
    const begun = await this.beginWithin(order, { caller, actor, accept }, tx);
    return { id: begun?.id ?? null, publish: () => this.publish(begun) };
  }

  private acceptUnlessStuck(order: MoveOrder): Start['accept'] {
    return ({ useCases, staying }) => {
      if (useCases.length === 0 && staying.length > 0)
        throw new NothingToMoveError(order.fromModelId, staying);
      return true;
    };
  }

  /** @throws NoSelectableModelError for a use case that runs on the model and has nothing to move to */
  private acceptUnlessActive(model: Model): Start['accept'] {
    return ({ useCases, staying }) => {
      const active = this.catalogue
        .snapshot()
        .useCases.filter(({ activeModelId }) => activeModelId === model.id);
      const stuck = active.find(({ name }) => staying.some(({ useCase }) => useCase === name));
      if (stuck) throw new NoSelectableModelError(stuck.name, this.reasonsIn(stuck.name));
      return useCases.length > 0;
    };
  }

  private async beginWithin(
    order: MoveOrder,
    { caller, actor, accept }: Start,
    tx: Transaction,
  ): Promise<Begun | undefined> {
    await this.moves.lockModel(order.fromModelId, tx);
    const active = await this.moves.activeOf(order.fromModelId, tx);
    if (active !== undefined) throw new MoveRunningError(order.fromModelId, active);
    const plan = await this.plan(order, caller, true, tx);
    if (!accept(plan)) return undefined;
    const id = randomUUID();
    const pending: PendingSwitch[] = [];
    for (const { name } of plan.useCases.filter(({ switched }) => switched))
      pending.push(
        await this.switching.executeFor(
          { actor, requestId: id, change: caller.change },
          tx,
          commandOf(order, name),
        ),
      );
    const at = this.clock.now();
    const move = { id, order, actor, change: caller.change, plan, total: conversationsOf(plan), at };
    this.moves.insert(move, tx);
    const switches = pending
      .map(({ outcome }) => outcome.switchId)
      .filter((switchId) => switchId !== undefined);
    this.moves.insertUseCases(id, switches, tx);
    return { id, pending };
  }

  /** @param locks true: holds the use cases still until the transaction ends */
  private async plan(order: MoveOrder, caller: Caller, locks: boolean, tx: Transaction): Promise<MovePlan> {
    const { principal } = caller;
    const plan = await this.planner.plan(order, locks ? caller : null, tx);
    assertUseCasesAllowed(principal, ...plan.useCases.map(({ name }) => name));
    if (order.toModelId !== null) assertModelAllowed(principal, order.toModelId);
    return plan;
  }

  /** Replaces ids of foundation models by those of the catalogue. @throws ModelNotFoundError, InvalidInputError */
  private async resolve(order: MoveOrder): Promise<MoveOrder> {
    await this.catalogue.refresh();
    const from = this.catalogue.selectabilityOf(order.fromModelId).model;
    if (!from) throw new ModelNotFoundError(order.fromModelId);
    if (order.toModelId === null) return { ...order, fromModelId: from.id };
    const to = this.catalogue.selectabilityOf(order.toModelId).model;
    if (!to || to.id === from.id) {
      const message = to ? 'must be another model' : `unknown model "${order.toModelId}"`;
      throw new InvalidInputError([{ field: 'to.modelId', message }]);
    }
    return { ...order, fromModelId: from.id, toModelId: to.id };
  }

  private reasonsIn(useCase: string) {
    return this.catalogue
      .candidatesOf(useCase)
      .candidates.map(({ model, reasons }) => ({ modelId: model.id, reasons }));
  }
}

/** Has no limits: those of the proposer were checked when it proposed the change. */
const ORDERED: Principal = { kind: 'system', name: 'move' };

const orderToRetire = (model: Model, reason = `${model.name} was retired`): MoveOrder => ({
  fromModelId: model.id,
  toModelId: null,
  reason,
  showNotification: true,
});
