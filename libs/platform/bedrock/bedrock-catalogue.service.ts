import {
  type FoundationModelDetails,
  type FoundationModelLifecycle,
  type FoundationModelSummary,
  GetFoundationModelCommand,
  GetGuardrailCommand,
  GetInferenceProfileCommand,
  type InferenceProfileSummary,
  type InferenceProfileType,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock';
import { Injectable } from '@nestjs/common';
import { BedrockClients } from './bedrock-clients.js';
import { BedrockError } from './bedrock-error.js';
import { type CallLimits, guarded } from './call-deadline.js';
import type { AppliedGuardrail } from './converse-request.js';

/** A foundation model as Bedrock describes it. Prices, context window and maximum output are not among it. */
export interface FoundationModel {
  id: string;
  name: string;
  provider: string;
  inputModalities: string[];
  outputModalities: string[];
  streaming: boolean;
  /** `ON_DEMAND`, `PROVISIONED`, `INFERENCE_PROFILE`. */
  inferenceTypes: string[];
  lifecycle: {
    status: string;
    startsAt: Date | null;
    legacyAt: Date | null;
    extendedAccessAt: Date | null;
    endOfLifeAt: Date | null;
  };
}

export interface InferenceProfile {
  /** Id to invoke: the ARN of an application inference profile, the id of any other. */
  id: string;
  name: string;
  status: string;
  /** Regions that may process a prompt. `unspecified` is any region: a global profile. */
  destinations: string[];
  foundationModelIds: string[];
}

/** Complete offering of Bedrock in our region. */
export interface BedrockOffering {
  region: string;
  models: FoundationModel[];
  profiles: InferenceProfile[];
}

/** Time in which both lists must be complete. */
const OFFERING_TIMEOUT_MS = 20_000;
/** Names of the errors for a guardrail, or a version of it, that does not exist. */
const GUARDRAIL_MISSING = new Set(['ResourceNotFoundException', 'ValidationException']);
const PAGE_SIZE = 100;
/** Ten times what any account has; a token that leads in circles ends here. */
const MAX_PAGES = 50;

/** Reads what Bedrock offers in our region. */
@Injectable()
export class BedrockCatalogueService {
  constructor(private readonly clients: BedrockClients) {}

  /** Lists models and profiles: both, or neither. @throws BedrockError */
  async listOffering(): Promise<BedrockOffering> {
    const other = new AbortController();
    const limits = { deadlineMs: OFFERING_TIMEOUT_MS, signal: other.signal };
    try {
      const [models, profiles] = await Promise.all([this.listModels(limits), this.listProfiles(limits)]);
      return { region: this.clients.region, models, profiles };
    } finally {
      other.abort();
    }
  }

  /** All that are not ended. @throws BedrockError */
  async listModels(limits: CallLimits): Promise<FoundationModel[]> {
    const { modelSummaries = [] } = await guarded(null, limits, (abortSignal) =>
      this.clients.control.send(new ListFoundationModelsCommand({}), { abortSignal }),
    );
    return modelSummaries.map(modelOf);
  }

  /** By its bare id. @throws BedrockError */
  async getModel(id: string, limits: CallLimits): Promise<FoundationModel> {
    const command = new GetFoundationModelCommand({ modelIdentifier: id });
    const { modelDetails } = await guarded(id, limits, (abortSignal) =>
      this.clients.control.send(command, { abortSignal }),
    );
    return modelOf(modelDetails!);
  }

  /** Those of AWS and of our account, all pages, within one deadline. @throws BedrockError */
  async listProfiles(limits: CallLimits): Promise<InferenceProfile[]> {
    return guarded(null, limits, async (abortSignal) => [
      ...(await this.profilesOfType('SYSTEM_DEFINED', abortSignal)),
      ...(await this.profilesOfType('APPLICATION', abortSignal)),
    ]);
  }

  private async profilesOfType(
    typeEquals: InferenceProfileType,
    abortSignal: AbortSignal,
  ): Promise<InferenceProfile[]> {
    const profiles: InferenceProfile[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const command = new ListInferenceProfilesCommand({ maxResults: PAGE_SIZE, typeEquals, nextToken });
      const answer = await this.clients.control.send(command, { abortSignal });
      profiles.push(...(answer.inferenceProfileSummaries ?? []).map(profileOf));
      nextToken = answer.nextToken;
      if (nextToken === undefined) return profiles;
    }
    throw tooManyPages();
  }

  /** @returns false: there is no such guardrail or version. @throws BedrockError if it cannot be read */
  async hasGuardrail({ id, version }: AppliedGuardrail, limits: CallLimits): Promise<boolean> {
    const command = new GetGuardrailCommand({ guardrailIdentifier: id, guardrailVersion: version });
    try {
      await guarded(null, limits, (abortSignal) => this.clients.control.send(command, { abortSignal }));
      return true;
    } catch (error) {
      if (error instanceof BedrockError && GUARDRAIL_MISSING.has(error.awsName)) return false;
      throw error;
    }
  }

  /** @throws BedrockError */
  async getProfile(id: string, limits: CallLimits): Promise<InferenceProfile> {
    const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: id });
    return profileOf(
      await guarded(id, limits, (abortSignal) => this.clients.control.send(command, { abortSignal })),
    );
  }
}

/** Half a list must never pass for the whole: whatever is missing would be taken for ended. */
const tooManyPages = () =>
  new BedrockError(`The list of inference profiles did not end within ${MAX_PAGES} pages.`, {
    kind: 'unavailable',
    awsName: 'TooManyPages',
    modelId: null,
    textShown: false,
  });

const modelOf = (model: FoundationModelSummary | FoundationModelDetails): FoundationModel => ({
  id: model.modelId!,
  name: model.modelName ?? model.modelId!,
  provider: model.providerName ?? '',
  inputModalities: model.inputModalities ?? [],
  outputModalities: model.outputModalities ?? [],
  streaming: model.responseStreamingSupported ?? false,
  inferenceTypes: model.inferenceTypesSupported ?? [],
  lifecycle: lifecycleOf(model.modelLifecycle),
});

const lifecycleOf = (lifecycle: FoundationModelLifecycle | undefined): FoundationModel['lifecycle'] => ({
  status: lifecycle?.status ?? 'ACTIVE',
  startsAt: lifecycle?.startOfLifeTime ?? null,
  legacyAt: lifecycle?.legacyTime ?? null,
  extendedAccessAt: lifecycle?.publicExtendedAccessTime ?? null,
  endOfLifeAt: lifecycle?.endOfLifeTime ?? null,
});

type ProfileAnswer = Pick<
  InferenceProfileSummary,
  'inferenceProfileArn' | 'inferenceProfileId' | 'inferenceProfileName' | 'status' | 'models' | 'type'
>;

function profileOf(profile: ProfileAnswer): InferenceProfile {
  const arns = (profile.models ?? []).map(({ modelArn = '' }) => modelArn);
  return {
    id: profile.type === 'APPLICATION' ? profile.inferenceProfileArn! : profile.inferenceProfileId!,
    name: profile.inferenceProfileName ?? profile.inferenceProfileId!,
    status: profile.status ?? 'ACTIVE',
    destinations: unique(arns.map((arn) => arn.split(':')[3] || 'unspecified')),
    foundationModelIds: unique(arns.map((arn) => arn.slice(arn.indexOf('/') + 1))),
  };
}

const unique = (values: string[]): string[] => [...new Set(values)];
