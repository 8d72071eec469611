import { parseArgs } from 'node:util';
import { endWithNpm } from '../scripts/launch/process-supervisor.js';
import { descendantsOf, signalAll } from '../test/support/processes.js';
import { BenchEnvironment } from './bench-environment.js';
import { canPin, pin } from './cpu-pinning.js';
import { machine } from './report.js';
import { describe } from './scaling/described-workload.js';
import { measureFollowers } from './scaling/followers-cost.js';
import { measureDemands } from './scaling/request-demands.js';
import { writePage } from './scaling/scaling-page.js';
import { keepScalingReport, type ScalingReport } from './scaling/scaling-report.js';
import { measureTables } from './scaling/table-sizes.js';

const USAGE = `usage: npm run bench:scaling -- [--quick] [--ten-million]
       npm run bench:scaling -- --page
       npm run bench:scaling -- --calls <n> [--stream-seconds <n>] [--events <n>] [--switches <n>] [--reads <n>]
  Measures what requests take of each part, what tables and Redis hold and what followers cost, in three minutes. Writes
  bench/results/scaling.json and the figures of docs/scaling.md.
  --quick        smaller tables, shorter turns
  --ten-million  a use case with ten million followers too: over ten minutes, and over 6 GB of disk
  --page         measures nothing: only writes the figures of docs/scaling.md
  --calls        measures nothing: says what carries a workload, and what is its first limit; the rest is as in docs/scaling.md`;

const number = { type: 'string' } as const;
const OPTIONS = {
  quick: { type: 'boolean', default: false },
  'ten-million': { type: 'boolean', default: false },
  page: { type: 'boolean', default: false },
  ...{ calls: number, 'stream-seconds': number, events: number, switches: number, reads: number },
} as const;

const began = performance.now();
const say = (what: string) => console.log(`  ${Math.round((performance.now() - began) / 1000)} s: ${what}`);

async function measure(quick: boolean, isTenMillion: boolean): Promise<ScalingReport> {
  const ground = await BenchEnvironment.open(quick);
  const stop = () => void ground.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  endWithNpm(stop);
  try {
    say('requests');
    const demands = await measureDemands(ground);
    say('tables');
    const tables = await measureTables(ground);
    say('followers');
    const followers = await measureFollowers(ground, isTenMillion);
    say('done');
    return { date: new Date().toISOString(), quick, machine: machine(), ...demands, followers, ...tables };
  } finally {
    await ground.close();
    signalAll(descendantsOf(process.pid), 'SIGKILL');
  }
}

/** @throws Error that says which option is wrong */
function readArguments() {
  const { values } = parseArgs({ options: OPTIONS });
  const numberOf = (name: 'calls' | 'stream-seconds' | 'events' | 'switches' | 'reads') => {
    const text = values[name];
    const value = Number(text);
    if (text !== undefined && !(text !== '' && value >= 0)) throw new Error(`--${name} must be a number`);
    return text === undefined ? undefined : value;
  };
  const workload = {
    calls: numberOf('calls'),
    streamSeconds: numberOf('stream-seconds'),
    eventsPerStream: numberOf('events'),
    switches: numberOf('switches'),
    reads: numberOf('reads'),
  };
  return { ...values, workload };
}

async function main(): Promise<number> {
  let asked: ReturnType<typeof readArguments>;
  try {
    asked = readArguments();
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { calls, ...changes } = asked.workload;
  if (calls !== undefined) console.log(describe(calls, changes));
  else if (asked.page) writePage();
  else {
    if (!canPin) console.log('Without two cores and taskset everything shares what there is.');
    pin(process.pid, 'everythingElse');
    keepScalingReport(await measure(asked.quick, asked['ten-million']));
    writePage();
    console.log('kept in bench/results/scaling.json; docs/scaling.md has the new figures');
  }
  return 0;
}

process.exit(await main());
