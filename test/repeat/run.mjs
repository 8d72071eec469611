// npm run test:repeat: runs a suite again and again, and prints which of its tests are not steady.
import { fork, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createRunFolder, leftoversOf } from './leftovers.mjs';

const USAGE = `usage: npm run test:repeat -- [--suite <script>] [--times <n>] [--busy <n>] [--logs <folder>] [<filter of files>]...
  Runs a suite n times, every second run beside busy loops, and prints for each test how often it failed, and what a
  run left behind: processes, files. Exit code 1 when anything failed or was left.
  --suite <script>  npm script of the suite: test (default), test:system
  --times <n>       how often, 10 by default
  --busy <n>        busy loops beside every second run, 2 by default; 0 for none
  --leave <s>       seconds in which what a run has started must be gone, 60 by default
  --logs <folder>   of the output of each run, coverage/repeat by default
  --config <file>   a configuration of vitest, in place of a suite`;

const checkout = join(import.meta.dirname, '../..');
let interrupted = false;

/** @throws {Error} that says what is wrong with the arguments */
function readPlan() {
  const options = {
    suite: { type: 'string', default: 'test' },
    times: { type: 'string', default: '10' },
    busy: { type: 'string', default: '2' },
    leave: { type: 'string', default: '60' },
    logs: { type: 'string', default: join(checkout, 'coverage', 'repeat') },
    config: { type: 'string' },
    help: { type: 'boolean' },
  };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  for (const name of ['times', 'busy', 'leave'])
    if (!/^\d+$/.test(values[name])) throw new Error(`--${name} is a number, not "${values[name]}".`);
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  if (!scripts[values.suite]?.includes('vitest run')) throw new Error(`There is no suite "${values.suite}".`);
  const { suite, config, logs, help } = values;
  const [times, busy, leave] = [values.times, values.busy, values.leave].map(Number);
  const vitest = config && ['node_modules/vitest/vitest.mjs', 'run', '--config', config];
  const command = vitest ? [process.execPath, ...vitest] : ['npm', 'run', suite, '--'];
  return { suite, command, logs, help, times, busy, leave, filters: positionals };
}

function startBusyLoops(count) {
  const program = join(import.meta.dirname, 'busy-loop.mjs');
  const loops = Array.from({ length: count }, () => fork(program, { stdio: 'ignore' }));
  return () => loops.map((loop) => loop.kill('SIGKILL'));
}

/** Runs the suite once. A Ctrl-C goes to it, as a terminal would send it. */
async function runSuite({ command: [program, ...args], filters, logs, leave }, name) {
  const results = join(logs, `${name}.json`);
  rmSync(results, { force: true });
  const { folder, environment } = createRunFolder();
  const began = performance.now();
  const child = spawn(program, [...args, ...filters], {
    cwd: checkout,
    env: { ...process.env, ...environment, TEST_RESULTS: results },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(logs, `${name}.log`));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => log.write(chunk));
  const interrupt = () => {
    interrupted = true;
    process.kill(-child.pid, 'SIGINT');
  };
  process.on('SIGINT', interrupt);
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.off('SIGINT', interrupt);
  log.end();
  const seconds = (performance.now() - began) / 1000;
  return { code, seconds, ...readResults(results), left: await leftoversOf(folder, leave) };
}

/** @returns the names of failed tests and files, and how many tests passed; nothing where the run wrote no results */
function readResults(file) {
  try {
    const { testResults, numPassedTests: passed } = JSON.parse(readFileSync(file, 'utf8'));
    const failed = testResults.flatMap(({ name, status, assertionResults }) => {
      const path = relative(checkout, name);
      const tests = assertionResults.filter((test) => test.status === 'failed');
      if (status === 'failed' && tests.length === 0) return [`${path} (the file)`];
      return tests.map(({ fullName }) => `${path} > ${fullName}`);
    });
    return { passed, failed };
  } catch {
    return { passed: 0, failed: [] };
  }
}

/** Everything that makes a run red; an error outside of tests leaves no failed test. */
function complaintsOf({ code, failed, left }, log) {
  const isOutside = code !== 0 && failed.length === 0 && !interrupted;
  const outside = isOutside ? [`the run failed outside of a test: ${log}`] : [];
  return [...failed, ...outside, ...left.map((line) => `left behind: ${line}`)];
}

async function runBeside(busy, plan, name) {
  const stopBusyLoops = startBusyLoops(busy);
  return runSuite(plan, name).finally(stopBusyLoops);
}

async function repeat(plan) {
  mkdirSync(plan.logs, { recursive: true });
  const runs = [];
  for (let number = 1; number <= plan.times && !interrupted; number += 1) {
    const busy = number % 2 === 0 ? plan.busy : 0;
    const name = `${plan.suite.replace(':', '-')}-${number}`;
    const result = await runBeside(busy, plan, name);
    const complaints = complaintsOf(result, join(plan.logs, `${name}.log`));
    const outcome = complaints.length === 0 ? 'green' : 'RED';
    const counts = `${result.passed} passed, ${result.failed.length} failed (${result.seconds.toFixed(0)} s)`;
    console.log(`run ${number} of ${plan.times} beside ${busy} busy loops: ${outcome}, ${counts}`);
    for (const complaint of complaints) console.log(`    ${complaint}`);
    runs.push({ busy, complaints });
  }
  return runs;
}

function printSummary(runs, { suite }) {
  const green = runs.filter(({ complaints }) => complaints.length === 0).length;
  console.log(`\n${green} of ${runs.length} runs of \`npm run ${suite}\` were green.`);
  const counts = new Map();
  for (const { busy, complaints } of runs)
    for (const complaint of new Set(complaints)) {
      const { alone = 0, beside = 0 } = counts.get(complaint) ?? {};
      counts.set(complaint, busy ? { alone, beside: beside + 1 } : { alone: alone + 1, beside });
    }
  for (const [complaint, { alone, beside }] of counts)
    console.log(`  failed ${alone + beside} times (${beside} beside busy loops): ${complaint}`);
  return green === runs.length;
}

async function main() {
  let plan;
  try {
    plan = readPlan();
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
  if (plan.help) {
    console.log(USAGE);
    return 0;
  }
  const isGreen = printSummary(await repeat(plan), plan);
  if (interrupted) return 130;
  return isGreen ? 0 : 1;
}

process.exit(await main());
