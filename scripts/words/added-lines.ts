import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Line } from './banned-words.js';

/** Adjacent lines of one file that a change adds. */
export interface AddedLines {
  file: string;
  lines: Line[];
  /** The line that is before them in the file. */
  lineBefore: string;
}

/** Runs Git in a folder. @returns undefined when it fails */
export function git(folder: string, ...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1e9,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

/**
 * Reads the lines that the working tree adds to a commit, those of untracked files included. A line that only moved, or
 * only has another indent, is not added.
 * @throws when Git cannot compare
 */
export function addedLines(folder: string, base: string, isChecked: (file: string) => boolean): AddedLines[] {
  const diff = git(
    folder,
    '-c',
    'core.quotePath=false',
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--find-renames',
    '--relative',
    base,
  );
  const untracked = git(folder, '-c', 'core.quotePath=false', 'ls-files', '--others', '--exclude-standard');
  if (diff === undefined || untracked === undefined) throw new Error(`git cannot compare with ${base}`);
  const removed = new Set([...diff.matchAll(/^-(?!-- )(.*)$/gm)].map(([, text]) => normalised(text!)));
  const contentOf = (file: string) => readFileSync(join(folder, file), 'utf8').split('\n');
  const whole = untracked
    .split('\n')
    .filter((file) => file && isChecked(file))
    .map((file) => ({ file, first: 1, content: contentOf(file) }))
    .map(({ content, ...hunk }) => ({ ...hunk, content, count: content.length }));
  const changed = hunksOf(diff)
    .filter(({ file }) => isChecked(file))
    .map((hunk) => ({ ...hunk, content: contentOf(hunk.file) }));
  return [...changed, ...whole].flatMap((hunk) => newRuns(hunk, removed));
}

interface Hunk {
  file: string;
  first: number;
  count: number;
}

/** The places that a diff without context adds lines to. */
function hunksOf(diff: string): Hunk[] {
  let file = '';
  const hunks: Hunk[] = [];
  for (const line of diff.split('\n')) {
    file = /^\+\+\+ b\/(.*?)\t?$/.exec(line)?.[1] ?? file;
    const [, first, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    if (first && count !== '0') hunks.push({ file, first: Number(first), count: Number(count) });
  }
  return hunks;
}

/** Splits a hunk where it has lines that were removed elsewhere. */
function newRuns(
  { file, first, count, content }: Hunk & { content: string[] },
  removed: Set<string>,
): AddedLines[] {
  const runs: AddedLines[] = [];
  let isAdjacent = false;
  for (let number = first; number < first + count; number += 1) {
    const text = content[number - 1]!;
    const isNew = !removed.has(normalised(text));
    if (isNew && isAdjacent) runs.at(-1)!.lines.push({ number, text });
    else if (isNew) runs.push({ file, lines: [{ number, text }], lineBefore: content[number - 2] ?? '' });
    isAdjacent = isNew;
  }
  return runs;
}

const normalised = (line: string) => line.trim().replaceAll(/\s+/g, ' ');
