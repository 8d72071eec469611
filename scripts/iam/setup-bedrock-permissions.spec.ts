import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const IAM = join(import.meta.dirname, '../../iam');
const SCRIPT = join(IAM, 'setup-bedrock-permissions.sh');
const ACCOUNT = '111122223333';
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE';
const GIVEN = readFileSync(join(IAM, 'bedrock-models-access.json'), 'utf8');
const parsed = (name: string) => JSON.parse(readFileSync(join(IAM, name), 'utf8'));

/** Stands for the AWS CLI: keeps roles and policies in a folder, notes its calls, and fails as the real one does. */
const AWS = `#!/usr/bin/env bash
command=$2
while [ $# -gt 0 ]; do
  case $1 in
    --role-name) role=$FAKE_AWS/$2 ;;
    --policy-name) policy=$role+$2 ;;
    --policy-document | --assume-role-policy-document) document=$2 ;;
  esac
  shift
done
fail() { echo "An error occurred ($1) when calling the operation: no details." >&2; exit 254; }
echo "$command" >>"$FAKE_AWS/calls"
case $command in
  get-caller-identity) echo ${ACCOUNT} ;;
  get-role)
    [ ! -e "$FAKE_AWS/denied" ] || fail AccessDenied
    [ -e "$role" ] || fail NoSuchEntity
    echo "arn:aws:iam::${ACCOUNT}:role/\${role##*/}" ;;
  create-role) echo "$document" >"$role" ;;
  get-role-policy)
    [ -e "$policy" ] || fail NoSuchEntity
    tr -d '[:space:]' <"$policy" ;;
  put-role-policy)
    [ ! -e "$FAKE_AWS/forgetful" ] || document='{}'
    echo "$document" >"$policy" ;;
esac
`;

let folder: string;
const inFolder = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fake aws '));
  mkdirSync(inFolder('bin'));
  for (const tool of ['bash', 'env', 'dirname', 'cat', 'tr'])
    symlinkSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), inFolder(`bin/${tool}`));
});
afterEach(() => rmSync(folder, { recursive: true }));

function installAws(...roles: string[]): void {
  writeFileSync(inFolder('bin/aws'), AWS, { mode: 0o755 });
  for (const role of roles) writeFileSync(inFolder(role), '{}');
}

/** With nothing in PATH but what the script may need. */
function setup(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(inFolder('bin/bash'), [SCRIPT, ...args], {
    env: { PATH: inFolder('bin'), FAKE_AWS: folder },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const applied = (role = 'medzen-bedrock-lambda', policy = 'bedrock-models-access') =>
  JSON.parse(readFileSync(inFolder(`${role}+${policy}`), 'utf8'));
const changes = () =>
  existsSync(inFolder('calls'))
    ? readFileSync(inFolder('calls'), 'utf8')
        .split('\n')
        .filter((call) => /^(put|create|update|delete)/.test(call))
    : [];

describe('--dry-run', () => {
  it('prints commands and policy as they can be pasted, without the AWS CLI', () => {
    const { status, stdout } = setup('--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain(
      `aws iam put-role-policy --role-name medzen-bedrock-lambda --policy-name bedrock-models-access --policy-document '${GIVEN.trim()}'`,
    );
    expect(stdout).toContain(
      'aws iam get-role-policy --role-name medzen-bedrock-lambda --policy-name bedrock-models-access',
    );
    expect(stdout).not.toContain('create-role');
  });

  it('changes nothing where the AWS CLI is there, and prints what a run then does', () => {
    installAws('medzen-bedrock-lambda');
    const { stdout } = setup('--dry-run', '--least-privilege');
    expect(changes()).toEqual([]);
    const pasted = spawnSync(inFolder('bin/bash'), ['-e'], {
      input: stdout,
      env: { PATH: inFolder('bin'), FAKE_AWS: folder },
      encoding: 'utf8',
    });
    expect(pasted).toMatchObject({ status: 0, stderr: '' });
    expect(applied()).toEqual(parsed('bedrock-models-access.least-privilege.json'));
  });

  it('names the account in every ARN that has one, and keeps global profiles denied in all', () => {
    for (const variant of [[], ['--least-privilege']]) {
      const { stdout } = setup('--dry-run', '--account-id', ACCOUNT, ...variant);
      const anyAccount = stdout.split('\n').filter((line) => line.includes(':*:'));
      expect(new Set(anyAccount.map((line) => line.trim().replace(/.*(arn:[^"]*).*/, '$1')))).toEqual(
        new Set(['arn:aws:bedrock:*:*:inference-profile/global.*']),
      );
      expect(stdout).toContain(`arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.`);
      expect(stdout).toContain(`arn:aws:bedrock:eu-central-1:${ACCOUNT}:guardrail/*`);
    }
  });
});

describe('with the AWS CLI', () => {
  it('puts the policy on the role, and does nothing the second time', () => {
    installAws('medzen-bedrock-lambda');
    expect(setup()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('✅') });
    expect(applied()).toEqual(JSON.parse(GIVEN));
    expect(setup()).toMatchObject({ status: 0, stdout: expect.stringContaining('in place already') });
    expect(changes()).toEqual(['put-role-policy']);
    expect(setup('--least-privilege').status).toBe(0);
    expect(applied()).toEqual(parsed('bedrock-models-access.least-privilege.json'));
  });

  it('takes another role, policy name and file', () => {
    installAws('my-role');
    writeFileSync(inFolder('my policy.json'), '{"Version":"2012-10-17","Statement":[]}');
    const names = ['--role-name', 'my-role', '--policy-name', 'mine'];
    expect(setup(...names, '--policy-file', inFolder('my policy.json')).status).toBe(0);
    expect(applied('my-role', 'mine')).toEqual({ Version: '2012-10-17', Statement: [] });
  });

  it('creates a missing role only with the option, with the trust policy for the service account', () => {
    installAws();
    expect(setup()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--create-role --account-id'),
    });
    expect(changes()).toEqual([]);

    const create = ['--create-role', '--account-id', ACCOUNT, '--oidc-provider', `https://${ISSUER}`];
    expect(setup(...create, '--namespace', 'ai', '--service-account', 'bedrock')).toMatchObject({
      status: 0,
    });
    const trust = readFileSync(inFolder('medzen-bedrock-lambda'), 'utf8');
    expect(JSON.parse(trust).Statement[0]).toMatchObject({
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}` },
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: 'system:serviceaccount:ai:bedrock',
        },
      },
    });
    expect(trust).not.toContain('<');
    expect(changes()).toEqual(['create-role', 'put-role-policy']);
  });

  it('leaves the trust of an existing role alone and prints how to replace it', () => {
    installAws('medzen-bedrock-lambda');
    const { status, stdout } = setup('--create-role', '--account-id', ACCOUNT, '--oidc-provider', ISSUER);
    expect(status).toBe(0);
    expect(stdout).toContain('aws iam update-assume-role-policy --role-name medzen-bedrock-lambda');
    expect(changes()).toEqual(['put-role-policy']);
  });
});

describe('says what is wrong and changes nothing', () => {
  it.each([
    ['an unknown option', ['--force'], 'Unknown option: --force'],
    ['a missing value', ['--role-name'], '--role-name needs a value'],
    ['an impossible role name', ['--role-name', 'a role;'], "--role-name is not usable: 'a role;'"],
    ['a short account', ['--account-id', '123'], '--account-id is not usable'],
    [
      'an issuer with other text',
      ['--oidc-provider', 'x&"y', '--create-role'],
      '--oidc-provider is not usable',
    ],
    ['a missing file', ['--policy-file', '/nowhere.json'], 'There is no policy file /nowhere.json'],
    ['an issuer for nothing', ['--oidc-provider', ISSUER], 'is for --create-role'],
    ['a trust policy without issuer', ['--create-role'], '--create-role needs --oidc-provider'],
    ['a trust policy without account', ['--create-role', '--oidc-provider', ISSUER], 'needs --account-id'],
  ])('%s', (_, args, message) => {
    installAws('medzen-bedrock-lambda');
    expect(setup(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
    expect(changes()).toEqual([]);
  });

  it('no AWS CLI', () => {
    expect(setup()).toMatchObject({ status: 1, stderr: expect.stringContaining('The AWS CLI is missing') });
  });

  it('credentials of another account', () => {
    installAws('medzen-bedrock-lambda');
    const answer = setup('--account-id', '999999999999');
    expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining(`for account ${ACCOUNT}`) });
    expect(changes()).toEqual([]);
  });

  it('a role that may not be read is not taken for a missing one', () => {
    installAws();
    writeFileSync(inFolder('denied'), '');
    const answer = setup('--create-role', '--account-id', ACCOUNT, '--oidc-provider', ISSUER);
    expect(answer).toMatchObject({ status: 1, stderr: expect.stringContaining('AccessDenied') });
    expect(changes()).toEqual([]);
  });

  it('a policy that reads back differently', () => {
    installAws('medzen-bedrock-lambda');
    writeFileSync(inFolder('forgetful'), '');
    writeFileSync(inFolder('bin/sleep'), '#!/usr/bin/env bash\n', { mode: 0o755 });
    expect(setup()).toMatchObject({ status: 1, stderr: expect.stringContaining('reads back differently') });
  });
});

/** Not every machine has it; it is no npm package. */
const CHECKER = 'shellcheck';
it.skipIf(spawnSync(CHECKER, ['--version']).error)('is clean for shellcheck', () => {
  expect(spawnSync(CHECKER, [SCRIPT], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
});
