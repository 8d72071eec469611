import { Injectable } from '@nestjs/common';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { CatalogueEditor, type Editing } from '#libs/catalogue/catalogue-editor.service.js';
import { type CataloguePart, CatalogueWriter } from '#libs/catalogue/catalogue-writer.service.js';
import { policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Move, MoveOrder, MovePlan, MovePreview, UndoPreview } from '#libs/switching/moves/move.js';
import { MovesService } from '#libs/switching/moves/moves.service.js';
import type { AppliedChange, SwitchOutcome } from '#libs/switching/switch.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { UndoTargetNotSelectableError } from './change-control.errors.js';
import type { ChangeOperation } from './change-operation.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import { modelIn, type PresentState, policyIn, useCaseIn } from './change-values.js';
import { IdleModels } from './idle-models.repository.js';

/** Reason against a model as the target of an undo. */
export interface UndoReason {
  code: string;
  detail: string;
}

type Operation<Kind extends ChangeOperation['kind']> = Extract<ChangeOperation, { kind: Kind }>;

/** Change whose operations run, and the transaction of `CatalogueWriter` for it. */
export interface Running {
  change: AppliedChange;
  /** Actor of its switches in audit rows. */
  actor: string;
  reason: string;
  /** True: the transaction is rolled back, and the figures of the operations are wanted. */
  dryRun: boolean;
  /** `present` is as it was before the first operation. */
  editing: Editing;
  /** Operations of the change before this one. */
  earlier: readonly ChangeOperation[];
}

/** Switch of a use case that an operation makes, with what its preview shows. */
export interface PreviewedSwitch extends SwitchOutcome {
  /** Conversations with a pin, which stay as they are. */
  pinned: number;
}

/** Result of an operation. */
export interface OperationOutcome {
  switched: PreviewedSwitch | null;
  /** Of an operation that moves everything off a model, in a dry run. */
  move: MovePreview | null;
  /** Of an operation that undoes a move, in a dry run. */
  moveUndo: UndoPreview | null;
  /** Reasons for which an undo could not select the model before. */
  undoReasons: UndoReason[];
  /** Ids of what it made; null: nothing. */
  result: Record<string, unknown> | null;
  /** Call it after the commit. */
  publish: () => Promise<void>;
}

const NOTHING: OperationOutcome = {
  switched: null,
  move: null,
  moveUndo: null,
  undoReasons: [],
  result: null,
  publish: async () => {},
};

/** Executes the operations of a change, each in the state that the one before has left. */
@Injectable()
export class OperationRunner {
  constructor(
    private readonly switching: SwitchService,
    private readonly moves: MovesService,
    private readonly editor: CatalogueEditor,
    private readonly writer: CatalogueWriter,
    private readonly catalogue: CatalogueService,
    private readonly policies: ChangePoliciesRepository,
    private readonly idle: IdleModels,
  ) {}

  /** Locks use cases, and then returns the state that operations are made against: it is that of one time. */
  async lockedState(
    useCases: readonly string[],
    operations: readonly ChangeOperation[],
    tx: Transaction,
  ): Promise<PresentState> {
    await this.switching.lockUseCases(useCases, tx);
    const catalogue = await this.writer.read(tx, partOf(operations));
    const movedUseCases = new Map<string, string[]>();
    const moves = new Map<string, Move>();
    for (const operation of operations) {
      if (operation.kind === 'undo-move')
        moves.set(operation.moveId, await this.moves.holdWithin(operation.moveId, tx));
      const order = orderOf(operation, '');
      if (!order) continue;
      const { id } = modelIn({ catalogue }, order.fromModelId);
      movedUseCases.set(id, namesIn(await this.moves.planWithin(order, tx)));
    }
    const names = operations.flatMap((operation) => ('useCase' in operation ? [operation.useCase] : []));
    const policies = await this.policies.find(
      [
        ...new Set([
          ...names,
          ...[...movedUseCases.values()].flat(),
          ...[...moves.values()].flatMap(namesOf),
        ]),
      ],
      tx,
    );
    return { catalogue, policies, movedUseCases, moves };
  }

  /** @throws AppError: the errors of the switch, move or edit that the operation is */
  async run(operation: ChangeOperation, running: Running): Promise<OperationOutcome> {
    switch (operation.kind) {
      case 'switch-use-case':
        return this.switchUseCase(operation, running);
      case 'edit-use-case':
        await this.editor.saveUseCaseWithin(
          await this.currentOf(operation.useCase, running),
          operation.useCase,
          operation.edit,
        );
        return NOTHING;
      case 'edit-policy':
        return this.editPolicy(operation, running);
      case 'edit-model':
        await this.editor.editModelWithin(await this.current(running), operation.modelId, operation.edit);
        return NOTHING;
      case 'retire-model':
        return this.retire(operation, running);
      case 'move-off-model':
        return this.moveOff(operation, running);
      case 'undo-move':
        return this.undoMove(operation, running);
    }
  }

  private async switchUseCase(
    { useCase, modelId }: Operation<'switch-use-case'>,
    running: Running,
  ): Promise<OperationOutcome> {
    const { change, actor, reason, dryRun } = running;
    const { tx, present } = await this.currentOf(useCase, running);
    const before = useCaseIn({ catalogue: present }, useCase);
    if (before.control === 'reviewed' && !before.candidates.includes(modelId))
      throw new InvalidInputError([
        { field: 'modelId', message: `${modelId} is no candidate of ${useCase}: make it one first` },
      ]);
    const command = { kind: 'manual' as const, useCase, modelId, reason, showNotification: true, dryRun };
    const pending = await this.switching.executeFor(
      { actor, requestId: change.id, change, catalogue: present },
      tx,
      command,
    );
    const { outcome, publish } = pending;
    const pinned = dryRun ? await this.switching.countPinned(useCase, tx) : 0;
    const left = modelIn({ catalogue: present }, before.activeModelId);
    return {
      switched: { ...outcome, pinned },
      move: null,
      moveUndo: null,
      undoReasons: dryRun ? await this.reasonsAgainstUndo(left, before, tx) : [],
      result: outcome.switchId ? { switchId: outcome.switchId } : null,
      publish,
    };
  }

  /** Returns why an undo could not go back to the model before. */
  private async reasonsAgainstUndo(model: Model, useCase: UseCase, tx: Transaction): Promise<UndoReason[]> {
    const reasons = reasonsAgainst(model, policyOf(useCase, this.catalogue.policy()), {});
    return [...reasons, ...(await this.idle.reasonsAgainst(model.id, tx))];
  }

  private async editPolicy(
    { useCase, policy }: Operation<'edit-policy'>,
    { editing: { tx } }: Running,
  ): Promise<OperationOutcome> {
    const present = { policies: await this.policies.find([useCase], tx) };
    await this.policies.save(useCase, { ...policyIn(present, useCase), ...policy }, tx);
    return NOTHING;
  }

  private async retire(operation: Operation<'retire-model'>, running: Running): Promise<OperationOutcome> {
    const { change, actor, editing, dryRun } = running;
    const { modelId, successorId } = operation;
    const order = orderOf(operation, running.reason)!;
    const move = dryRun ? await this.moves.previewWithin(order, editing.tx) : null;
    const model = modelIn({ catalogue: editing.present }, modelId);
    const { id, publish } = await this.moves.retireWithin(model, { actor, change }, editing.tx);
    const edit = { available: false, ...(successorId !== null && { successorId }) };
    await this.editor.editModelWithin(await this.current(running), modelId, edit);
    return { ...NOTHING, move, result: id === null ? null : { moveId: id }, publish };
  }

  private async moveOff(operation: Operation<'move-off-model'>, running: Running): Promise<OperationOutcome> {
    const { change, actor, editing, dryRun } = running;
    const order = orderOf(operation, running.reason)!;
    const move = dryRun ? await this.moves.previewWithin(order, editing.tx) : null;
    const { id, publish } = await this.moves.startWithin(order, { actor, change }, editing.tx);
    return { ...NOTHING, move, result: { moveId: id }, publish };
  }

  /** Begins the undo: a worker makes it, and the switches are in no outcome. */
  private async undoMove({ moveId }: Operation<'undo-move'>, running: Running): Promise<OperationOutcome> {
    const { change, actor, editing, dryRun } = running;
    const { move, preview, publish } = await this.moves.undoWithin(moveId, { actor, change }, editing.tx);
    if (!dryRun) return { ...NOTHING, result: { moveId }, publish };
    const reasons = await this.idle.reasonsAgainst(move.fromModelId, editing.tx);
    if (reasons.length > 0) throw new UndoTargetNotSelectableError(`${move.fromModelId} is idle`, reasons);
    return { ...NOTHING, moveUndo: preview };
  }

  /** Returns the transaction with the catalogue as the operations before have left it. */
  private async current({ editing }: Pick<Running, 'editing'>): Promise<Editing> {
    return { ...editing, present: await this.writer.read(editing.tx) };
  }

  /** As `current`, but reads nothing if the operations before were of other use cases only. */
  private async currentOf(useCase: string, { earlier, ...running }: Running): Promise<Editing> {
    const isAsBefore = earlier.every((other) => 'useCase' in other && other.useCase !== useCase);
    return isAsBefore ? running.editing : this.current(running);
  }
}

const namesOf = ({ useCases }: Move): string[] => useCases.map(({ name }) => name);

const namesIn = ({ useCases, staying }: MovePlan): string[] => [
  ...new Set([...useCases.map(({ name }) => name), ...staying.map(({ useCase }) => useCase)]),
];

/** Returns the part of the catalogue that operations concern; undefined: one of a model concerns all of it. */
function partOf(operations: readonly ChangeOperation[]): CataloguePart | undefined {
  const part: CataloguePart = { useCases: [], modelIds: [] };
  for (const operation of operations) {
    if (!('useCase' in operation)) return undefined;
    part.useCases.push(operation.useCase);
    if (operation.kind === 'switch-use-case') part.modelIds.push(operation.modelId);
    if (operation.kind === 'edit-use-case') part.modelIds.push(...(operation.edit.candidates ?? []));
  }
  return part;
}

/** Returns the move that an operation makes; undefined: it makes none. */
function orderOf(operation: ChangeOperation, reason: string): MoveOrder | undefined {
  if (operation.kind === 'retire-model')
    return { fromModelId: operation.modelId, toModelId: null, reason, showNotification: true };
  if (operation.kind !== 'move-off-model') return undefined;
  const { modelId, toModelId, useCases } = operation;
  return {
    fromModelId: modelId,
    toModelId,
    reason,
    showNotification: true,
    ...(useCases && { useCases }),
  };
}
