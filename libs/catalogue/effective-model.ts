import { type Catalogue, type CoolDowns, findModel, type Model, type UseCase } from './catalogue.js';
import { rankCandidates } from './ranking.js';
import {
  mergeCoolDowns,
  policyOf,
  type Reason,
  reasonsAgainst,
  type SelectionPolicy,
} from './selectability.js';

/** Effective model of a scope, and its origin. */
export interface EffectiveModel {
  model: Model;
  source: 'pin' | 'active' | 'candidate';
  /** Empty unless no model is selectable: then the reasons against the preferred model. */
  reasons: Reason[];
}

/** Inputs of the effective model: a conversation's pin and cool-downs, or none for a use case. */
export interface Scope {
  useCase: UseCase;
  pinnedModelId?: string | null;
  coolDowns?: CoolDowns;
}

/** Returns the pin if selectable; else the use case's active model if selectable; else the best candidate. */
export function effectiveModel(
  { useCase, pinnedModelId, coolDowns = {} }: Scope,
  catalogue: Pick<Catalogue, 'models'>,
  policy: SelectionPolicy,
): EffectiveModel {
  const narrowed = policyOf(useCase, policy);
  const consider = (id: string, source: 'pin' | 'active', cooling: CoolDowns): EffectiveModel | undefined => {
    const model = findModel(catalogue.models, id);
    return model && { model, source, reasons: reasonsAgainst(model, narrowed, cooling) };
  };
  const pin = pinnedModelId ? consider(pinnedModelId, 'pin', coolDowns) : undefined;
  if (pin?.reasons.length === 0) return pin;
  const merged = mergeCoolDowns(useCase.coolDowns, coolDowns);
  const active = consider(useCase.activeModelId, 'active', merged);
  if (active?.reasons.length === 0) return active;
  const best = rankCandidates(useCase, catalogue, policy, merged).find((candidate) => candidate.selectable);
  if (best) return { model: best.model, source: 'candidate', reasons: [] };
  const nominal = pin ?? active;
  if (!nominal) throw new Error(`use case ${useCase.name} has an active model that is not in the catalogue`);
  return nominal;
}
