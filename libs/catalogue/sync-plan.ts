import type {
  BedrockOffering,
  FoundationModel,
  InferenceProfile,
} from '#libs/platform/bedrock/bedrock-catalogue.service.js';
import { readModelId } from '#libs/platform/bedrock/model-id.js';
import type { LifecycleStatus, Model } from './catalogue.js';

/** Fields that the sync owns; all others belong to the operator. */
export type SyncedModel = Pick<
  Model,
  'id' | 'foundationModelId' | 'lifecycle' | 'invokeWith' | 'destinationRegions'
>;
export type NewModel = SyncedModel & Pick<Model, 'name' | 'provider'>;

export interface SyncPlan {
  added: NewModel[];
  changed: SyncedModel[];
  /** Models that cannot be invoked any more. */
  gone: SyncedModel[];
}

/** Compares Bedrock's offering with the catalogue. Rows without a difference are in no list. */
export function planSync(offering: BedrockOffering, present: readonly Model[], now: Date): SyncPlan {
  const offered = byId(offering);
  const plan: SyncPlan = { added: newModels(offered, present, now), changed: [], gone: [] };
  for (const model of present) {
    const wanted = isListed(model, offered) ? wantedOf(model, offered, now) : model;
    if (isSame(model, wanted)) continue;
    const isGone = model.invokeWith !== null && wanted.invokeWith === null;
    (isGone ? plan.gone : plan.changed).push(wanted);
  }
  return plan;
}

/** Our region's list never contains profiles of other places, nor another account's resources. */
const isListed = ({ id }: Model, { profiles }: OfferingById): boolean =>
  profiles.has(id) || (!id.startsWith('arn:') && readModelId(id).kind !== 'other_profile');

/**
 * Returns a reason to ask for confirmation, because an incomplete response would remove many models. null: plausible.
 */
export function implausibleReason(
  offering: BedrockOffering,
  present: readonly Model[],
  plan: SyncPlan,
): string | null {
  if (offering.models.length === 0) return 'Bedrock lists no models';
  const inUse = present.filter(({ available, invokeWith }) => available && invokeWith !== null);
  const gone = inUse.filter(({ id }) => plan.gone.some((model) => model.id === id));
  return gone.length * 2 > inUse.length
    ? `${gone.length} of the ${inUse.length} available models would be gone`
    : null;
}

interface OfferingById {
  region: string;
  models: Map<string, FoundationModel>;
  /** Profiles of the EU and of our account, by the id to invoke. */
  profiles: Map<string, InferenceProfile>;
}

const byId = ({ region, models, profiles }: BedrockOffering): OfferingById => ({
  region,
  models: new Map(models.map((model) => [model.id, model])),
  profiles: new Map(
    profiles
      .filter(({ id, status }) => readModelId(id).kind !== 'other_profile' && status === 'ACTIVE')
      .map((profile) => [profile.id, profile]),
  ),
});

function wantedOf(present: Model, offered: OfferingById, now: Date): SyncedModel {
  const wanted =
    shownAs(present, offered, now) ?? (present.invokeWith === null ? present : ended(present, now));
  return wanted.lifecycle.status === 'EOL' ? { ...wanted, invokeWith: null } : wanted;
}

/** Returns the synced fields of a model; undefined: Bedrock does not list it. */
function shownAs(present: Model, offered: OfferingById, now: Date): SyncedModel | undefined {
  const profile = offered.profiles.get(present.id);
  if (profile) return behindProfile(present, profile, offered, now);
  const model = offered.models.get(present.id) ?? offered.models.get(present.foundationModelId);
  if (!model) return undefined;
  const lifecycle = lifecycleOf(model, now);
  const synced = { id: present.id, foundationModelId: model.id, lifecycle };
  return present.id === model.id && isOnDemand(model)
    ? { ...synced, invokeWith: 'foundation_model', destinationRegions: [offered.region] }
    : { ...synced, invokeWith: null, destinationRegions: present.destinationRegions };
}

/**
 * Reads a model through its profile. A profile can be invoked even if the list omits its model; then the known
 * lifecycle stays.
 */
function behindProfile(
  present: Model,
  profile: InferenceProfile,
  offered: OfferingById,
  now: Date,
): SyncedModel {
  const foundationModelId = profile.foundationModelIds[0] ?? present.foundationModelId;
  const model = offered.models.get(foundationModelId);
  return {
    id: present.id,
    foundationModelId,
    lifecycle: model ? lifecycleOf(model, now) : present.lifecycle,
    invokeWith: 'inference_profile',
    destinationRegions: profile.destinations.toSorted(),
  };
}

function ended({ id, foundationModelId, lifecycle, destinationRegions }: Model, now: Date): SyncedModel {
  const isPast = lifecycle.endOfLifeAt !== null && Date.parse(lifecycle.endOfLifeAt) <= now.getTime();
  const endOfLifeAt = isPast ? lifecycle.endOfLifeAt : now.toISOString();
  return {
    id,
    foundationModelId,
    lifecycle: { ...lifecycle, status: 'EOL', endOfLifeAt },
    invokeWith: null,
    destinationRegions,
  };
}

function newModels(offered: OfferingById, present: readonly Model[], now: Date): NewModel[] {
  const known = new Set(present.map(({ id }) => id));
  return [...offered.models.values()]
    .filter(isTextModel)
    .flatMap((model) => waysToInvoke(model, offered, now))
    .filter(({ id, lifecycle }) => !known.has(id) && lifecycle.status !== 'EOL');
}

/** Returns the profiles of a model, else its bare id, else a model that cannot be invoked. */
function waysToInvoke(model: FoundationModel, { profiles, region }: OfferingById, now: Date): NewModel[] {
  const base = {
    foundationModelId: model.id,
    lifecycle: lifecycleOf(model, now),
    name: model.name,
    provider: model.id.split('.')[0]!,
  };
  const ways = [...profiles.values()]
    .filter(({ id, foundationModelIds }) => id.startsWith('eu.') && foundationModelIds.includes(model.id))
    .map(({ id, destinations }) => ({
      ...base,
      id,
      invokeWith: 'inference_profile' as const,
      destinationRegions: destinations.toSorted(),
    }));
  if (ways.length > 0 || !isOnDemand(model)) return ways;
  return [{ ...base, id: model.id, invokeWith: 'foundation_model', destinationRegions: [region] }];
}

const isTextModel = ({ inputModalities, outputModalities }: FoundationModel): boolean =>
  inputModalities.includes('TEXT') && outputModalities.includes('TEXT');

const isOnDemand = ({ inferenceTypes }: FoundationModel): boolean => inferenceTypes.includes('ON_DEMAND');

function lifecycleOf({ lifecycle }: FoundationModel, now: Date): Model['lifecycle'] {
  return {
    status: statusOf(lifecycle, now),
    legacyAt: lifecycle.legacyAt?.toISOString() ?? null,
    extendedAccessAt: lifecycle.extendedAccessAt?.toISOString() ?? null,
    endOfLifeAt: lifecycle.endOfLifeAt?.toISOString() ?? null,
  };
}

/** Treats a status that we do not know as LEGACY. */
function statusOf({ status, endOfLifeAt }: FoundationModel['lifecycle'], now: Date): LifecycleStatus {
  if (endOfLifeAt !== null && endOfLifeAt <= now) return 'EOL';
  return status === 'ACTIVE' ? 'ACTIVE' : 'LEGACY';
}

/** Compares without regard to the order of destinations. */
function isSame(a: SyncedModel, b: SyncedModel): boolean {
  const comparable = ({ foundationModelId, lifecycle, invokeWith, destinationRegions }: SyncedModel) =>
    JSON.stringify([
      foundationModelId,
      lifecycle.status,
      lifecycle.legacyAt,
      lifecycle.extendedAccessAt,
      lifecycle.endOfLifeAt,
      invokeWith,
      destinationRegions?.toSorted(),
    ]);
  return comparable(a) === comparable(b);
}
