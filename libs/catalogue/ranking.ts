import type { Decimal } from 'decimal.js';
import { type Catalogue, type CoolDowns, findModel, type Model, type UseCase } from './catalogue.js';
import { costOfMix } from './cost-of-mix.js';
import { expectedUsage } from './expected-usage.js';
import { policyOf, type Reason, reasonsAgainst, type SelectionPolicy } from './selectability.js';

/** Candidate of a use case with its selectability and the figure of its rank. */
export interface RankedCandidate {
  model: Model;
  /** 1 is best. */
  rank: number;
  active: boolean;
  selectable: boolean;
  reasons: Reason[];
  /** Expected USD of one exchange, as a decimal string; null where a price is unknown. */
  expectedCostPerExchange: string | null;
  timeToFirstTokenMs: number | null;
}

/**
 * Ranks the candidates of a use case by its objective. `quality` is the operator's own order, `cost` the expected cost
 * of an exchange, `latency` the measured time to the first token. Unknown figures come last; ties keep the operator's
 * order.
 * @param coolDowns those of the scope; a use case's own by default
 */
export function rankCandidates(
  useCase: UseCase,
  catalogue: Pick<Catalogue, 'models'>,
  policy: SelectionPolicy,
  coolDowns: CoolDowns = useCase.coolDowns,
): RankedCandidate[] {
  const narrowed = policyOf(useCase, policy);
  const mix = expectedUsage(useCase.configured, useCase.measured);
  const candidates = useCase.candidates
    .map((id) => findModel(catalogue.models, id))
    .filter((model) => model !== undefined)
    .map((model) => ({
      model,
      cost: costOfMix(mix, model.price, model.tokenFactor),
      reasons: reasonsAgainst(model, narrowed, coolDowns),
    }));
  const figure = {
    quality: () => 0,
    cost: ({ cost }: { cost: Decimal | null }) => cost?.toNumber() ?? Number.POSITIVE_INFINITY,
    latency: ({ model }: { model: Model }) => model.timeToFirstTokenMs ?? Number.POSITIVE_INFINITY,
  }[useCase.objective];
  return candidates
    .map((candidate) => ({ candidate, figure: figure(candidate) }))
    .sort((a, b) => (a.figure === b.figure ? 0 : a.figure - b.figure))
    .map(({ candidate: { model, cost, reasons } }, index) => ({
      model,
      rank: index + 1,
      active: model.id === useCase.activeModelId,
      selectable: reasons.length === 0,
      reasons,
      expectedCostPerExchange: cost?.toFixed(9) ?? null,
      timeToFirstTokenMs: model.timeToFirstTokenMs,
    }));
}
