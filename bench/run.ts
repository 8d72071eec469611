import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../scripts/embedded/checkout.js';
import { endWithNpm } from '../scripts/launch/process-supervisor.js';
import { descendantsOf, signalAll } from '../test/support/processes.js';
import { BenchEnvironment } from './bench-environment.js';
import { canPin, pin } from './cpu-pinning.js';
import { type Figure, type Measure, meetsThreshold } from './measure.js';
import { MEASURES } from './measures.js';
import { lineOf, machine, type Report, start, tableOf } from './report.js';

const USAGE = `usage: npm run bench -- [--quick] [--only <name>]...
  Measures, in one run on one machine, what docs/performance.md lists, and prints it as it goes. Writes
  bench/results/<date>.json when everything was measured. Exit code 1 when a bar is missed.
  --quick        in ten minutes: shorter turns, smaller tables
  --only <name>  this measure; again for a further one
  measures: ${MEASURES.map(({ name }) => name).join(', ')}`;

interface Plan {
  quick: boolean;
  measures: Measure[];
}

/** @throws Error that says what is wrong with the arguments */
function readPlan(): Plan {
  const options = {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  } as const;
  const { quick, only = [] } = parseArgs({ options }).values;
  const unknown = only.filter((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown.length > 0) throw new Error(`There is no measure ${unknown.join(', ')}.`);
  return { quick, measures: MEASURES.filter(({ name }) => only.length === 0 || only.includes(name)) };
}

async function measure(measure: Measure, ground: BenchEnvironment): Promise<Figure[]> {
  console.log(start(measure));
  const began = performance.now();
  const figures: Figure[] = [];
  for await (const figure of measure.run(ground)) {
    figures.push(figure);
    console.log(lineOf(figure));
  }
  console.log(`  (${Math.round((performance.now() - began) / 1000)} s)`);
  return figures;
}

async function measureAll({ quick, measures }: Plan): Promise<Report> {
  const report: Report = { date: new Date().toISOString(), quick, machine: machine(), measures: [] };
  const ground = await BenchEnvironment.open(quick);
  const stop = () => void ground.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  endWithNpm(stop);
  try {
    for (const each of measures) {
      const { name, title, against } = each;
      report.measures.push({ name, title, against, figures: await measure(each, ground) });
    }
    return report;
  } finally {
    await ground.close();
    signalAll(descendantsOf(process.pid), 'SIGKILL');
  }
}

/** A run of one measure is for looking; only a whole one is a result. */
function keep(report: Report): void {
  const folder = join(checkout, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const name = `${report.date.slice(0, 10)}${report.quick ? '-quick' : ''}`;
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nkept in bench/results/${name}.json\n\n${tableOf(report)}`);
}

async function main(): Promise<number> {
  let plan: Plan;
  try {
    plan = readPlan();
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (!canPin)
    console.log('Without two cores and taskset everything shares what there is: read the ratios with care.');
  pin(process.pid, 'everythingElse');
  const report = await measureAll(plan);
  if (report.measures.length === MEASURES.length) keep(report);
  const missed = report.measures
    .flatMap(({ figures }) => figures)
    .filter((figure) => !meetsThreshold(figure));
  console.log(
    missed.length === 0 ? '\nEvery bar holds.' : `\nMissed: ${missed.map(({ what }) => what).join('; ')}`,
  );
  return missed.length === 0 ? 0 : 1;
}

process.exit(await main());
