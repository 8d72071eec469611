import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aws-deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Stands for the AWS CLI: writes down what it is asked, has the outputs of a stack, and fails at what matches FAILS_AT. */
const AWS = `#!/usr/bin/env bash
echo "$*" >>"$RECORD"
if echo "$*" | grep -qE -- "$FAILS_AT"; then exit 1; fi
case "$*" in
  *get-template*) echo 'the template of the stack' ;;
  *OutputKey*) echo "$*" | sed -E "s/.*OutputKey=='([A-Za-z]+)'.*/the-\\1/" ;;
  *run-task*) echo arn:aws:ecs:eu-central-1:111122223333:task/cluster/the-task ;;
  *exitCode*) echo "$EXIT_CODE" ;;
  *stoppedReason*) echo 'Essential container in task exited' ;;
  *get-log-events*) echo 'the log of the migrations' ;;
esac
`;

function deploy(args: string[], { failsAt = '^$', exitCode = '0' } = {}) {
  const record = join(folder, 'asked');
  writeFileSync(record, '');
  writeFileSync(join(folder, 'aws'), AWS, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync('bash', [join(checkout, 'aws', 'deploy.sh'), ...args], {
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      TMPDIR: folder,
      RECORD: record,
      FAILS_AT: failsAt,
      EXIT_CODE: exitCode,
    },
    encoding: 'utf8',
  });
  const asked = readFileSync(record, 'utf8').trim().split('\n');
  const steps = asked.filter((line) => !line.includes('describe-stacks'));
  return {
    status,
    stdout,
    stderr,
    steps: steps.map((line) =>
      line
        .replace(`${checkout}/`, '')
        .replaceAll(folder, '')
        .replace(/\/tmp\.\w+/, 'present')
        .replace(/ --(capabilities|query|output) .*?(?= --[a-z]|$)/g, ''),
    ),
  };
}

const GIVEN = ['SecretArn=arn:secret', 'VpcId=vpc-1'];
const migrations = [
  'ecs run-task --cluster the-Cluster --launch-type FARGATE --task-definition the-MigrationTask --network-configuration the-Network',
  'ecs wait tasks-stopped --cluster the-Cluster --tasks arn:aws:ecs:eu-central-1:111122223333:task/cluster/the-task',
  'ecs describe-tasks --cluster the-Cluster --tasks arn:aws:ecs:eu-central-1:111122223333:task/cluster/the-task',
];
const applied = (template: string, ...parameters: string[]) =>
  `cloudformation deploy --stack-name orchestrator --template-file ${template} --no-fail-on-empty-changeset --parameter-overrides ${parameters.join(' ')}`;

it('an installation makes everything but the service, migrates, then makes the service', () => {
  const { status, stdout, steps } = deploy(['orchestrator', 'image:1', ...GIVEN], {
    failsAt: 'describe-stacks --stack-name orchestrator$',
  });
  expect(steps).toEqual([
    applied('aws/fargate.yaml', 'MigrationImage=image:1', ...GIVEN),
    ...migrations,
    applied('aws/fargate.yaml', 'MigrationImage=image:1', 'Image=image:1', ...GIVEN),
  ]);
  expect([status, stdout.split('\n').at(-2)]).toEqual([0, 'Ready: the-Address']);
});

it('an upgrade migrates with the template that the service runs on, and then changes the service', () => {
  const { status, steps } = deploy(['orchestrator', 'image:2', 'Cpu=512']);
  expect(status).toBe(0);
  expect(steps).toEqual([
    'cloudformation get-template --stack-name orchestrator',
    applied('present.yaml', 'MigrationImage=image:2'),
    ...migrations,
    applied('aws/fargate.yaml', 'MigrationImage=image:2', 'Image=image:2', 'Cpu=512'),
  ]);
});

it('nothing is rolled out when the migrations fail, and their log is shown', () => {
  const { status, stderr, steps } = deploy(['orchestrator', 'image:2'], { exitCode: '1' });
  expect(status).toBe(1);
  expect(steps.at(-1)).toBe(
    'logs get-log-events --log-group-name the-LogGroup --log-stream-name task/migrate/the-task',
  );
  expect(stderr).toContain('the log of the migrations');
  expect(stderr).toContain('The migrations ended with exit code 1: nothing was rolled out.');
});

it('a task of which nothing could be started is an error, with the reason of AWS', () => {
  const { status, stderr } = deploy(['orchestrator', 'image:2'], {
    exitCode: 'None',
    failsAt: 'get-log-events',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Essential container in task exited');
});

it.each([
  ['cloudformation get-template', 1],
  ['parameter-overrides', 2],
  ['run-task', 3],
  ['wait tasks-stopped', 4],
])('it stops where "%s" fails', (failsAt, asked) => {
  const { status, steps } = deploy(['orchestrator', 'image:2'], { failsAt });
  expect(status).not.toBe(0);
  expect(steps).toHaveLength(asked);
});

it('without a stack or an image it says what it needs', () => {
  for (const args of [[], ['orchestrator']]) {
    const { status, stderr } = deploy(args);
    expect(status).not.toBe(0);
    expect(stderr).toContain('usage: aws/deploy.sh STACK IMAGE');
  }
});
