import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bedrock-deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the script with a kubectl that only writes down what it is asked, and fails at what matches. */
function deploy(overlay: string[], failsAt = '^$') {
  const record = join(folder, 'asked');
  writeFileSync(record, '');
  const kubectl = `#!/bin/sh
echo "$*" >> ${record}
case "$1" in kustomize) printf 'kind: Namespace\\nmetadata:\\n  labels:\\n    name: wrong\\n  name: the-namespace\\n';; esac
if echo "$*" | grep -qE '${failsAt}'; then exit 1; fi
`;
  writeFileSync(join(folder, 'kubectl'), kubectl, { mode: 0o755 });
  const { status, stderr } = spawnSync('bash', [join(checkout, 'k8s', 'deploy.sh'), ...overlay], {
    env: { PATH: `${folder}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  const asked = readFileSync(record, 'utf8').trim().split('\n').slice(1);
  return {
    status,
    stderr,
    asked: asked.map((line) =>
      line.replaceAll(`${checkout}/k8s/overlays/`, '').replace('--namespace the-namespace ', ''),
    ),
  };
}

it('settings come first, the migrations to their end, then api and worker', () => {
  const { status, asked } = deploy(['staging']);
  expect(status).toBe(0);
  expect(asked).toEqual([
    'apply -k staging --selector !app.kubernetes.io/component',
    'wait externalsecret --all --for=condition=Ready --timeout=2m',
    'delete job migrate --ignore-not-found',
    'apply -k staging --selector app.kubernetes.io/component=migrate',
    'wait job/migrate --for=condition=Complete --timeout=15m',
    'apply -k staging --selector app.kubernetes.io/component in (api, worker)',
    'rollout status deployment/api --timeout=10m',
    'rollout status deployment/worker --timeout=10m',
  ]);
});

it('nothing is rolled out when the migrations fail, and their log is shown', () => {
  const { status, asked, stderr } = deploy(['production'], 'wait job/migrate');
  expect(status).toBe(1);
  expect(asked.at(-1)).toBe('logs job/migrate --tail=50');
  expect(stderr).toContain('nothing was rolled out');
});

it.each([
  [[], 'the overlay: dev, staging or production'],
  [['nowhere'], 'There is no overlay'],
])('an overlay that there is not is an error: %j', (overlay, message) => {
  const { status, stderr, asked } = deploy(overlay);
  expect(status).not.toBe(0);
  expect(stderr).toContain(message);
  expect(asked).toEqual([]);
});
