import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { BuiltProcess } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import { PacedSwitches } from '../load/paced-switches.js';
import { type Switching, SwitchingClients } from '../load/switching-clients.js';
import { type Figure, type Measure, quantile } from '../measure.js';
import { switchingOn } from './switches.js';

/** Of the highest rate that lasts. */
const LOAD_OF_LATENCIES = 0.7;
/** A rate lasts when no more wait at its end than come in so many seconds. */
const MAY_WAIT_SECONDS = 0.25;
/** How often it is looked whether audit rows are there: what is found out is that much later than it is true, at most. */
const LOOK_MS = 10;

/** api and worker share the core of what is measured, as a machine's load would be theirs together. */
export const AUDIT: Measure = {
  name: 'audit',
  title: 'from the answer of a switch to its audit row (api and one worker on one core)',
  against: 'what was promised',
  async *run(ground) {
    const stage = await ground.stage('audit');
    const switching = await switchingOn(stage);
    yield* backlog(switching, stage, ground);
    yield* latencies(switching, stage, ground);
    await stage.close();
  },
};

async function* backlog(
  switching: Switching & { pid: number },
  stage: Deployment,
  ground: BenchEnvironment,
): AsyncIterable<Figure> {
  const clients = new SwitchingClients(switching);
  const most = ground.quick ? 10_000 : 100_000;
  const rates: number[] = [];
  await clients.perSecond(16, 2);
  while ((await waiting(stage)) < most) rates.push(await clients.perSecond(16, ground.seconds));
  const made = Math.max(...rates);
  const worker = stage.startWorker();
  const { entries, seconds } = await drained(stage);
  await worker.stop();
  yield {
    what: `a backlog of ${most.toLocaleString('en')} drained by one worker, per second / switches of 16 clients per second`,
    value: entries / seconds / made,
    unit: 'ratio',
    from: { drained: entries / seconds, switched: made, entries, seconds },
    atLeast: 1.2,
  };
}

/** From the first audit row, so that starting the worker does not count, until the outbox is empty. */
async function drained(stage: Deployment): Promise<{ entries: number; seconds: number }> {
  const db = await connected(stage);
  const isSo = async (condition: string) =>
    (await db.query(`SELECT ${condition} AS so`)).rows[0].so as boolean;
  const before = (await db.query('SELECT count(*)::int AS n FROM bedrock_model_switches')).rows[0].n;
  while (!(await isSo(`(SELECT count(*) FROM bedrock_model_switches) > ${before}`))) await delay(LOOK_MS);
  const began = performance.now();
  const entries = (await db.query('SELECT count(*)::int AS n FROM outbox')).rows[0].n;
  while (await isSo('EXISTS (SELECT FROM outbox)')) await delay(100);
  await db.end();
  return { entries, seconds: (performance.now() - began) / 1000 };
}

async function* latencies(
  switching: Switching & { pid: number },
  stage: Deployment,
  ground: BenchEnvironment,
): AsyncIterable<Figure> {
  const worker = stage.startWorker();
  const { perSecond, ...from } = await highestRate(switching, worker, stage, ground);
  yield {
    what: 'switches per second that api and worker sustain',
    value: perSecond,
    unit: 'per second',
    from,
  };
  const rate = Math.floor(perSecond * LOAD_OF_LATENCIES);
  const took = await latenciesAt(rate, switching, stage, ground);
  yield {
    what: `p99 from the answer to the audit row, at ${rate} switches per second`,
    value: quantile(took, 0.99),
    unit: 'ms',
    from: { p50: quantile(took, 0.5), most: Math.max(...took), switches: took.length },
    atMost: 500,
  };
  await worker.stop();
}

/** The rate of 16 clients if the outbox does not grow at it; else the highest rate at which it does not grow. */
async function highestRate(
  switching: Switching & { pid: number },
  worker: BuiltProcess,
  stage: Deployment,
  { seconds }: BenchEnvironment,
) {
  const clients = new SwitchingClients({ ...switching, prefix: 'flood-' });
  await clients.perSecond(16, 2);
  await untilEmpty(stage);
  const before = { api: cpuTimeOf(switching.pid), worker: cpuTimeOf(worker.pid) };
  const flooded = await clients.perSecond(16, seconds * 2);
  const left = await waiting(stage);
  await untilEmpty(stage);
  const micros = (pid: number, since: number) => ((cpuTimeOf(pid) - since) * 1000) / (flooded * seconds * 2);
  const from = {
    ...{ flooded, left },
    ...{ apiMicros: micros(switching.pid, before.api), workerMicros: micros(worker.pid, before.worker) },
  };
  if (left <= flooded * MAY_WAIT_SECONDS) return { perSecond: flooded, ...from };
  const switches = new PacedSwitches({ ...switching, prefix: 'rate-' });
  let perSecond = Math.min(flooded, 1e6 / (from.apiMicros + from.workerMicros));
  for (let tried = 1; ; tried += 1, perSecond *= 0.93) {
    await switches.run({ perSecond, seconds: seconds * 2 });
    const remaining = await waiting(stage);
    await untilEmpty(stage);
    if (remaining > perSecond * MAY_WAIT_SECONDS) continue;
    switches.close();
    return { perSecond, ...from, tried };
  }
}

/** Milliseconds from an answer to when another connection sees the audit row, of each switch at this rate. */
async function latenciesAt(
  perSecond: number,
  switching: Switching,
  stage: Deployment,
  ground: BenchEnvironment,
): Promise<number[]> {
  const db = await connected(stage);
  const switches = new PacedSwitches({ ...switching, prefix: 'paced-' });
  const pending = new Map<string, number>();
  const took: number[] = [];
  const look = async () => {
    const { rows } = await db.query({
      name: 'look',
      text: 'SELECT id FROM bedrock_model_switches WHERE id = ANY($1::uuid[])',
      values: [[...pending.keys()]],
    });
    const now = performance.now();
    for (const { id } of rows) {
      took.push(now - pending.get(id)!);
      pending.delete(id);
    }
  };
  let asking = true;
  const load = switches
    .run({ perSecond, seconds: ground.seconds * 4 }, (id) => void pending.set(id, performance.now()))
    .finally(() => {
      asking = false;
    });
  // Awaited below; until then a failure must not end the run, which cleans up.
  load.catch(() => undefined);
  while (asking || pending.size > 0) {
    await look();
    await delay(LOOK_MS);
  }
  await load;
  switches.close();
  await db.end();
  return took;
}

async function connected(stage: Deployment): Promise<Client> {
  const client = new Client({ connectionString: stage.databaseUrl() });
  await client.connect();
  return client;
}

async function waiting(stage: Deployment): Promise<number> {
  const [row] = await stage.sql<{ n: number }>('SELECT count(*)::int AS n FROM outbox');
  return row!.n;
}

async function untilEmpty(stage: Deployment): Promise<void> {
  while ((await waiting(stage)) > 0) await delay(100);
}
