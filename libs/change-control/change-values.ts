import { statedIn } from '#libs/catalogue/capabilities.js';
import { ModelNotFoundError, UseCaseNotFoundError } from '#libs/catalogue/catalogue.errors.js';
import { type Catalogue, findModel, type Model, type UseCase } from '#libs/catalogue/catalogue.js';
import { editableOf, type ModelEdit } from '#libs/catalogue/catalogue-edit.js';
import { useCaseSettings } from '#libs/catalogue/catalogue-settings.js';
import type { Move, MoveState } from '#libs/switching/moves/move.js';
import { MoveNotFoundError } from '#libs/switching/moves/moves.errors.js';
import { hashOfJson } from './change-hash.js';
import type { ChangeOperation, RecordedOperation } from './change-operation.js';
import type { UseCasePolicy } from './change-policy.js';

/** State that operations are made against. */
export interface PresentState {
  catalogue: Catalogue;
  policies: readonly UseCasePolicy[];
  /** Use cases that a move off each model, or its retirement, changes. */
  movedUseCases: ReadonlyMap<string, readonly string[]>;
  /** Moves that operations undo. */
  moves: ReadonlyMap<string, Move>;
}

/** Recorded values of a move that is undone: its order, so that it can be made again, and its state. */
export interface MoveValues {
  movedOff: string;
  movedTo: string | null;
  useCases: string[];
  state: MoveState;
}

type Values = Record<string, unknown>;

/** @throws ModelNotFoundError */
export function modelIn({ catalogue }: Pick<PresentState, 'catalogue'>, id: string): Model {
  const model = findModel(catalogue.models, id);
  if (!model) throw new ModelNotFoundError(id);
  return model;
}

/** @throws UseCaseNotFoundError */
export function useCaseIn({ catalogue }: Pick<PresentState, 'catalogue'>, name: string): UseCase {
  const useCase = catalogue.useCases.find((each) => each.name === name);
  if (!useCase) throw new UseCaseNotFoundError(name);
  return useCase;
}

/** Replaces ids of foundation models by those of the catalogue. @throws ModelNotFoundError */
function resolved(operation: ChangeOperation, present: PresentState): ChangeOperation {
  if (!('modelId' in operation)) return operation;
  return { ...operation, modelId: modelIn(present, operation.modelId).id };
}

/**
 * Returns an operation with its scope's version, and the values before and after it.
 * @throws ModelNotFoundError, UseCaseNotFoundError, MoveNotFoundError
 */
export function record(given: ChangeOperation, present: PresentState): RecordedOperation {
  const operation = resolved(given, present);
  if ('useCase' in operation) {
    const { version } = useCaseIn(present, operation.useCase);
    const values = valuesOfUseCase(operation, present);
    return { operation, useCases: [operation.useCase], expectedVersion: String(version), ...values };
  }
  if (operation.kind === 'undo-move') return recordUndo(operation, present);
  const model = modelIn(present, operation.modelId);
  const useCases = [...(present.movedUseCases.get(model.id) ?? [])];
  const expectedVersion = hashOfJson({
    settings: settingsOfModel(model),
    versions: versionsOf(useCases, present),
  });
  return { operation, useCases, expectedVersion, ...valuesOfModel(operation, model, present) };
}

const versionsOf = (useCases: readonly string[], present: PresentState) =>
  useCases.map((name) => ({ name, version: useCaseIn(present, name).version }));

/** It is against the state of the move, and against what decides whether its use cases can go back. */
function recordUndo(
  operation: Extract<ChangeOperation, { moveId: string }>,
  present: PresentState,
): RecordedOperation {
  const move = present.moves.get(operation.moveId);
  if (!move) throw new MoveNotFoundError(operation.moveId);
  const { fromModelId: movedOff, toModelId: movedTo, state } = move;
  const useCases = move.useCases.map(({ name }) => name);
  const expectedVersion = hashOfJson({
    state,
    settings: settingsOfModel(modelIn(present, movedOff)),
    versions: versionsOf(useCases, present),
  });
  const before = { movedOff, movedTo, useCases, state } satisfies MoveValues;
  return { operation, useCases, expectedVersion, before, after: { state: 'undone' } };
}

function valuesOfUseCase(
  operation: Extract<ChangeOperation, { useCase: string }>,
  present: PresentState,
): { before: Values; after: Values } {
  const useCase = useCaseIn(present, operation.useCase);
  switch (operation.kind) {
    case 'switch-use-case':
      return {
        before: { activeModelId: useCase.activeModelId },
        after: { activeModelId: operation.modelId },
      };
    case 'edit-use-case':
      return pairOf(useCaseSettings(useCase), operation.edit);
    case 'edit-policy':
      return pairOf(policyIn(present, operation.useCase), operation.policy);
  }
}

function valuesOfModel(
  operation: Extract<ChangeOperation, { modelId: string }>,
  model: Model,
  present: PresentState,
): { before: Values; after: Values } {
  if (operation.kind === 'edit-model') return valuesOfEdit(operation.edit, model);
  const active = present.catalogue.useCases
    .filter(({ activeModelId }) => activeModelId === model.id)
    .map(({ name }) => name);
  if (operation.kind === 'retire-model') {
    const { available, successorId } = model;
    return {
      before: { available, successorId, activeIn: active },
      after: { available: false, successorId: operation.successorId ?? successorId, activeIn: [] },
    };
  }
  const to = 'toModelId' in operation ? operation.toModelId : null;
  return { before: { activeIn: active }, after: { movedTo: to } };
}

const PRICES = [
  'inputPricePer1k',
  'outputPricePer1k',
  'cacheReadPricePer1k',
  'cacheWritePricePer1k',
  'priceDimensions',
] as const;

/** A price that is set without the others takes them away, so that an undo needs all. */
function valuesOfEdit(edit: Partial<ModelEdit>, model: Model): { before: Values; after: Values } {
  const settings: Values = settingsOfModel(model);
  const { before, after } = pairOf(settings, edit);
  if (!PRICES.some((field) => field in edit)) return { before, after };
  return {
    before: { ...before, ...Object.fromEntries(PRICES.map((field) => [field, settings[field]])) },
    after,
  };
}

/** @returns the fields of an edit with their values before and after it */
function pairOf(present: object, edit: object): { before: Values; after: Values } {
  const values = present as Values;
  const fields = Object.keys(edit);
  return {
    before: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])),
    after: edit as Values,
  };
}

const settingsOfModel = (model: Model) => ({
  ...editableOf(model),
  capabilities: statedIn(model.capabilities),
});

/** @throws UseCaseNotFoundError */
export function policyIn({ policies }: Pick<PresentState, 'policies'>, name: string): UseCasePolicy {
  const policy = policies.find(({ useCase }) => useCase === name);
  if (!policy) throw new UseCaseNotFoundError(name);
  return policy;
}

/** Returns the policies that a change must satisfy: the present ones, and those that it sets. */
export const policiesOf = (
  { operations }: { operations: readonly { operation: ChangeOperation }[] },
  present: Pick<PresentState, 'policies'>,
): UseCasePolicy[] => [
  ...present.policies,
  ...operations.flatMap(({ operation }) =>
    operation.kind === 'edit-policy'
      ? [{ ...policyIn(present, operation.useCase), ...operation.policy }]
      : [],
  ),
];
