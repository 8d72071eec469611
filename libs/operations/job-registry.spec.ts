import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_JOBS } from './job-registry.js';

const filesOf = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

it('every job is on the list, and has a handler', () => {
  const defined = filesOf('libs', '.jobs.ts').flatMap((text) => text.match(/(?<=^ {2}name: ')[^']+/gm) ?? []);
  const names = ALL_JOBS.map(({ name }) => name);
  expect(names.toSorted()).toEqual(defined.toSorted());
  const [handlers] = filesOf('apps/worker/src', 'jobs.module.ts');
  expect(handlers!.match(/^ {2}handles\(/gm)).toHaveLength(names.length);
});

it('the runbook expects as many schedules as there are', () => {
  const scheduled = ALL_JOBS.filter(({ schedule }) => schedule !== undefined);
  expect(readFileSync('docs/runbook.md', 'utf8')).toContain(`Expect ${scheduled.length};`);
});
