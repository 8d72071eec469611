import type { UseCase } from './catalogue.js';

/** Role of a model in a use case. */
export type ModelRole = 'active' | 'candidate' | 'other';

/** Use case for which a model is selected. */
export type RoleScope = Pick<UseCase, 'name' | 'activeModelId' | 'candidates' | 'control'>;

/** Control of a use case, and the role of a model in it, by the copy of the catalogue that selected the model. */
export interface Standing {
  control: UseCase['control'];
  role: ModelRole;
}

export function roleOf({ activeModelId, candidates }: RoleScope, modelId: string): ModelRole {
  if (modelId === activeModelId) return 'active';
  return candidates.includes(modelId) ? 'candidate' : 'other';
}

export const standingOf = (useCase: RoleScope, modelId: string): Standing => ({
  control: useCase.control,
  role: roleOf(useCase, modelId),
});

/**
 * Returns whether review keeps a model out of a use case: where it is reviewed, its active model and its candidates
 * answer, and no other model does, whatever a pin, a call or the limits of a key name.
 */
export const isOutsideReview = (useCase: RoleScope, modelId: string): boolean =>
  useCase.control === 'reviewed' && roleOf(useCase, modelId) === 'other';
