import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addedLines, git } from './added-lines.js';

let folder: string;
let base: string;
const write = (file: string, ...lines: string[]) =>
  writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
const run = (...args: string[]) =>
  git(folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args);
const added = (isChecked: (file: string) => boolean = () => true) =>
  addedLines(folder, base, isChecked).map(
    ({ file, lines, lineBefore }) =>
      `${file} after "${lineBefore}": ${lines.map(({ number, text }) => `${number} ${text}`).join(', ')}`,
  );

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'added-lines-'));
  run('init', '--quiet');
  write('a.md', 'one', 'two', 'three');
  write('b.md', 'four', '  five');
  run('add', '.');
  run('commit', '--quiet', '--message', 'first');
  base = run('rev-parse', 'HEAD')!.trim();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has nothing when nothing changed', () => {
  expect(added()).toEqual([]);
});

it('has adjacent lines together, with the line before, whether they are committed or not', () => {
  write('a.md', 'one', 'new', 'newer', 'two', 'three', 'last');
  const expected = ['a.md after "one": 2 new, 3 newer', 'a.md after "three": 6 last'];
  expect(added()).toEqual(expected);
  run('commit', '--quiet', '--all', '--message', 'second');
  expect(added()).toEqual(expected);
});

it('has every line of an untracked file, and none of a file that is not checked or ignored', () => {
  write('.gitignore', 'ignored.md');
  write('ignored.md', 'text');
  mkdirSync(join(folder, 'new'));
  write('new/c.md', 'text');
  expect(added((file) => file.endsWith('.md'))).toEqual(['new/c.md after "": 1 text, 2 ']);
});

it('has no line that only moved or got another indent, also to another file', () => {
  write('a.md', 'one', '    three');
  write('b.md', 'four', 'five', 'two', 'six');
  expect(added()).toEqual(['b.md after "two": 4 six']);
});

it('says that it cannot compare with a commit that is not there', () => {
  base = '0123456789012345678901234567890123456789';
  expect(() => added()).toThrow(`git cannot compare with ${base}`);
});
