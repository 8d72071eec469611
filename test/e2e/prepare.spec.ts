import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';

let clone: string;
const at = (...path: string[]) => join(clone, ...path);
const logged = (name: string) =>
  existsSync(at(name)) ? readFileSync(at(name), 'utf8').trim().split('\n') : [];

function write(path: string, content: string | object): void {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), typeof content === 'string' ? content : JSON.stringify(content));
}

/** A clone with one package, whose npm and vite only do what prepare.mjs looks at. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'prepare-spec-'));
  write('package.json', { engines: { node: '^20.19.0 || >=22.12.0' } });
  const packages = {
    '': {},
    'node_modules/rolldown': { version: '1.2.0' },
    'node_modules/mac-only': { optional: true },
  };
  write('package-lock.json', { packages });
  write('apps/one.ts', 'export const one: number = 1;');
  write('migrations/one.ts', '');
  write('scripts/start.ts', '');
  write(
    'vite.js',
    `const fs = require('fs');
     fs.mkdirSync('dist/console', { recursive: true });
     fs.writeFileSync('dist/console/index.html', '');`,
  );
  write(
    'npm/npm-cli.js',
    `const fs = require('fs');
     fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
     if (fs.existsSync('offline')) { console.error('npm error code ENOTFOUND'); process.exit(1); }
     fs.rmSync('node_modules', { recursive: true, force: true });
     fs.mkdirSync('node_modules/vite/bin', { recursive: true });
     fs.copyFileSync('vite.js', 'node_modules/vite/bin/vite.js');
     fs.symlinkSync(${JSON.stringify(join(checkout, 'node_modules', 'rolldown'))}, 'node_modules/rolldown');
     fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
  cpSync(join(checkout, 'scripts', 'prepare.mjs'), at('scripts', 'prepare.mjs'));
  cpSync(join(checkout, 'scripts', 'prepare'), at('scripts', 'prepare'), { recursive: true });
});
afterEach(() => rmSync(clone, { recursive: true }));

const environment = () => ({ ...process.env, npm_execpath: at('npm', 'npm-cli.js') });

/** The steps that prepare.mjs says it did. */
function prepare(...parts: string[]): { status: number | null; stderr: string; done: string[] } {
  const args = [at('scripts', 'prepare.mjs'), ...parts];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: environment(),
  });
  return { status, stderr, done: [...stdout.matchAll(/^ {2}(.+): done/gm)].map(([, step]) => step!) };
}

function prepareMeanwhile(): Promise<{ status: number | null; stdout: string }> {
  const child = spawn(process.execPath, [at('scripts', 'prepare.mjs')], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout })));
}

const INSTALLED = 'installing packages (npm ci)';

it('installs and builds a fresh clone once', () => {
  expect(prepare()).toEqual({ status: 0, stderr: '', done: [INSTALLED, 'building'] });
  expect(prepare()).toEqual({ status: 0, stderr: '', done: [] });
  expect(logged('npm.log')).toEqual(['ci --include=dev --loglevel=error --no-audit --no-fund']);
  expect(readFileSync(at('dist/apps/one.js'), 'utf8')).toBe(
    'export const one = 1;\n//# sourceMappingURL=one.js.map\n',
  );
  const map = JSON.parse(readFileSync(at('dist/apps/one.js.map'), 'utf8'));
  expect(map).toMatchObject({ file: 'one.js', sources: ['../../apps/one.ts'] });
});

it('copies data that the programs read', () => {
  const data = ['libs/some.facts.json', 'libs/some.texts.json'];
  for (const file of data) write(file, { models: [] });
  write('libs/other.json', {});
  prepare();
  for (const file of data)
    expect(readFileSync(at(`dist/${file}`), 'utf8')).toBe(readFileSync(at(file), 'utf8'));
  expect(existsSync(at('dist/libs/other.json'))).toBe(false);
});

it('installs again when the lock file names another version, and builds all with it', () => {
  prepare();
  write('package-lock.json', { packages: { 'node_modules/rolldown': { version: '1.2.1' } } });
  write('dist/apps/old.js', '');
  expect(prepare().done).toEqual([INSTALLED, 'building']);
  expect(existsSync(at('dist/apps/old.js'))).toBe(false);
});

it('builds what has changed only, and drops the output of a source that is gone', () => {
  prepare();
  const before = statSync(at('dist/apps/one.js')).mtimeMs;
  write('migrations/two.ts', '');
  expect(prepare().done).toEqual(['building']);
  expect(existsSync(at('dist/migrations/two.js'))).toBe(true);
  rmSync(at('migrations/two.ts'));
  expect(prepare().done).toEqual(['building']);
  expect(existsSync(at('dist/migrations/two.js'))).toBe(false);
  expect(existsSync(at('dist/migrations/two.js.map'))).toBe(false);
  expect(statSync(at('dist/apps/one.js')).mtimeMs).toBe(before);
});

it('leaves out tests', () => {
  write('apps/one.spec.ts', '');
  prepare();
  expect(existsSync(at('dist/apps/one.spec.js'))).toBe(false);
});

it('builds the console by itself, and only when it has changed', () => {
  write('apps/console/index.html', 'one');
  const console = 'building the console (vite)';
  expect(prepare().done).toEqual([INSTALLED, 'building', console]);
  write('apps/console/index.html', 'another');
  expect(prepare().done).toEqual([console]);
  expect(prepare().done).toEqual([]);
  rmSync(at('dist'), { recursive: true });
  expect(prepare().done).toEqual(['building', console]);
});

it('builds what puts load on the programs when a command asks for it', () => {
  write('bench/run.ts', '');
  write('test/faults/run.ts', '');
  expect(prepare().done).toEqual([INSTALLED, 'building']);
  expect(prepare('load').done).toEqual(['building bench and tests']);
  expect(existsSync(at('dist/test/faults/run.js'))).toBe(true);
  expect(prepare('load').done).toEqual([]);
});

it('does the work once when two commands start together', async () => {
  const both = await Promise.all([prepareMeanwhile(), prepareMeanwhile()]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(logged('npm.log')).toHaveLength(1);
  expect(
    both
      .map(({ stdout }) => stdout)
      .join('')
      .match(/ {2}building: done/g),
  ).toHaveLength(1);
  expect(existsSync(at('.data/prepare.lock'))).toBe(false);
});

it('takes over the lock of a command that was killed', () => {
  write('.data/prepare.lock', String(spawnSync('true').pid));
  expect(prepare().status).toBe(0);
});

it('shows every source that cannot be built, and tries again the next time', () => {
  write('apps/one.ts', 'const a: = 1;');
  write('migrations/one.ts', '}');
  const failed = prepare();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(
    /apps\/one\.ts:1:10[\s\S]*migrations\/one\.ts:1:1[\s\S]*Correct the errors above/,
  );
  write('apps/one.ts', '');
  expect(prepare().status).toBe(1);
  write('migrations/one.ts', '');
  expect(prepare()).toMatchObject({ status: 0, done: ['building'] });
});

it('says what to do when npm fails or Node is too old', () => {
  write('offline', '');
  expect(prepare().stderr).toMatch(/ENOTFOUND[\s\S]*Is the npm registry reachable/);
  write('package.json', { engines: { node: '>=99.1' } });
  expect(prepare().stderr).toMatch(/This needs Node >=99\.1/);
});
