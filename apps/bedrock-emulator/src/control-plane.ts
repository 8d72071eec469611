import { AwsError, invalid } from './aws-error.js';
import { type EmulatedCatalogue, modelArn, type Profile, REGION } from './emulated-catalogue.js';
import { guardrailView } from './guardrails.js';
import type { EmulatedModel, Lifecycle } from './models.js';
import type { Target } from './operations.js';

/** Smaller than the number of profiles, so that a client that ignores the next page fails. */
const PAGE_SIZE = 10;
const CREATED_AT = '2025-01-01T00:00:00Z';

/** Answers the control plane. @throws AwsError */
export function controlAnswer(catalogue: EmulatedCatalogue, target: Target): unknown {
  if (target.operation === 'ListFoundationModels') return listModels(catalogue, target.query);
  if (target.operation === 'ListInferenceProfiles') return listProfiles(catalogue, target.query);
  if (target.operation === 'GetGuardrail')
    return guardrailView(target.modelId!, target.query.get('guardrailVersion') ?? 'DRAFT');
  if (target.operation === 'GetInferenceProfile')
    return profileView(foundProfile(catalogue, target.modelId!));
  if (/^(eu|global)\./.test(target.modelId!)) throw invalid('The provided model identifier is invalid.');
  return { modelDetails: modelView(catalogue, catalogue.described(target.modelId!)) };
}

function listModels(catalogue: EmulatedCatalogue, query: URLSearchParams): unknown {
  const provider = query.get('byProvider')?.toLowerCase();
  const inferenceType = query.get('byInferenceType');
  const output = query.get('byOutputModality');
  const modelSummaries = catalogue
    .listed()
    .map((model) => modelView(catalogue, model))
    .filter(
      (model) =>
        (!provider || model.providerName.toLowerCase() === provider) &&
        (!inferenceType || model.inferenceTypesSupported.includes(inferenceType)) &&
        (!output || model.outputModalities.includes(output)),
    );
  return { modelSummaries };
}

function listProfiles(catalogue: EmulatedCatalogue, query: URLSearchParams): unknown {
  const size = query.has('maxResults') ? Number(query.get('maxResults')) : PAGE_SIZE;
  if (!Number.isInteger(size) || size < 1 || size > 1000)
    throw invalid('maxResults must be a number from 1 to 1000.');
  const wanted = query.get('type') ?? 'SYSTEM_DEFINED';
  const all = catalogue.profiles().filter(({ type }) => type === wanted);
  const from = startOf(query.get('nextToken'));
  const end = from + size;
  return {
    inferenceProfileSummaries: all.slice(from, end).map(profileView),
    ...(end < all.length ? { nextToken: Buffer.from(`at:${end}`).toString('base64url') } : {}),
  };
}

function startOf(token: string | null): number {
  if (token === null) return 0;
  const at = /^at:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (at === undefined) throw invalid('The pagination token is not valid.');
  return Number(at);
}

function foundProfile(catalogue: EmulatedCatalogue, idOrArn: string): Profile {
  const found = catalogue.profiles().find(({ id, arn }) => id === idOrArn || arn === idOrArn);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', {
    message: `Inference profile ${idOrArn} could not be found.`,
  });
}

const profileView = (profile: Profile) => ({
  inferenceProfileId: profile.id,
  inferenceProfileArn: profile.arn,
  inferenceProfileName: profile.name,
  description: profile.description,
  models: profile.modelArns.map((arn) => ({ modelArn: arn })),
  status: 'ACTIVE',
  type: profile.type,
  createdAt: CREATED_AT,
  updatedAt: CREATED_AT,
});

const modelView = (catalogue: EmulatedCatalogue, model: EmulatedModel) => ({
  modelArn: modelArn(REGION, model.id),
  modelId: model.id,
  modelName: model.name,
  providerName: model.provider,
  inputModalities: model.input as string[],
  outputModalities: ['TEXT'],
  responseStreamingSupported: true,
  customizationsSupported: [],
  inferenceTypesSupported: [model.destinations === null ? 'ON_DEMAND' : 'INFERENCE_PROFILE'],
  modelLifecycle: { status: catalogue.statusOf(model), ...instants(model.lifecycle) },
});

const instants = (lifecycle: Lifecycle) =>
  Object.fromEntries(
    Object.entries(lifecycle)
      .filter(([, time]) => time !== undefined)
      .map(([name, time]) => [name, new Date(time!).toISOString()]),
  );
