import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProvidedContext } from 'vitest';
import type { SqlMutant } from './sql-sources.js';

/** One spec file, run with one mutant or, as a control, with none. */
export interface SpecRun {
  spec: string;
  mutant: Pick<SqlMutant, 'id' | 'to'> | null;
  /** Names of the tests that reach the mutant; null: all. */
  tests: string[] | null;
}

export interface Batch {
  runs: SpecRun[];
  reportFile: string;
}

/** A line that a batch reports. */
export type ReportLine =
  | { run: number; started: true }
  | { run: number; outside: string[] }
  | { run: number; test: string; inside: string[] }
  | Ended
  | { broken: string };

export interface Ended {
  run: number;
  ended: 'passed' | 'failed' | 'skipped' | 'pending';
  /** The first test that failed, and how. */
  failure?: string;
}

export type Services = ProvidedContext['services'];

const SILENT_FOR_MS = 240_000;

/** Runs a batch in a process of vitest, which it ends when nothing has happened for long. @returns what was reported */
export async function runBatch(checkout: string, runs: SpecRun[], services: Services): Promise<ReportLine[]> {
  const folder = join(checkout, 'coverage/mutation');
  mkdirSync(folder, { recursive: true });
  const [batchFile, reportFile] = [join(folder, 'batch.json'), join(folder, 'batch-report.jsonl')];
  rmSync(reportFile, { force: true });
  writeFileSync(batchFile, JSON.stringify({ runs, reportFile } satisfies Batch));
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'test/mutation/vitest.sql.config.ts'], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MUTATION_BATCH: batchFile, MUTATION_SERVICES: JSON.stringify(services) },
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const end = () => child.pid && kill(child.pid);
  process.once('exit', end);
  await untilDone(child, reportFile);
  process.off('exit', end);
  end();
  const lines = linesOf(reportFile);
  if (lines.length === 0) throw new Error(`vitest did not run the batch:\n${output}`);
  return lines;
}

async function untilDone(child: ReturnType<typeof spawn>, reportFile: string): Promise<void> {
  const exited = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
  let [length, since] = [-1, Date.now()];
  while (!(await Promise.race([exited, delay(500, false)]))) {
    const now = linesOf(reportFile).length;
    if (now !== length) [length, since] = [now, Date.now()];
    if (Date.now() - since > SILENT_FOR_MS) return;
  }
}

const linesOf = (file: string): ReportLine[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

/** Ends the process group, which is this batch's alone. */
function kill(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
