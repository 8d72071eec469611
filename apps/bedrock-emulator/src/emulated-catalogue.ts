import { AwsError, invalid } from './aws-error.js';
import { type EmulatedModel, MODELS } from './models.js';

export const REGION = 'eu-central-1';
const ACCOUNT = '111122223333';

export interface Profile {
  type: 'SYSTEM_DEFINED' | 'APPLICATION';
  id: string;
  arn: string;
  name: string;
  description: string;
  /** ARNs of the foundation model in each region that may serve the profile. */
  modelArns: string[];
}

export const modelArn = (region: string, id: string): string =>
  `arn:aws:bedrock:${region}::foundation-model/${id}`;
const bare = (idOrArn: string): string => idOrArn.replace(/^arn:.*\//, '');
const PREFIX = /^(eu|global)\./;

/** The models and profiles of the region. Lifecycle follows the clock; an ended model leaves the lists, as on AWS. */
export class EmulatedCatalogue {
  private models = new Map<string, EmulatedModel>();

  constructor(readonly now: () => Date) {
    this.reset();
  }

  reset(): void {
    this.models = new Map(MODELS.map((model) => [model.id, structuredClone(model)]));
  }

  all(): EmulatedModel[] {
    return [...this.models.values()];
  }

  listed(): EmulatedModel[] {
    return this.all().filter((model) => !this.hasEnded(model));
  }

  put(model: EmulatedModel): void {
    this.models.set(model.id, model);
  }

  remove(id: string): void {
    this.models.delete(id);
  }

  /** By bare id, profile id or the ARN of either. */
  find(idOrArn: string): EmulatedModel | undefined {
    const id = bare(idOrArn);
    const byProfile = this.all().find(({ applicationProfiles }) => applicationProfiles?.includes(id));
    return byProfile ?? this.models.get(id.replace(PREFIX, ''));
  }

  statusOf({ lifecycle }: EmulatedModel): 'ACTIVE' | 'LEGACY' {
    return this.isPast(lifecycle.legacyTime) ? 'LEGACY' : 'ACTIVE';
  }

  profiles(): Profile[] {
    return this.listed().flatMap((model) => profilesOf(model));
  }

  /**
   * The model that an invocation reaches.
   * @throws AwsError as Bedrock does for an id that is unknown, ended, or needs a profile
   */
  invoked(idOrArn: string): EmulatedModel {
    const id = bare(idOrArn);
    const model = this.find(id);
    if (!model) throw invalid('The provided model identifier is invalid.');
    if (this.hasEnded(model)) throw endOfLife();
    const isProfile = PREFIX.test(id) || model.applicationProfiles?.includes(id);
    if (isProfile && !profilesOf(model).some((profile) => profile.id === id))
      throw invalid('The provided model identifier is invalid.');
    if (!isProfile && model.destinations !== null)
      throw invalid(
        `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
      );
    return model;
  }

  /** @throws AwsError for an id that is unknown or ended; a bare id is good enough here */
  described(idOrArn: string): EmulatedModel {
    const model = this.find(idOrArn);
    if (!model) throw invalid('The provided model identifier is invalid.');
    if (this.hasEnded(model)) throw endOfLife();
    return model;
  }

  private hasEnded({ lifecycle }: EmulatedModel): boolean {
    return this.isPast(lifecycle.endOfLifeTime);
  }

  private isPast(time: string | undefined): boolean {
    return time !== undefined && Date.parse(time) <= this.now().getTime();
  }
}

const endOfLife = (): AwsError =>
  new AwsError('ResourceNotFoundException', {
    message:
      'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
  });

function profilesOf(model: EmulatedModel): Profile[] {
  if (model.destinations === null) return [];
  const eu = profile('eu', model, model.destinations);
  const own = (model.applicationProfiles ?? []).map((id) => applicationProfile(id, eu));
  // A global profile names no region beside the caller's: the empty one stands for all others.
  return model.hasGlobalProfile ? [eu, profile('global', model, ['', REGION]), ...own] : [eu, ...own];
}

/** Copies a profile of AWS into the account, as customers do to separate costs. */
const applicationProfile = (id: string, { name, modelArns }: Profile): Profile => ({
  type: 'APPLICATION',
  id,
  arn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:application-inference-profile/${id}`,
  name: `${name} of a clinic`,
  description: 'Separates the costs of a clinic.',
  modelArns,
});

function profile(prefix: 'eu' | 'global', model: EmulatedModel, regions: string[]): Profile {
  const id = `${prefix}.${model.id}`;
  const scope = prefix === 'eu' ? 'EU' : 'Global';
  return {
    type: 'SYSTEM_DEFINED',
    id,
    arn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${id}`,
    name: `${scope} ${model.name}`,
    description: `Routes requests to ${model.name} in: ${regions.filter(Boolean).join(', ')}.`,
    modelArns: regions.map((region) => modelArn(region, model.id)),
  };
}
