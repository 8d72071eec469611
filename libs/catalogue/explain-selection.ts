import type { Catalogue, CoolDowns, Objective, UseCase } from './catalogue.js';
import { type ExpectedUsage, expectedUsage } from './expected-usage.js';
import { type RankedCandidate, rankCandidates } from './ranking.js';
import { mergeCoolDowns, type SelectionPolicy } from './selectability.js';

/** A candidate as a selection saw it. */
export interface ExplainedCandidate extends Omit<RankedCandidate, 'model'> {
  modelId: string;
  name: string;
}

/**
 * Explanation of a selection: the candidates in the objective's order, each with its figures and the reasons against
 * it.
 */
export interface SelectionExplanation {
  useCase: string;
  objective: Objective;
  /** The tokens of an exchange that `expectedCostPerExchange` is the cost of. */
  expected: ExpectedUsage;
  candidates: ExplainedCandidate[];
}

/** @param coolDowns of the scope that selects, on top of those of its use case */
export function explainSelection(
  useCase: UseCase,
  catalogue: Pick<Catalogue, 'models'>,
  policy: SelectionPolicy,
  coolDowns: CoolDowns,
): SelectionExplanation {
  const ranked = rankCandidates(useCase, catalogue, policy, mergeCoolDowns(useCase.coolDowns, coolDowns));
  return {
    useCase: useCase.name,
    objective: useCase.objective,
    expected: expectedUsage(useCase.configured, useCase.measured),
    candidates: ranked.map(({ model, ...figures }) => ({ modelId: model.id, name: model.name, ...figures })),
  };
}
