import type { CoolDowns, Model, UseCase } from './catalogue.js';

export type ReasonCode =
  | 'not_available'
  | 'end_of_life'
  | 'not_invokable'
  | 'destination_not_allowed'
  | 'price_unknown'
  | 'validation_failed'
  | 'cooling_down';

/** Why a model cannot be selected. */
export interface Reason {
  code: ReasonCode;
  detail: string;
}

/** What selecting depends on besides the model. */
export interface Policy {
  region: string;
  allowedRegions: readonly string[];
  now: Date;
}

/** A use case may narrow where its prompts go, never widen it. */
export function policyOf({ allowedRegions }: UseCase, policy: Policy): Policy {
  if (allowedRegions === null) return policy;
  return {
    ...policy,
    allowedRegions: policy.allowedRegions.filter((region) => allowedRegions.includes(region)),
  };
}

/** Where an `eu.` profile may route to while its own list has not been read. */
const EU_REGIONS = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3', 'eu-south-1', 'eu-south-2'];

/** Every reason against a model in a scope with these cool-downs; none: it is selectable. */
export function reasonsAgainst(model: Model, policy: Policy, coolDowns: CoolDowns): Reason[] {
  const reasons: (Reason | false)[] = [
    !model.available && {
      code: 'not_available',
      detail: 'is_available is false: no operator has approved it',
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
      detail: `validation failed it${model.validationDetail ? `: ${model.validationDetail}` : ''}`,
    },
    isCoolingDown(model.id, coolDowns, policy.now) && {
      code: 'cooling_down',
      detail: `failed here and cools down until ${coolDowns[model.id]}`,
    },
  ];
  return reasons.filter((reason) => reason !== false);
}

export const isCoolingDown = (modelId: string, coolDowns: CoolDowns, now: Date): boolean =>
  coolDowns[modelId] !== undefined && Date.parse(coolDowns[modelId]) > now.getTime();

const hasEnded = ({ lifecycle }: Model, now: Date): boolean =>
  lifecycle.status === 'EOL' ||
  (lifecycle.endOfLifeAt !== null && Date.parse(lifecycle.endOfLifeAt) <= now.getTime());

function destinationReason(model: Model, policy: Policy): Reason | false {
  if (model.invokeWith === null) return false;
  const outside = destinationsOf(model, policy)?.filter((region) => !policy.allowedRegions.includes(region));
  if (outside?.length === 0) return false;
  const detail = outside
    ? `may send prompts to ${outside.join(', ')}, outside the allowed regions`
    : 'is a profile that may send prompts outside the EU';
  return { code: 'destination_not_allowed', detail };
}

/** @returns the regions a prompt may go to; null for a profile of another part of the world, or a global one */
function destinationsOf(model: Model, { region }: Policy): readonly string[] | null {
  if (model.invokeWith === 'foundation_model') return model.destinationRegions ?? [region];
  if (!model.id.startsWith('eu.')) return null;
  return model.destinationRegions ?? EU_REGIONS;
}

/** Both cool-downs hold: per model the one that lasts longer. ISO 8601 times sort as text. */
export function laterOf(a: CoolDowns, b: CoolDowns): CoolDowns {
  const both = { ...a };
  for (const [id, until] of Object.entries(b)) both[id] = until > (a[id] ?? '') ? until : a[id]!;
  return both;
}
