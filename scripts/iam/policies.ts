import type { CataloguedModel } from './seeded-models.js';
import {
  denials,
  destinationsOf,
  guardrailStatement,
  INVOKE,
  listStatement,
  modelArn,
  type PolicyDocument,
  priceListStatement,
  profileArn,
  type Reach,
  type Statement,
} from './statements.js';

/** IAM's limit for all inline policies of one role together; white space does not count. */
const INLINE_POLICY_LIMIT = 10_240;

/** Returns every generated file of `iam/` by its name. */
export function policyFiles(models: CataloguedModel[], reach: Reach): Record<string, PolicyDocument> {
  return {
    'bedrock-models-access.json': anyModelPolicy(reach),
    'bedrock-models-access.least-privilege.json': leastPrivilegePolicy(models, reach),
    'irsa-trust-policy.json': irsaTrustPolicy(),
  };
}

/** Every model that the region can reach, also one that is added to the catalogue tomorrow. */
function anyModelPolicy(reach: Reach): PolicyDocument {
  const { region, allowedRegions } = reach;
  return inlinePolicy([
    {
      Sid: 'EuropeanProfiles',
      Effect: 'Allow',
      Action: [...INVOKE, 'bedrock:GetInferenceProfile'],
      Resource: profileArn(region, 'eu.*'),
    },
    {
      Sid: 'ModelsBehindEuropeanProfiles',
      Effect: 'Allow',
      Action: INVOKE,
      Resource: allowedRegions.map((destination) => modelArn(destination, '*')),
      Condition: { ArnLike: { 'bedrock:InferenceProfileArn': profileArn(region, 'eu.*') } },
    },
    {
      Sid: 'ModelsOfTheRegion',
      Effect: 'Allow',
      Action: [...INVOKE, 'bedrock:CountTokens', 'bedrock:GetFoundationModel'],
      Resource: modelArn(region, '*'),
    },
    ...rest(reach),
  ]);
}

/** Only the models that may be selected, each only in its own regions and only through its own profile. */
function leastPrivilegePolicy(models: CataloguedModel[], reach: Reach): PolicyDocument {
  const { region } = reach;
  const selectable = models.filter((model) => isSelectable(model, reach));
  const profiles = selectable.filter((model) => model.invoke_with === 'inference_profile');
  const direct = selectable.filter((model) => model.invoke_with === 'foundation_model');
  const statements: Statement[] = [
    {
      Sid: 'SelectableProfiles',
      Effect: 'Allow',
      Action: [...INVOKE, 'bedrock:GetInferenceProfile'],
      Resource: profiles.map((model) => profileArn(region, model.model_id)),
    },
    ...profiles.map((model) => behindProfile(model, reach)),
    {
      Sid: 'SelectableModelsOfTheRegion',
      Effect: 'Allow',
      Action: INVOKE,
      Resource: direct.map((model) => modelArn(region, model.foundation_model_id)),
    },
    {
      Sid: 'LookAtSelectableModels',
      Effect: 'Allow',
      Action: ['bedrock:CountTokens', 'bedrock:GetFoundationModel'],
      Resource: selectable.map((model) => modelArn(region, model.foundation_model_id)),
    },
  ];
  // IAM refuses a statement without resources.
  return inlinePolicy([...statements.filter(({ Resource }) => Resource?.length !== 0), ...rest(reach)]);
}

/**
 * Checks only whether the model can be invoked. Selectability needs more (price, health, end of life), which does not
 * affect rights.
 */
function isSelectable(model: CataloguedModel, reach: Reach): boolean {
  const destinations = destinationsOf(model, reach);
  if (!model.is_available || destinations === null) return false;
  return destinations.every((region) => reach.allowedRegions.includes(region));
}

function behindProfile(model: CataloguedModel, reach: Reach): Statement {
  const destinations = destinationsOf(model, reach) ?? [];
  return {
    Sid: `Behind${model.model_id
      .split(/[^A-Za-z0-9]+/)
      .map(capitalised)
      .join('')}`,
    Effect: 'Allow',
    Action: INVOKE,
    Resource: destinations.map((region) => modelArn(region, model.foundation_model_id)),
    Condition: { ArnLike: { 'bedrock:InferenceProfileArn': profileArn(reach.region, model.model_id) } },
  };
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const rest = (reach: Reach): Statement[] => [
  listStatement(reach),
  guardrailStatement(reach),
  priceListStatement(),
  ...denials(reach),
];

function inlinePolicy(statements: Statement[]): PolicyDocument {
  const policy: PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const size = JSON.stringify(policy).length;
  if (size <= INLINE_POLICY_LIMIT) return policy;
  throw new Error(
    `The policy has ${size} characters; IAM takes ${INLINE_POLICY_LIMIT} inline in a role. ` +
      'Approve fewer models, or use the policy for any model.',
  );
}

/** A template: the setup script fills in what is in angle brackets, which IAM would refuse. */
const irsaTrustPolicy = (): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ServiceAccountOfTheOrchestrator',
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::<ACCOUNT_ID>:oidc-provider/<OIDC_PROVIDER>' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          '<OIDC_PROVIDER>:aud': 'sts.amazonaws.com',
          '<OIDC_PROVIDER>:sub': 'system:serviceaccount:<NAMESPACE>:<SERVICE_ACCOUNT>',
        },
      },
    },
  ],
});
