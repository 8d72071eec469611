import {
  ModelNotFoundError,
  ModelNotSelectableError,
  NoSelectableModelError,
} from '#libs/catalogue/catalogue.errors.js';
import {
  type Catalogue,
  type CoolDowns,
  findModel,
  type Model,
  type UseCase,
} from '#libs/catalogue/catalogue.js';
import { isOutsideReview } from '#libs/catalogue/model-role.js';
import { rankCandidates } from '#libs/catalogue/ranking.js';
import {
  isCoolingDown,
  policyOf,
  reasonsAgainst,
  type SelectionPolicy,
} from '#libs/catalogue/selectability.js';
import { NotACandidateError, OutsideReviewError } from './switching.errors.js';

/** Catalogue and policy for a selection, read from PostgreSQL inside the transaction. */
export interface SelectionContext {
  catalogue: Catalogue;
  policy: SelectionPolicy;
}

/** @throws ModelNotFoundError */
export function modelOf({ catalogue }: SelectionContext, id: string): Model {
  const model = findModel(catalogue.models, id);
  if (!model) throw new ModelNotFoundError(id);
  return model;
}

export function useCaseOf({ catalogue }: SelectionContext, name: string): UseCase {
  const useCase = catalogue.useCases.find((candidate) => candidate.name === name);
  if (!useCase) throw new Error(`use case ${name} was not loaded for this decision`);
  return useCase;
}

/** Scope in which a model is picked. */
interface PickScope {
  useCase: UseCase;
  coolDowns: CoolDowns;
  /** True: only candidates of the use case may be picked. */
  candidatesOnly?: boolean;
}

/**
 * Returns the model that a person picked.
 * @throws ModelNotFoundError, ModelNotSelectableError, NotACandidateError, OutsideReviewError
 */
export function requireSelectable(context: SelectionContext, modelId: string, scope?: PickScope): Model {
  const model = modelOf(context, modelId);
  if (scope?.candidatesOnly && !scope.useCase.candidates.includes(model.id))
    throw new NotACandidateError(modelId, scope.useCase.name);
  if (scope && isOutsideReview(scope.useCase, model.id))
    throw new OutsideReviewError(model.id, scope.useCase);
  const policy = scope ? policyOf(scope.useCase, context.policy) : context.policy;
  const reasons = reasonsAgainst(model, policy, scope?.coolDowns ?? {});
  if (reasons.length > 0) throw new ModelNotSelectableError(model, reasons);
  return model;
}

/** Returns the best selectable candidate. @throws NoSelectableModelError */
export function bestCandidate(context: SelectionContext, useCase: UseCase, coolDowns: CoolDowns): Model {
  return firstSelectable(context, useCase, coolDowns, undefined);
}

/**
 * Returns the selectable candidate after the failed one in the order of the objective, from the start again after the
 * last. Returns the best one if the failed model is no candidate.
 * @throws NoSelectableModelError
 */
export function nextCandidate(
  context: SelectionContext,
  useCase: UseCase,
  coolDowns: CoolDowns,
  failed: Model,
): Model {
  return firstSelectable(context, useCase, coolDowns, failed);
}

function firstSelectable(
  context: SelectionContext,
  useCase: UseCase,
  coolDowns: CoolDowns,
  after: Model | undefined,
): Model {
  const ranked = rankCandidates(useCase, context.catalogue, context.policy, coolDowns);
  const start = ranked.findIndex(({ model }) => model.id === after?.id) + 1;
  const best = [...ranked.slice(start), ...ranked.slice(0, start)].find(({ selectable }) => selectable);
  if (best) return best.model;
  throw new NoSelectableModelError(
    useCase.name,
    ranked.map(({ model, reasons }) => ({ modelId: model.id, reasons })),
  );
}

/** Adds a cool-down and removes expired ones. @returns the cool-downs and the end of the new one */
export function coolDown(
  coolDowns: CoolDowns,
  failed: Model,
  now: Date,
  seconds: number,
): { coolDowns: CoolDowns; until: string } {
  const until = new Date(now.getTime() + seconds * 1000).toISOString();
  const current = Object.entries(coolDowns).filter(([id]) => isCoolingDown(id, coolDowns, now));
  return { coolDowns: { ...Object.fromEntries(current), [failed.id]: until }, until };
}
