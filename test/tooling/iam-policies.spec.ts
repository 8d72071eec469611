import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyFiles } from '../../scripts/iam/policies.js';
import type { CataloguedModel } from '../../scripts/iam/seeded-models.js';
import {
  ACCOUNT,
  type Check,
  committedPolicy,
  HOME,
  modelArn,
  type Policy,
  profileArn,
  regionBlockedByOrganization,
  SimulatedRole,
} from '../../tools/simulated-role.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const FILES = {
  any: committedPolicy('bedrock-models-access.json'),
  least: committedPolicy('bedrock-models-access.least-privilege.json'),
};
const role = { any: new SimulatedRole(FILES.any), least: new SimulatedRole(FILES.least) };
const ROLES = Object.entries(role);
const EVERYTHING: Policy = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }],
};

let environment: TestEnvironment;
let catalogue: CataloguedModel[];
let selectable: CataloguedModel[];
let others: CataloguedModel[];

beforeAll(async () => {
  environment = await createTestEnvironment();
  const columns = 'model_id, foundation_model_id, invoke_with, destination_regions, is_available';
  catalogue = (await environment.app.query(`SELECT ${columns} FROM bedrock_models ORDER BY ctid`)).rows;
  selectable = catalogue.filter((model) => model.is_available && model.invoke_with !== null);
  others = catalogue.filter((model) => !selectable.includes(model));
});
afterAll(() => environment.close());

const regions = () => environment.env.ALLOWED_REGIONS;
const destinationsOf = (model: CataloguedModel) => model.destination_regions ?? regions();

/** Permissions that AWS checks when a profile is invoked: the profile itself, and its model where each prompt may go. */
const throughProfile = (action: string, model: CataloguedModel, region = HOME): Check[] => {
  const profile = profileArn(model.model_id, region);
  const destinations = destinationsOf(model).map((destination) => ({
    action,
    resource: modelArn(destination, model.foundation_model_id),
    region: destination,
    profile,
  }));
  return [{ action, resource: profile, region, profile }, ...destinations];
};

/** Every call that the service makes for a model. */
function callsFor(model: CataloguedModel): Check[] {
  const atHome = (action: string, resource: string): Check => ({ action, resource, region: HOME });
  const bare = modelArn(HOME, model.foundation_model_id);
  const look = [atHome('bedrock:CountTokens', bare), atHome('bedrock:GetFoundationModel', bare)];
  if (model.invoke_with === 'foundation_model')
    return [...look, ...INVOKE.map((action) => atHome(action, bare))];
  return [
    ...look,
    ...INVOKE.flatMap((action) => throughProfile(action, model)),
    atHome('bedrock:GetInferenceProfile', profileArn(model.model_id)),
  ];
}

it('commits what the rows of a seeded database make: the reader of the seed misses nothing', () => {
  const reach = { region: environment.env.AWS_REGION, allowedRegions: regions() };
  expect(catalogue.length).toBeGreaterThan(30);
  for (const [name, policy] of Object.entries(policyFiles(catalogue, reach)))
    expect(committedPolicy(name), name).toEqual(policy);
});

it('has the six actions of the document and only what they lack', () => {
  const statements = FILES.any.Statement as { Effect: string; Action: string | string[] }[];
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  expect([...new Set(allowed)].sort()).toEqual([
    'bedrock:ApplyGuardrail',
    'bedrock:CountTokens',
    'bedrock:GetFoundationModel',
    'bedrock:GetGuardrail',
    'bedrock:GetInferenceProfile',
    'bedrock:InvokeModel',
    'bedrock:InvokeModelWithResponseStream',
    'bedrock:ListFoundationModels',
    'bedrock:ListInferenceProfiles',
    'pricing:GetProducts',
  ]);
});

describe('each call that the service makes is allowed', () => {
  it.each(ROLES)('for each selectable model in each of its regions (%s)', async (_, subject) => {
    expect(selectable).toHaveLength(8);
    for (const model of selectable)
      expect(await subject.refused(callsFor(model)), model.model_id).toEqual([]);
  });

  it('for each other model that can be invoked, and for one that is added tomorrow', async () => {
    const added: CataloguedModel = {
      model_id: 'eu.example.brand-new-v9:0',
      foundation_model_id: 'example.brand-new-v9:0',
      invoke_with: 'inference_profile',
      destination_regions: null,
      is_available: true,
    };
    const direct: CataloguedModel = {
      ...added,
      model_id: 'example.direct-v1:0',
      invoke_with: 'foundation_model',
    };
    const invokable = others.filter((model) => model.invoke_with !== null);
    expect(new Set(invokable.map((model) => model.invoke_with)).size).toBe(2);
    for (const model of [...invokable, added, direct])
      expect(await role.any.refused(callsFor(model)), model.model_id).toEqual([]);
  });

  it.each(ROLES)('for lists, guardrails and the price list (%s)', async (_, subject) => {
    const guardrail = `arn:aws:bedrock:${HOME}:${ACCOUNT}:guardrail/abc123`;
    const checks = [
      { action: 'bedrock:ListFoundationModels', resource: '*', region: HOME },
      { action: 'bedrock:ListInferenceProfiles', resource: '*', region: HOME },
      { action: 'bedrock:ApplyGuardrail', resource: guardrail, region: HOME },
      { action: 'bedrock:GetGuardrail', resource: guardrail, region: HOME },
      { action: 'pricing:GetProducts', resource: '*', region: 'eu-central-1' },
      { action: 'pricing:GetProducts', resource: '*', region: 'us-east-1' },
    ];
    expect(await subject.refused(checks)).toEqual([]);
  });
});

describe('what the role must not do is denied', () => {
  const SONNET = 'anthropic.claude-sonnet-4-6';
  const GLOBAL = profileArn(`global.${SONNET}`);
  const everywhere = Object.entries({
    ...role,
    'beside a policy that allows everything': new SimulatedRole(FILES.any, EVERYTHING),
  });

  it.each(everywhere)('a global profile, at each of its checks (%s)', async (_, subject) => {
    for (const action of INVOKE) {
      const profile = { action, resource: GLOBAL, region: HOME };
      const atHome = { action, resource: modelArn(HOME, SONNET), region: HOME, profile: GLOBAL };
      const routed = { ...atHome, resource: modelArn('', SONNET), region: 'unspecified' };
      const { profile: _unnamed, ...unnamed } = routed;
      expect(await subject.outcomeOf(profile)).toBe('ExplicitlyDenied');
      expect(await subject.outcomeOf(atHome)).toBe('ExplicitlyDenied');
      expect(subject.uncheckedOutcomeOf(routed)).toBe('ExplicitlyDenied');
      expect(subject.uncheckedOutcomeOf(unnamed)).toBe('ExplicitlyDenied');
      expect(subject.uncheckedOutcomeOf({ ...atHome, region: 'unspecified' })).toBe('ExplicitlyDenied');
    }
  });

  it.each(everywhere)('every action in another region (%s)', async (_, subject) => {
    for (const region of ['us-east-1', 'eu-west-2', 'eu-central-2', 'ap-southeast-2'])
      for (const model of selectable) {
        const checks: Check[] = [
          { action: 'bedrock:InvokeModel', resource: modelArn(region, model.foundation_model_id), region },
          {
            action: 'bedrock:InvokeModel',
            resource: modelArn(region, model.foundation_model_id),
            region,
            profile: profileArn(model.model_id),
          },
          { action: 'bedrock:ListFoundationModels', resource: '*', region },
        ];
        for (const check of checks) expect(await subject.outcomeOf(check)).toBe('ExplicitlyDenied');
      }
  });

  it.each(ROLES)(
    'a destination region without its profile, or from another source (%s)',
    async (_, subject) => {
      for (const model of selectable)
        for (const region of destinationsOf(model).filter((destination) => destination !== HOME)) {
          const resource = modelArn(region, model.foundation_model_id);
          const direct = { action: 'bedrock:InvokeModel', resource, region };
          expect(await subject.outcomeOf(direct)).toBe('ImplicitlyDenied');
          const [itsProfile, ...behind] = throughProfile('bedrock:InvokeModel', model, region);
          expect(await subject.refused([itsProfile!, ...behind])).toContain(itsProfile);
        }
    },
  );

  it.each(ROLES)('other actions (%s)', async (_, subject) => {
    const model = modelArn(HOME, SONNET);
    const checks = [
      ['bedrock:CreateModelCustomizationJob', model],
      ['bedrock:CreateInferenceProfile', profileArn(`eu.${SONNET}`)],
      [
        'bedrock:DeleteInferenceProfile',
        `arn:aws:bedrock:${HOME}:${ACCOUNT}:application-inference-profile/a`,
      ],
      ['bedrock:PutModelInvocationLoggingConfiguration', '*'],
      ['bedrock:GetModelInvocationLoggingConfiguration', '*'],
      ['bedrock:PutUseCaseForModelAccess', '*'],
      ['bedrock:DeleteGuardrail', `arn:aws:bedrock:${HOME}:${ACCOUNT}:guardrail/abc123`],
      ['bedrock:CallWithBearerToken', '*'],
      ['aws-marketplace:Subscribe', '*'],
      ['iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/medzen-bedrock-lambda`],
      ['s3:ListAllMyBuckets', '*'],
    ] as const;
    for (const [action, resource] of checks)
      expect(await subject.outcomeOf({ action, resource, region: HOME }), action).toBe('ImplicitlyDenied');
  });

  it('every model that is not selectable, and every profile for another model, by the least-privilege policy', async () => {
    expect(others.length).toBeGreaterThan(20);
    for (const model of others)
      for (const check of callsFor(model))
        expect(await role.least.outcomeOf(check), `${check.action} ${check.resource}`).toBe(
          'ImplicitlyDenied',
        );
    const [nova, sonnet] = [selectable[0]!, selectable.find(({ model_id }) => model_id.endsWith(SONNET))!];
    const mixed = throughProfile('bedrock:InvokeModel', {
      ...nova,
      foundation_model_id: sonnet.foundation_model_id,
    });
    expect(await role.least.refused(mixed)).toEqual(mixed.slice(1));
  });
});

it.each(ROLES)(
  'one region that an organization blocks refuses the calls that may go there (%s)',
  async (_, subject) => {
    const blocked = subject.under(regionBlockedByOrganization('eu-south-1'));
    for (const model of selectable) {
      const refused = await blocked.refused(callsFor(model));
      const reachesIt = destinationsOf(model).includes('eu-south-1');
      expect(new Set(refused.map(({ region }) => region)), model.model_id).toEqual(
        new Set(reachesIt ? ['eu-south-1'] : []),
      );
    }
  },
);
