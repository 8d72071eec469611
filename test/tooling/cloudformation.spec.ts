import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkout } from '../../scripts/embedded/checkout.js';

const TEMPLATE = readFileSync(join(checkout, 'aws/fargate.yaml'), 'utf8');

/** Faults by what is written for what, and what the check says of each. */
const FAULTS: Record<string, [from: string, to: string, complaint: string]> = {
  'an unknown resource': [
    'Type: AWS::ECS::Cluster',
    'Type: AWS::ECS::Clusters',
    'no resource AWS::ECS::Clusters',
  ],
  'an unknown property': ['PropagateTags:', 'PropagateTag:', 'Service: there is no property PropagateTag'],
  'an unknown property deep inside': [
    '{ Enable: true, Rollback: true }',
    '{ Enable: true, Rollback: true, Retry: 1 }',
    'DeploymentCircuitBreaker: there is no property Retry',
  ],
  'an unknown field of a resource': [
    'DependsOn: [ApiPaths',
    'DependOn: [ApiPaths',
    'there is no field DependOn',
  ],
  'a missing property': [
    '      GroupDescription: Redis for the tasks only\n',
    '',
    'GroupDescription is missing',
  ],
  'a missing property deep inside': [
    '{ StatusCode: "404" }',
    '{ MessageBody: none }',
    'StatusCode is missing',
  ],
  'a list that is none': [
    'Subnets: !Ref SubnetIds\n      SecurityGroups',
    'Subnets: one\n      SecurityGroups',
    'LoadBalancer.Subnets: should be a list',
  ],
  'an object that is none': [
    '{ Capabilities: { Drop: [ALL] } }',
    'none',
    'LinuxParameters: should be an object',
  ],
  'a number that is none': ['StopTimeout: 90', 'StopTimeout: soon', 'StopTimeout: should be an integer'],
  'a value that AWS does not know': [
    'LaunchType: FARGATE',
    'LaunchType: FARGET',
    'should be one of EC2, FARGATE, EXTERNAL',
  ],
  'a dangling !Ref': ['!Ref TargetGroup }', '!Ref TargetGroups }', 'there is no reference TargetGroups'],
  'a dangling !GetAtt': [
    '!GetAtt TaskRole.Arn',
    '!GetAtt TaskRole.Arm',
    'there is no attribute TaskRole.Arm',
  ],
  'a dangling name in a !Sub': [
    'Redis.PrimaryEndPoint.Address',
    'Redis.Primary.Address',
    'there is no attribute Redis.Primary.Address',
  ],
  'a dangling condition': ['Condition: HasImage', 'Condition: HasImages', 'there is no condition HasImages'],
  'a dangling DependsOn': ['[ApiPaths, PagePaths]', '[ApiPath, PagePaths]', 'there is no resource ApiPath'],
  'a parameter that nothing uses': ['Cpu: !Ref Cpu', 'Cpu: "256"', 'Cpu: nothing uses it'],
  'a key twice': [
    'DesiredCount: !Ref DesiredCount',
    'DesiredCount: 1\n      DesiredCount: 2',
    'Map keys must be unique',
  ],
  'an alias': ['LogConfiguration:\n', 'LogConfiguration: &log\n', 'no anchors and aliases'],
  'a secret as it is': [
    '{ Name: PORT, Value: "3000" }',
    '{ Name: SUPABASE_SERVICE_KEY, Value: "3000" }',
    'Task, api: not so: has secrets as references only',
  ],
  'a whole secret': [':AUDIT_SIGNING_KEY::', '', 'Task, worker: not so: names a key of a secret'],
  'logs for ever': [
    'RetentionInDays: !Ref LogRetentionDays',
    'LogGroupClass: STANDARD',
    'Logs: not so: forgets logs',
  ],
  'a listener without TLS': [
    'Protocol: HTTPS',
    'Protocol: HTTP',
    'Listener: not so: speaks TLS 1.2 or newer',
  ],
  'a role for everything': [
    'Resource: !Ref SecretArn',
    'Resource: "*"',
    'ExecutionRole: not so: allows on * only',
  ],
  'an early SIGKILL': ['StopTimeout: 90', 'StopTimeout: 30', 'not so: is not killed before its work is done'],
  'a restart for an outage of PostgreSQL': ['3000/livez', '3000/readyz', 'not so: is checked for life'],
  'a Redis that forgets jobs': [
    'maxmemory-policy: noeviction',
    'maxmemory-policy: allkeys-lru',
    'deletes nothing when it is full',
  ],
  'a deployment that stays broken': [
    'Rollback: true',
    'Rollback: false',
    'Service: not so: takes back a deployment',
  ],
};

/** Runs the check without cfn-lint, which is not everywhere. */
function check(...paths: string[]) {
  const { status, stdout } = spawnSync(process.execPath, ['tools/check-cloudformation.mjs', ...paths], {
    cwd: checkout,
    encoding: 'utf8',
    env: { PATH: '' },
  });
  return { status, stdout };
}

interface Named {
  Name: string;
}
interface Container extends Named {
  Command: string[];
  Environment: (Named | (string | Named)[])[];
  Secrets: Named[];
}

describe('the template', () => {
  // Without the tags, which its parser does not know: `!Ref Logs` is "Logs".
  const { Resources } = parse(TEMPLATE, { logLevel: 'silent' });
  const containers: Container[] = [Resources.MigrationTask, Resources.Task].flatMap(
    ({ Properties }) => Properties.ContainerDefinitions,
  );
  const given = ({ Environment }: Container) =>
    Environment.flat().flatMap((setting) => (typeof setting === 'string' ? [] : [setting.Name]));
  const secret = ({ Secrets }: Container) => Secrets.map(({ Name }) => Name);

  it.each(containers.map((each) => [each.Name, each] as const))(
    '%s: a program that is built, with settings that it knows',
    (_, each) => {
      expect(existsSync(join(checkout, each.Command[0]!))).toBe(true);
      const documented = readFileSync(join(checkout, '.env.example'), 'utf8');
      const unknown = [...given(each), ...secret(each)].filter((name) => !documented.includes(`${name}=`));
      expect(unknown).toEqual([]);
    },
  );

  it('gives the rights of the owner to the migrations only, and the signing key to the worker only', () => {
    const having = (name: string) =>
      containers.filter((each) => secret(each).includes(name)).map(({ Name }) => Name);
    expect(having('MIGRATION_DATABASE_URL')).toEqual(['migrate']);
    expect(having('AUDIT_SIGNING_KEY')).toEqual(['worker']);
  });

  it('takes the keys of the secret that the guide makes', () => {
    const guide = readFileSync(join(checkout, 'docs/smallest-install.md'), 'utf8');
    const made = [...guide.matchAll(/^ *"([A-Z_]+)": /gm)].map(([, name]) => name!);
    expect(made.toSorted()).toEqual([...new Set(containers.flatMap(secret))].toSorted());
  });

  it.each(
    Object.entries({
      'the load balancer': [Resources.ApiPaths, Resources.PagePaths].flatMap(
        ({ Properties }) => Properties.Conditions[0].PathPatternConfig.Values as string[],
      ),
      Caddy: /@clients path (.*)/
        .exec(readFileSync(join(checkout, 'docker/smallest/Caddyfile'), 'utf8'))![1]!
        .split(' '),
    }),
  )('%s forwards what the ingress of Kubernetes forwards, and nothing of the inside', (_, patterns) => {
    const forwards = (path: string) => patterns.some((pattern) => matchesGlob(path, pattern));
    const ingress = parse(readFileSync(join(checkout, 'k8s/base/ingress.yaml'), 'utf8'));
    const paths: string[] = ingress.spec.rules[0].http.paths.flatMap(
      ({ path, pathType }: { path: string; pathType: string }) =>
        pathType === 'Exact' ? [path] : [`${path}/something`],
    );
    expect([...paths, '/orchestrate', '/console', '/docs'].filter((path) => !forwards(path))).toEqual([]);
    const inside = ['/metrics', '/livez', '/readyz', '/queues', '/queues/api/queues', '/'];
    expect(inside.filter(forwards)).toEqual([]);
  });
});

/** `*` is anything, slashes too. */
const matchesGlob = (path: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(path);

describe('the check of CloudFormation templates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudformation-'));
  const pathOf = (title: string) => join(folder, `${title.replaceAll(/\W/g, '-')}.yaml`);
  let said: string;
  beforeAll(() => {
    for (const [title, [from, to]] of Object.entries(FAULTS)) {
      expect(TEMPLATE, title).toContain(from);
      writeFileSync(
        pathOf(title),
        TEMPLATE.replace(from, () => to),
      );
    }
    const { status, stdout } = check(...Object.keys(FAULTS).map(pathOf));
    expect(status).toBe(1);
    said = stdout;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(FAULTS))('refuses %s', (title, [, , complaint]) => {
    const lines = said.split('\n').filter((line) => line.startsWith(`${pathOf(title)}: `));
    expect(lines.join('\n')).toContain(complaint);
  });

  it('finds nothing in ours', () => {
    expect(check()).toEqual({ status: 0, stdout: expect.stringContaining('aws/fargate.yaml: valid') });
  });
});
