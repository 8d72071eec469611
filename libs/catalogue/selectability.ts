import type { CoolDowns, Model, UseCase } from './catalogue.js';
import { isOutsideReview, type RoleScope } from './model-role.js';
import { type Residency, residencyFault } from './residency.js';

export type ReasonCode =
  | 'not_available'
  | 'end_of_life'
  | 'not_invokable'
  | 'destination_not_allowed'
  | 'price_unknown'
  | 'validation_failed'
  | 'not_a_candidate'
  | 'cooling_down';

/** Reason against a model. */
export interface Reason {
  code: ReasonCode;
  detail: string;
}

/** Inputs of selectability besides the model. */
export interface SelectionPolicy extends Residency {
  now: Date;
  /** Reviewed use case for which a model is selected; absent: any model may be. */
  reviewed?: RoleScope;
}

/**
 * Applies the regions and the review of a use case, which may narrow the service's policy but never widen it.
 */
export function policyOf(useCase: UseCase, policy: SelectionPolicy): SelectionPolicy {
  const { allowedRegions, control } = useCase;
  if (allowedRegions === null && control !== 'reviewed') return policy;
  return {
    ...policy,
    ...(allowedRegions && {
      allowedRegions: policy.allowedRegions.filter((region) => allowedRegions.includes(region)),
    }),
    ...(control === 'reviewed' && { reviewed: useCase }),
  };
}

/** Returns every reason against a model in a scope with these cool-downs; none: it is selectable. */
export function reasonsAgainst(model: Model, policy: SelectionPolicy, coolDowns: CoolDowns): Reason[] {
  const reasons: (Reason | false)[] = [
    !model.available && {
      code: 'not_available',
      detail: `is_available is false: ${whyNotAvailable(model, policy.now)}`,
    },
    hasEnded(model, policy.now) && {
      code: 'end_of_life',
      detail: `reached its end of life${model.lifecycle.endOfLifeAt ? ` on ${model.lifecycle.endOfLifeAt.slice(0, 10)}` : ''}`,
    },
    model.invokeWith === null && { code: 'not_invokable', detail: `cannot be invoked from ${policy.region}` },
    destinationReason(model, policy),
    (model.price.inputPer1k === null || model.price.outputPer1k === null) && {
      code: 'price_unknown',
      detail: 'its price is not known',
    },
    model.validationStatus === 'failed' && {
      code: 'validation_failed',
      detail: `failed its validation${model.validationDetail ? `: ${model.validationDetail}` : ''}`,
    },
    reviewReason(model, policy),
    isCoolingDown(model.id, coolDowns, policy.now) && {
      code: 'cooling_down',
      detail: `failed here and cools down until ${coolDowns[model.id]}`,
    },
  ];
  return reasons.filter((reason) => reason !== false);
}

function whyNotAvailable(model: Model, now: Date): string {
  const { retired, successorId } = model;
  if (!retired) return hasEnded(model, now) ? 'it is retired' : 'no operator has approved it';
  const successor = successorId ? `; successor ${successorId}` : '';
  const record =
    retired.at === null
      ? 'retired before retirements were recorded: who did it is unknown'
      : `retired by ${retired.by} on ${retired.at.slice(0, 10)}`;
  return `${record}${successor}`;
}

export const isCoolingDown = (modelId: string, coolDowns: CoolDowns, now: Date): boolean =>
  coolDowns[modelId] !== undefined && Date.parse(coolDowns[modelId]) > now.getTime();

const hasEnded = ({ lifecycle }: Model, now: Date): boolean =>
  lifecycle.status === 'EOL' ||
  (lifecycle.endOfLifeAt !== null && Date.parse(lifecycle.endOfLifeAt) <= now.getTime());

/** Checks the destinations. A model that cannot be invoked has none. */
function destinationReason(model: Model, policy: SelectionPolicy): Reason | false {
  const detail = model.invokeWith === null ? undefined : residencyFault(model, policy);
  return detail !== undefined && { code: 'destination_not_allowed', detail };
}

function reviewReason({ id }: Model, { reviewed }: SelectionPolicy): Reason | false {
  if (!reviewed || !isOutsideReview(reviewed, id)) return false;
  const { name, candidates } = reviewed;
  const detail = `is no candidate of ${name}, which is reviewed: its candidates are ${candidates.join(', ')}`;
  return { code: 'not_a_candidate', detail };
}

/** Merges cool-downs: per model the later end. ISO 8601 times sort as text. */
export function mergeCoolDowns(a: CoolDowns, b: CoolDowns): CoolDowns {
  const both = { ...a };
  for (const [id, until] of Object.entries(b)) both[id] = until > (a[id] ?? '') ? until : a[id]!;
  return both;
}
