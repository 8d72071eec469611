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
import { rankCandidates } from '#libs/catalogue/ranking.js';
import { isCoolingDown, type Policy, policyOf, reasonsAgainst } from '#libs/catalogue/selectability.js';
import { NotACandidateError } from './switching.errors.js';

/** What every choice is made from, as PostgreSQL had it inside the transaction. */
export interface SelectionContext {
  catalogue: Catalogue;
  policy: Policy;
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

/** Where somebody picks a model. */
interface PickScope {
  useCase: UseCase;
  coolDowns: CoolDowns;
  /** True: only candidates of the use case may be picked. */
  candidatesOnly?: boolean;
}

/**
 * The model that somebody picked by hand.
 * @throws ModelNotFoundError, ModelNotSelectableError, NotACandidateError
 */
export function requireSelectable(context: SelectionContext, modelId: string, scope?: PickScope): Model {
  const model = modelOf(context, modelId);
  if (scope?.candidatesOnly && !scope.useCase.candidates.includes(model.id))
    throw new NotACandidateError(modelId, scope.useCase.name);
  const policy = scope ? policyOf(scope.useCase, context.policy) : context.policy;
  const reasons = reasonsAgainst(model, policy, scope?.coolDowns ?? {});
  if (reasons.length > 0) throw new ModelNotSelectableError(model, reasons);
  return model;
}

/** The best selectable candidate. @throws NoSelectableModelError */
export function bestCandidate(context: SelectionContext, useCase: UseCase, coolDowns: CoolDowns): Model {
  return firstSelectable(context, useCase, coolDowns, undefined);
}

/**
 * The selectable candidate that follows the failed one in the objective's order, going round at the end; the best one
 * where the failed model is no candidate.
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

/** Adds a cool-down and forgets those that are over. @returns the cool-downs and until when the new one lasts */
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
