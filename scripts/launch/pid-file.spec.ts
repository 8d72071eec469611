import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimCheckout } from './pid-file.js';

let folder: string;
let file: string;
const claim = () =>
  claimCheckout(file, { pid: process.pid, command: 'npm start', url: 'http://127.0.0.1:1' });
const leftBy = (pid: number) =>
  writeFileSync(file, JSON.stringify({ pid, command: 'npm start', url: 'http://127.0.0.1:3999' }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'launch-record-spec-'));
  file = join(folder, 'start.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('says where the living start of this checkout answers', () => {
  const script = join(folder, 'scripts', 'start.js');
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(script, 'setInterval(() => {}, 1000)');
  const launcher = spawn(process.execPath, [script]);
  leftBy(launcher.pid!);
  try {
    expect(claim).toThrow(`already running at http://127.0.0.1:3999 (pid ${launcher.pid})`);
  } finally {
    launcher.kill('SIGKILL');
  }
});

it.each([
  ['dead', () => spawnSync('true').pid],
  ['somebody else by now', () => process.ppid],
])('takes over from a killed start whose pid is %s', (_, pid) => {
  leftBy(pid());
  claim();
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
});
