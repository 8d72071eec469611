import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = join(import.meta.dirname, '../../scripts/orchestrate-bedrock.sh');
const ECHO =
  'console.log(JSON.stringify([process.env.ORCHESTRATE_BEDROCK_NAME, ...process.argv.slice(2)]));\n';

let root: string;
let script: string;
const main = () => join(root, 'dist/apps/cli/src/main.js');

/** Makes a separate checkout, with a space in its name, whose program prints how it was called. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check out '));
  script = join(root, 'scripts/orchestrate-bedrock.sh');
  put('dist/apps/cli/src/main.js', ECHO);
  put('apps/cli/src/main.ts', '');
  mkdirSync(join(root, 'node_modules'));
  mkdirSync(join(root, 'scripts'));
  copyFileSync(SCRIPT, script);
  age('apps/cli/src/main.ts', 60);
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function age(path: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(join(root, path), time, time);
}

/** Stands for the real one: says that it works on stdout, and builds the program. */
function putPrepare(): void {
  const build = `require('node:fs').writeFileSync(${JSON.stringify(main())}, ${JSON.stringify(ECHO)})`;
  put(
    'scripts/prepare.mjs',
    `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
console.log('preparing'); require('node:fs').mkdirSync(${JSON.stringify(dirname(main()))}, { recursive: true }); ${build};`,
  );
}

function run(command: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: tmpdir(),
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('hands over its arguments as they are, from any directory', () => {
  const { status, stdout, stderr } = run(script, ['switch', 'm', 'two words', '']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual([script, 'switch', 'm', 'two words', '']);
});

it('finds its checkout through symbolic links, a relative one among them', () => {
  symlinkSync('orchestrate-bedrock.sh', join(root, 'scripts/first'));
  symlinkSync(join(root, 'scripts/first'), join(root, 'second'));
  const { status, stdout } = run(join(root, 'second'), ['list']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual([join(root, 'second'), 'list']);
});

it.each([
  ['nothing is built', () => rmSync(join(root, 'dist'), { recursive: true })],
  ['a source is newer than the build', () => age('dist/apps/cli/src/main.js', 120)],
  ['no packages are installed', () => rmSync(join(root, 'node_modules'), { recursive: true })],
])('prepares first when %s, and keeps stdout for the answer', (_, change) => {
  putPrepare();
  change();
  const { status, stdout, stderr } = run(script, ['list']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'preparing\n' });
  expect(JSON.parse(stdout)).toEqual([script, 'list']);
});

it('does not prepare what is built, the build having left older files as they were', () => {
  putPrepare();
  age('dist/apps/cli/src/main.js', 120);
  put('dist/.prepared.json', '{}');
  expect(run(script, ['list'])).toMatchObject({ status: 0, stderr: '' });
});

it('needs no sources and no prepare.mjs, as in the production image', () => {
  rmSync(join(root, 'apps'), { recursive: true });
  expect(existsSync(join(root, 'scripts/prepare.mjs'))).toBe(false);
  expect(run(script, ['list'])).toMatchObject({ status: 0, stderr: '' });
});

it('says how to build where it cannot', () => {
  rmSync(main());
  const { status, stderr } = run(script, ['list']);
  expect(status).toBe(2);
  expect(stderr).toContain('npm ci && npm run build');
});

it('ends with 2 when preparing fails', () => {
  put('scripts/prepare.mjs', 'console.error("no registry"); process.exit(1);');
  rmSync(main());
  const { status, stdout, stderr } = run(script, ['list']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^no registry\n❌ /);
});

it.each([
  ['v18.20.0', 2],
  ['v20.18.3', 2],
  ['v20.19.0', 0],
  ['v24.1.0', 0],
])('judges Node %s', (version, expected) => {
  put('bin/node', `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(root, 'bin/node'), 0o755);
  const { status, stderr } = run(script, ['list'], { PATH: `${join(root, 'bin')}:/usr/bin:/bin` });
  expect(status).toBe(expected);
  expect(stderr).toBe(
    expected === 0
      ? ''
      : `❌ Node.js ${version} is too old. Install Node.js 20.19 or newer: https://nodejs.org\n`,
  );
});

it('says that Node is missing', () => {
  for (const tool of ['dirname', 'readlink', 'bash']) {
    mkdirSync(join(root, 'bin'), { recursive: true });
    symlinkSync(run('which', [tool]).stdout.trim(), join(root, 'bin', tool));
  }
  const { status, stderr } = run(join(root, 'bin/bash'), [script, 'list'], { PATH: join(root, 'bin') });
  expect(status).toBe(2);
  expect(stderr).toContain('Node.js is missing');
});
