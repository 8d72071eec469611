import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pgBouncerInstalled } from '../support/pgbouncer.js';
import { redisServerInstalled } from '../support/redis-under-test.js';
import { FAULTS } from './runner/all-faults.js';
import { CleanUp } from './runner/clean-up.js';
import type { Fault } from './runner/fault.js';
import { PostgresServer } from './runner/postgres-server.js';
import { type Result, tableOf } from './runner/report.js';
import { type Effort, runFault } from './runner/run-fault.js';
import { type Machines, Stage } from './runner/stage.js';

const USAGE = `usage: npm run test:faults -- [--full] [--only <name>]... [--switches <count>] [--minutes <count>]
  Starts api, worker, PostgreSQL and Redis as separate processes, breaks them under load and checks in SQL that no
  acknowledged switch is lost or doubled. Prints a table; exit code 1 when a promise did not hold.
  --full              every fault, instead of those of about two minutes
  --only <name>       this fault; again for a further one
  --switches <count>  acknowledged switches in all, at least; as many as each fault takes, if not given
  --minutes <count>   after which it comes to its end, with fewer switches if need be; 60, if not given
  faults: ${FAULTS.map(({ name }) => name).join(', ')}`;

interface Plan {
  faults: Fault[];
  switches: number;
  minutes: number;
}

/** @throws Error that says what is wrong with the arguments */
function readPlan(): Plan {
  const options = {
    full: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    switches: { type: 'string', default: '0' },
    minutes: { type: 'string', default: '60' },
  } as const;
  const { full, only = [], switches, minutes } = parseArgs({ options }).values;
  const unknown = only.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(', ')}.`);
  for (const [name, value] of Object.entries({ switches, minutes }))
    if (!/^\d+$/.test(value)) throw new Error(`--${name} is a number, not "${value}".`);
  const chosen = ({ name, inSubset }: Fault) => (only.length > 0 ? only.includes(name) : full || inSubset);
  const faults = FAULTS.filter(chosen);
  return { faults, switches: Number(switches), minutes: Number(minutes) };
}

const cleanUp = new CleanUp();

async function prepareMachines(): Promise<Machines> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-faults-'));
  cleanUp.add(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await PostgresServer.start(join(folder, 'postgres'));
  cleanUp.add(() => postgres.stop());
  return { folder, postgres, redisServerInstalled: redisServerInstalled() };
}

async function runOnStage(fault: Fault, machines: Machines, effort: Effort): Promise<Result> {
  const stage = await Stage.open(`fault_${fault.name.replaceAll('-', '_')}`, machines, fault.stage ?? {});
  const leave = cleanUp.add(() => stage.close());
  const result = await runFault(fault, stage, effort);
  leave();
  await stage.close();
  return result;
}

async function runAll({ faults, switches, minutes }: Plan): Promise<Result[]> {
  const machines = await prepareMachines();
  const results: Result[] = [];
  const startedAt = performance.now();
  for (const fault of faults) {
    const began = performance.now();
    const missing = missingFor(fault, machines);
    const part = (results.length + 1) / faults.length;
    const effort = {
      switches: Math.ceil(switches * part) - acknowledgedIn(results),
      until: startedAt + minutes * 60_000 * part,
    };
    const result = missing ? notRun(fault, missing) : await runOnStage(fault, machines, effort);
    results.push(result);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const verdict = result.skipped ?? (result.broken.length === 0 ? 'held' : 'BROKEN');
    console.log(`  ${fault.name}: ${verdict}, ${result.acknowledged} acknowledged (${seconds} s)`);
    for (const complaint of result.broken) console.log(`    ${complaint}`);
  }
  return results;
}

const acknowledgedIn = (results: Result[]) =>
  results.reduce((sum, { acknowledged }) => sum + acknowledged, 0);

/** The program that a fault needs and that is not installed. */
function missingFor({ needsRedisServer, needsPgBouncer }: Fault, machines: Machines): string | undefined {
  if (needsRedisServer && !machines.redisServerInstalled) return 'redis-server';
  return needsPgBouncer && !pgBouncerInstalled() ? 'pgbouncer' : undefined;
}

const notRun = ({ title }: Fault, missing: string): Result => ({
  ...{ title, skipped: `${missing} is not installed`, load: '', errors: new Map(), broken: [] },
  ...{ acknowledged: 0, audited: 0, lost: 0, doubled: 0, longestStallMs: 0 },
});

async function main(): Promise<number> {
  let plan: Plan;
  try {
    plan = readPlan();
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  cleanUp.onSignals();
  try {
    const results = await runAll(plan);
    console.log(`\n${tableOf(results)}\n`);
    if (acknowledgedIn(results) < plan.switches)
      console.log(
        `Fewer than ${plan.switches} switches: try again with more than --minutes ${plan.minutes}.`,
      );
    const isBroken = ({ lost, doubled, broken }: Result) => lost + doubled + broken.length > 0;
    return results.some(isBroken) ? 1 : 0;
  } finally {
    await cleanUp.run();
  }
}

const code = await main();
process.exit(process.exitCode ?? code);
