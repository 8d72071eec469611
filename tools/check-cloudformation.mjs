// Checks CloudFormation templates: each resource against AWS's own description of it (unknown and missing properties, types,
// values), every reference, and the promises about ours. Runs cfn-lint besides, where it is installed.
//   node tools/check-cloudformation.mjs [TEMPLATE...]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { attributesOf, checkResources } from './cloudformation-schema.mjs';
import { checkReferences, readTemplate } from './cloudformation-template.mjs';

const TEMPLATES = ['aws/fargate.yaml'];
/** Limit of `aws cloudformation deploy` without a bucket. */
const MAX_BYTES = 51_200;
/** Seconds that a program takes after its SIGTERM at most: SHUTDOWN_GRACE_SECONDS, and ten to close. Fargate waits 120 at most. */
const STOPS_WITHIN = 75 + 10;
const SECRET = /(^|_)(KEYS?|SECRET|PASSWORD|TOKEN)$|^(MIGRATION_)?DATABASE_URL$/;
const IS_PUBLIC = /PUBLIC_KEYS$/;

const ofType = ({ Resources }, type) =>
  Object.entries(Resources).filter(([, resource]) => resource.Type === type);
const propertiesOf = (resource) => resource.Properties ?? {};

function* containersOf(template) {
  for (const [task, resource] of ofType(template, 'AWS::ECS::TaskDefinition'))
    for (const container of propertiesOf(resource).ContainerDefinitions ?? [])
      yield [`${task}, ${container.Name}`, container];
}

const nameOfSetting = (setting) => setting.Name ?? setting['Fn::If']?.[1]?.Name ?? '';
const isPlainSecret = (setting) =>
  SECRET.test(nameOfSetting(setting)) && !IS_PUBLIC.test(nameOfSetting(setting));

function demandsOfContainer(container) {
  const {
    Environment = [],
    Secrets = [],
    LinuxParameters,
    HealthCheck,
    StopTimeout,
    LogConfiguration,
  } = container;
  return {
    'has secrets as references only': !Environment.some(isPlainSecret),
    'names a key of a secret': Secrets.every(({ ValueFrom }) =>
      /^\$\{\w+\}:\w+::$/.test(ValueFrom?.['Fn::Sub']),
    ),
    'has a read-only root': container.ReadonlyRootFilesystem === true,
    'drops all capabilities': String(LinuxParameters?.Capabilities?.Drop) === 'ALL',
    'writes its log to a group of the template':
      LogConfiguration?.Options?.['awslogs-group']?.Ref !== undefined,
    'is checked for life, not for readiness':
      !container.Essential || /\/livez$/.test(HealthCheck?.Command?.at(-1)),
    'is not killed before its work is done':
      !container.Essential || (StopTimeout >= STOPS_WITHIN && StopTimeout <= 120),
  };
}

const statementsOf = (document) => [document?.Statement ?? []].flat();
const isForAll = ({ Effect, Resource }) => Effect === 'Allow' && [Resource].flat().includes('*');
/** Actions of which IAM demands that they are allowed for `*`. */
const TAKE_NO_ARN = [
  ...['ecr:GetAuthorizationToken', 'bedrock:ListFoundationModels', 'bedrock:ListInferenceProfiles'],
  'pricing:GetProducts',
];

function demandsOfRole({ Policies = [], ManagedPolicyArns = [] }) {
  const statements = Policies.flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument));
  const everywhere = statements.filter(isForAll).flatMap(({ Action }) => Action);
  return {
    'allows on * only what takes no ARN': everywhere.every((action) => TAKE_NO_ARN.includes(action)),
    'has no policy of others': ManagedPolicyArns.length === 0,
  };
}

const demandsOfService = ({ DeploymentConfiguration: deployment = {} }) => ({
  'takes back a deployment that fails':
    String(deployment.DeploymentCircuitBreaker?.Enable) === 'true' &&
    String(deployment.DeploymentCircuitBreaker?.Rollback) === 'true',
  'serves until the new tasks are healthy': deployment.MinimumHealthyPercent >= 100,
});

const demandsOfListener = ({ Protocol, SslPolicy }) => ({
  'speaks TLS 1.2 or newer': Protocol === 'HTTPS' && /TLS13-1-[23]-/.test(SslPolicy),
});

const DEMANDS = {
  'AWS::Logs::LogGroup': ({ RetentionInDays }) => ({ 'forgets logs': RetentionInDays !== undefined }),
  'AWS::ElasticLoadBalancingV2::Listener': demandsOfListener,
  'AWS::ECS::Service': demandsOfService,
  'AWS::IAM::Role': demandsOfRole,
  'AWS::ElastiCache::ParameterGroup': ({ Properties }) => ({
    'deletes nothing when it is full': Properties?.['maxmemory-policy'] === 'noeviction',
  }),
  'AWS::ElastiCache::ReplicationGroup': (redis) => ({
    'speaks TLS': String(redis.TransitEncryptionEnabled) === 'true',
    'has its parameters': redis.CacheParameterGroupName?.Ref !== undefined,
  }),
};

function* checkPromises(template) {
  const unmet = (demands) => Object.keys(demands).filter((what) => !demands[what]);
  for (const [type, demandsOf] of Object.entries(DEMANDS))
    for (const [name, resource] of ofType(template, type))
      for (const what of unmet(demandsOf(propertiesOf(resource)))) yield `${name}: not so: ${what}`;
  for (const [name, container] of containersOf(template))
    for (const what of unmet(demandsOfContainer(container))) yield `${name}: not so: ${what}`;
}

function complaintsAbout(path) {
  const text = readFileSync(path, 'utf8');
  if (Buffer.byteLength(text) > MAX_BYTES) return [`has more than ${MAX_BYTES} bytes`];
  try {
    const template = readTemplate(text);
    return [
      ...checkResources(template),
      ...checkReferences(template, attributesOf),
      ...checkPromises(template),
    ];
  } catch (error) {
    return [error.message];
  }
}

const paths = process.argv.length > 2 ? process.argv.slice(2) : TEMPLATES;
const complaints = paths.flatMap((path) => complaintsAbout(path).map((complaint) => `${path}: ${complaint}`));
const { error, status, stdout } = spawnSync('cfn-lint', paths, { encoding: 'utf8' });
if (!error && status !== 0) complaints.push(stdout);
console.log(
  complaints.join('\n') ||
    `${paths.join(', ')}: valid${error ? '; cfn-lint is not installed and was not asked' : ', as cfn-lint says, too'}.`,
);
process.exitCode = complaints.length > 0 ? 1 : 0;
