import { AppError } from '#libs/platform/errors/app-error.js';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { BY_OPERATOR } from './capabilities.js';
import type { Catalogue } from './catalogue.js';
import {
  checkModel,
  checkModelIds,
  checkUnused,
  checkUseCaseName,
  completeUseCase,
  editableOf,
  type KnownNames,
  type ModelEdit,
} from './catalogue-edit.js';
import type { SettingChanges } from './catalogue-settings.js';

/** Defaults of a new model for the fields that its entry does not have. */
const MODEL_DEFAULTS = {
  useCase: null,
  maxTokens: null,
  contextWindow: null,
  tier: null,
  destinationRegions: null,
  successorId: null,
  inputPricePer1k: null,
  outputPricePer1k: null,
  cacheReadPricePer1k: null,
  cacheWritePricePer1k: null,
  priceDimensions: {},
  tokenFactor: 1,
  available: false,
};
const REQUIRED_OF_A_MODEL = ['name', 'provider', 'foundationModelId', 'invokeWith'] as const;

/** @throws InvalidInputError without a field that a new model needs */
export function completeModel(settings: Partial<ModelEdit>): ModelEdit {
  require(settings, REQUIRED_OF_A_MODEL, 'model');
  return { ...MODEL_DEFAULTS, ...(settings as ModelEdit) };
}

/**
 * Checks all changes against the catalogue as they leave it.
 * @param activeModelIds active model of each use case after the switches
 * @throws InvalidInputError that names each field by its place in the file
 */
export function checkSettings(
  changes: SettingChanges,
  present: Catalogue,
  activeModelIds: ReadonlyMap<string, string>,
): void {
  const names = namesAfter(changes, present, activeModelIds);
  const errors = [
    ...changes.models.flatMap(({ path, isNew, to: { id, ...to } }) =>
      errorsIn(path, () => {
        const model = present.models.find((each) => each.id === id);
        checkModel(id, isNew ? completeModel(to) : { ...editableOf(model!), ...to }, names);
        if (to.available === false) checkAvailability(id, names);
      }),
    ),
    ...changes.useCases.flatMap(({ path, isNew, to }) =>
      errorsIn(path, () => {
        checkModelIds('candidates', to.candidates ?? [], names);
        checkModelIds('activeModelId', to.activeModelId ? [to.activeModelId] : [], names);
        if (isNew) completeUseCase(to);
      }),
    ),
    ...changes.assistants.flatMap(({ path, isNew, to }) =>
      errorsIn(path, () => {
        if (isNew) require(to, ['name', 'useCase'], 'assistant');
        if (to.useCase !== undefined) checkUseCaseName(to.useCase, names);
      }),
    ),
    ...changes.prices.flatMap(({ path, to }) =>
      errorsIn(path, () => {
        checkModelIds('modelId', [to.modelId], names);
        if (to.source === BY_OPERATOR && !to.inEffect)
          throw new InvalidInputError([
            { field: 'inEffect', message: `must be true for the source "${BY_OPERATOR}"` },
          ]);
      }),
    ),
  ];
  if (errors.length > 0) throw new InvalidInputError(errors);
}

function namesAfter(
  { models, useCases }: SettingChanges,
  present: Catalogue,
  activeModelIds: ReadonlyMap<string, string>,
): KnownNames {
  const added = useCases
    .filter(({ isNew }) => isNew)
    .map(({ to }) => ({ name: to.name, activeModelId: to.activeModelId ?? to.candidates?.[0] ?? '' }));
  return {
    models: [...present.models, ...models.filter(({ isNew }) => isNew).map(({ to }) => to)],
    useCases: [
      ...present.useCases.map(({ name, activeModelId }) => ({
        name,
        activeModelId: activeModelIds.get(name) ?? activeModelId,
      })),
      ...added,
    ],
  };
}

function checkAvailability(id: string, names: KnownNames): void {
  try {
    checkUnused(id, names);
  } catch (error) {
    throw new InvalidInputError([{ field: 'available', message: (error as Error).message }]);
  }
}

function require(given: object, fields: readonly string[], entity: string): void {
  const missing = fields.filter((field) => (given as Record<string, unknown>)[field] === undefined);
  if (missing.length > 0)
    throw new InvalidInputError(
      missing.map((field) => ({ field, message: `is required for a new ${entity}` })),
    );
}

/** Runs a check, and returns its errors with their place in the file. */
function errorsIn(path: string, check: () => void): FieldError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError)
      return error.extensions.errors.map(({ field, message }) => ({ field: `${path}.${field}`, message }));
    if (error instanceof AppError) return [{ field: path, message: error.message }];
    throw error;
  }
}
