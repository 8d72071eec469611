import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
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

/** A clone with one package, whose npm and tsc only do what prepare.mjs looks at, and log that they ran. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'prepare-spec-'));
  write('package.json', { engines: { node: '^20.19.0 || >=22.12.0' } });
  const packages = {
    '': {},
    'node_modules/typescript': { version: '6.0.0' },
    'node_modules/mac-only': { optional: true },
  };
  write('package-lock.json', { packages });
  write('tsconfig.json', {});
  write('tsconfig.build.json', {});
  write('apps/one.ts', '');
  write('migrations/one.ts', '');
  write(
    'tsc.js',
    `const fs = require('fs');
     fs.appendFileSync('built.log', 'tsc\\n');
     const until = Date.now() + 300; while (Date.now() < until);
     fs.mkdirSync('dist/scripts', { recursive: true });
     fs.writeFileSync('dist/scripts/start.js', '');
     process.exit(fs.existsSync('broken') ? (console.log('one.ts(1,1): error TS1'), 2) : 0);`,
  );
  write(
    'vite.js',
    `const fs = require('fs');
     fs.appendFileSync('built.log', 'vite\\n');
     fs.mkdirSync('dist/console', { recursive: true });
     fs.writeFileSync('dist/console/index.html', '');`,
  );
  write(
    'npm/npm-cli.js',
    `const fs = require('fs');
     fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n');
     if (fs.existsSync('offline')) { console.error('npm error code ENOTFOUND'); process.exit(1); }
     fs.mkdirSync('node_modules/typescript/bin', { recursive: true });
     fs.copyFileSync('tsc.js', 'node_modules/typescript/bin/tsc');
     fs.mkdirSync('node_modules/vite/bin', { recursive: true });
     fs.copyFileSync('vite.js', 'node_modules/vite/bin/vite.js');
     fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
  mkdirSync(at('scripts'));
  copyFileSync(join(checkout, 'scripts', 'prepare.mjs'), at('scripts', 'prepare.mjs'));
});
afterEach(() => rmSync(clone, { recursive: true }));

const environment = () => ({ ...process.env, npm_execpath: at('npm', 'npm-cli.js') });

function prepare(): { status: number | null; stderr: string } {
  const args = [at('scripts', 'prepare.mjs')];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: environment() });
  return { status, stderr };
}

function prepareMeanwhile(): Promise<number | null> {
  const child = spawn(process.execPath, [at('scripts', 'prepare.mjs')], {
    env: environment(),
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

it('installs and builds a fresh clone once', () => {
  expect(prepare()).toEqual({ status: 0, stderr: '' });
  expect(prepare()).toEqual({ status: 0, stderr: '' });
  expect(logged('npm.log')).toEqual(['ci --include=dev --loglevel=error --no-audit --no-fund']);
  expect(logged('built.log')).toEqual(['tsc']);
});

it('installs again when the lock file names another version', () => {
  prepare();
  write('package-lock.json', { packages: { 'node_modules/typescript': { version: '6.0.1' } } });
  prepare();
  expect(logged('npm.log')).toHaveLength(2);
});

it('builds again when a source changes, and drops the output of one that is gone', () => {
  prepare();
  write('migrations/two.ts', '');
  prepare();
  write('dist/migrations/two.js', '');
  rmSync(at('migrations/two.ts'));
  prepare();
  expect(logged('built.log')).toHaveLength(3);
  expect(existsSync(at('dist/migrations/two.js'))).toBe(false);
});

it('builds the console by itself, and only when it has changed', () => {
  write('apps/console/index.html', 'one');
  prepare();
  expect(logged('built.log')).toEqual(['tsc', 'vite']);
  write('apps/console/index.html', 'another');
  prepare();
  prepare();
  expect(logged('built.log')).toEqual(['tsc', 'vite', 'vite']);
  rmSync(at('dist'), { recursive: true });
  prepare();
  expect(logged('built.log')).toEqual(['tsc', 'vite', 'vite', 'tsc', 'vite']);
});

it('does the work once when two commands start together', async () => {
  expect(await Promise.all([prepareMeanwhile(), prepareMeanwhile()])).toEqual([0, 0]);
  expect(logged('npm.log')).toHaveLength(1);
  expect(logged('built.log')).toHaveLength(1);
  expect(existsSync(at('.data/prepare.lock'))).toBe(false);
});

it('takes over the lock of a command that was killed', () => {
  write('.data/prepare.lock', String(spawnSync('true').pid));
  expect(prepare().status).toBe(0);
});

it('shows what tsc says and tries again the next time', () => {
  write('broken', '');
  const failed = prepare();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('one.ts(1,1): error TS1');
  rmSync(at('broken'));
  expect(prepare().status).toBe(0);
});

it('says what to do when npm fails or Node is too old', () => {
  write('offline', '');
  expect(prepare().stderr).toMatch(/ENOTFOUND[\s\S]*Is the npm registry reachable/);
  write('package.json', { engines: { node: '>=99.1' } });
  expect(prepare().stderr).toMatch(/This needs Node >=99\.1/);
});
