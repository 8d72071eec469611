import { readModelId } from '#libs/platform/bedrock/model-id.js';
import type { Model } from './catalogue.js';

/** Regions behind an `eu.` profile until its own list has been read. */
const EU_REGIONS = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3', 'eu-south-1', 'eu-south-2'];

/** The part of a model that decides where a prompt goes. */
export type Routed = Pick<Model, 'id' | 'foundationModelId' | 'invokeWith' | 'destinationRegions'>;

/** Regions that may process prompts: the region of the service, and the allowed ones. */
export interface Residency {
  region: string;
  allowedRegions: readonly string[];
}

/**
 * Returns the regions that may process a prompt to a model: derived from its id, not from its invocation setting.
 * `null`: outside the EU, or unknown.
 */
function destinationsOf(model: Routed, region: string): readonly string[] | null {
  const read = model.destinationRegions?.length ? model.destinationRegions : null;
  const { kind, region: home } = readModelId(model.id);
  switch (isProfileElsewhere(model) ? 'other_profile' : kind) {
    case 'foundation_model':
      return model.invokeWith === 'inference_profile' ? null : (read ?? [home ?? region]);
    case 'eu_profile':
      return read ?? EU_REGIONS;
    case 'application_profile':
      return read;
    case 'other_profile':
      return null;
  }
}

/** Returns why a prompt to a model would leave the allowed regions; `undefined`: it stays. */
export function residencyFault(model: Routed, { region, allowedRegions }: Residency): string | undefined {
  const destinations = destinationsOf(model, region);
  if (destinations === null) return unknownDestination(model);
  const outside = destinations.filter((destination) => !allowedRegions.includes(destination));
  return outside.length === 0
    ? undefined
    : `may send prompts to ${outside.join(', ')}, outside the allowed regions`;
}

/** Returns why no list of destinations could make a model allowed; `undefined`: one could. */
export function permanentResidencyFault(model: Routed): string | undefined {
  const isApplication = readModelId(model.id).kind === 'application_profile';
  return isApplication || destinationsOf(model, 'eu-central-1') ? undefined : unknownDestination(model);
}

function unknownDestination(model: Routed): string {
  if (isProfileElsewhere(model)) return 'is a profile that may send prompts outside the EU';
  return readModelId(model.id).kind === 'application_profile'
    ? 'is an application inference profile whose destinations are not read yet; run a catalogue sync'
    : 'has no prefix that says where its inference profile sends prompts';
}

/** A prefix that AWS adds tomorrow is one, too. */
const isProfileElsewhere = ({ id, foundationModelId }: Routed): boolean =>
  readModelId(id).kind === 'other_profile' ||
  (!id.startsWith('eu.') && !id.startsWith('arn:') && id.endsWith(`.${foundationModelId}`));
