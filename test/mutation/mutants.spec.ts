import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, type RunnerTestCase } from 'vitest';
import type { MutationState } from './active-mutant.js';
import type { Batch } from './sql-batch.js';

const { mutation } = globalThis as typeof globalThis & { mutation: MutationState };
const { runs, reportFile } = JSON.parse(readFileSync(process.env.MUTATION_BATCH!, 'utf8')) as Batch;
const report = (line: object) => appendFileSync(reportFile, `${JSON.stringify(line)}\n`);

const nameOf = (task: { name: string; suite?: RunnerTestCase['suite'] }): string =>
  task.suite?.suite ? `${nameOf(task.suite)} > ${task.name}` : task.name;

for (const [run, { spec, mutant, tests }] of runs.entries())
  describe(String(run), async () => {
    let failed = false;

    beforeAll(() => {
      report({ run, started: true });
      mutation.seen.clear();
      mutation.mutant = mutant;
    });
    beforeEach(({ task, skip }) => {
      skip(failed || (tests !== null && !tests.includes(nameOf(task))));
      if (mutant === null) report({ run, outside: [...mutation.seen] });
      mutation.seen.clear();
    });
    afterEach(({ task }) => {
      failed ||= task.result?.state === 'fail';
      if (mutant === null) report({ run, test: nameOf(task), inside: [...mutation.seen] });
      mutation.seen.clear();
    });
    afterAll(() => {
      if (mutant === null) report({ run, outside: [...mutation.seen] });
      mutation.mutant = null;
    });

    await import(/* @vite-ignore */ `${spec}?run=${run}`);
  });
