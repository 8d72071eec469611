import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { MIGRATIONS } from '#migrations/migrations.js';
import { checkout } from '../../scripts/embedded/checkout.js';
import { createEmptyDatabase, type EmptyDatabase } from '../support/empty-database.js';
import { runMigrations } from '../support/migration-runner.js';
import { inherited } from '../support/run-folder.js';

const ALL = MIGRATIONS.map(({ name }) => name);
const opened: EmptyDatabase[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function database(overrides?: Record<string, string>): Promise<EmptyDatabase> {
  const created = await createEmptyDatabase(overrides);
  opened.push(created);
  return created;
}

async function tablesIn({ owner }: EmptyDatabase): Promise<string[]> {
  const { rows } = await owner.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  return rows.map(({ tablename }) => tablename);
}

it('does each step in the order given and says what it did', async () => {
  const { variables } = await database();
  const first = await runMigrations(['up', 'seed', 'seed-demo', 'up'], variables);
  expect(first).toEqual({
    code: 0,
    stdout: `up: applied ${ALL.join(', ')}\nseed: the catalogue is seeded\nseed-demo: the demo data is there\nup: the schema is up to date\n`,
    stderr: '',
  });
  const second = await runMigrations([...ALL.map(() => 'down'), 'down'], variables);
  const undone = ALL.toReversed().map((name) => `down: undid ${name}\n`);
  expect(second).toEqual({
    code: 0,
    stdout: `${undone.join('')}down: there is nothing to undo\n`,
    stderr: '',
  });
});

it.each([
  { title: 'no step', steps: [] },
  { title: 'an unknown step', steps: ['upp'] },
  { title: 'an unknown step after a good one', steps: ['up', 'sideways'] },
])('explains itself and does nothing when it gets $title', async ({ steps }) => {
  const db = await database();
  const { code, stdout, stderr } = await runMigrations(steps, db.variables);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(
    /^usage: run\.js <step>\.\.\.\n {2}check .*\n {2}up .*\n {2}down .*\n {2}seed .*\n {2}seed-demo /,
  );
  expect(await tablesIn(db)).toEqual([]);
});

/** Returns the commands of docs/migration.md that make the tables. */
function blockOfTheGuide() {
  const guide = readFileSync(join(checkout, 'docs', 'migration.md'), 'utf8');
  const lines = /((?: {4}.+\n)*.*run\.js seed\n)/
    .exec(guide)![1]!
    .split('\n')
    .map((line) => line.trim());
  const exported = lines.flatMap((line) => /^export (\w+)=(\S+)/.exec(line)?.slice(1, 3) ?? []);
  return {
    exported: Object.fromEntries(exported.flatMap((name, n) => (n % 2 ? [] : [[name, exported[n + 1]!]]))),
    statement: /--command '(.+)'$/.exec(lines.find((line) => line.startsWith('psql'))!)![1]!,
    steps: /npm run build && (npm run migrate && node .+)$/.exec(lines.findLast((line) => line !== '')!)![1]!,
  };
}

it('makes the tables by the commands of the migration guide, with only the variables that it exports', async () => {
  const db = await database();
  const { exported, statement, steps } = blockOfTheGuide();
  expect(Object.keys(exported).sort()).toEqual(['DATABASE_SCHEMA', 'DATABASE_URL', 'MIGRATION_DATABASE_URL']);
  await db.owner.query(statement);
  const { DATABASE_URL, MIGRATION_DATABASE_URL } = db.variables;
  const { stdout } = await promisify(execFile)('sh', ['-c', steps], {
    cwd: checkout,
    env: { ...inherited(), DATABASE_URL, MIGRATION_DATABASE_URL, DATABASE_SCHEMA: exported.DATABASE_SCHEMA },
  });
  expect(stdout).toContain('up: applied ');
  expect(stdout).toContain('seed: the catalogue is seeded');
  const { rows } = await db.owner.query('SELECT count(*)::int AS models FROM orchestrator.bedrock_models');
  expect(rows[0].models).toBeGreaterThan(8);
});

it('lists everything that is wrong with the environment', async () => {
  const { code, stdout, stderr } = await runMigrations(['up'], {
    REDIS_URL: 'http://redis',
    DATABASE_SCHEMA: 'No"Good',
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('The configuration is not usable');
  for (const setting of ['DATABASE_URL', 'DATABASE_SCHEMA', 'REDIS_URL'])
    expect(stderr).toContain(`\n  ${setting}: `);
  expect(stderr).not.toContain('    at ');
});

it('says in one line that a table is not ours, and stops before the steps that follow', async () => {
  const db = await database();
  await db.owner.query('CREATE TABLE bedrock_models (id uuid)');
  const { code, stdout, stderr } = await runMigrations(['up', 'seed'], db.variables);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.split('\n')).toEqual([expect.stringContaining('already has bedrock_models'), '']);
});

it('never puts demo data into production', async () => {
  const db = await database({ NODE_ENV: 'production' });
  const { code, stdout, stderr } = await runMigrations(['up', 'seed', 'seed-demo'], db.variables);
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'Demo data does not belong into production.\n' });
  expect(stdout).toContain('seed: the catalogue is seeded\n');
  expect((await db.owner.query('SELECT id FROM ai_conversations')).rows).toEqual([]);
});
