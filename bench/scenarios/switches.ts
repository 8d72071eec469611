import { statSync } from 'node:fs';
import { join } from 'node:path';
import { transactionWith } from '../baselines/logged-statements.js';
import { type Script, scriptOf } from '../baselines/pgbench-script.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { cpuTimeOf } from '../cpu-pinning.js';
import { pgbenchInstalled, transactionsPerSecond } from '../load/pgbench.js';
import { type Switching, SwitchingClients } from '../load/switching-clients.js';
import { type Figure, interleave, type Measure, ratioOf } from '../measure.js';

const CLIENTS = [1, 8, 16];
const CONVERSATIONS = 20_000;
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0', 'eu.amazon.nova-pro-v1:0'];
const USER = 'user-bench';
/** Nothing is taken from the outbox while only switching is measured. */
const SETTINGS = { OUTBOX_LIMIT: '10000000' };

export const SWITCHES: Measure = {
  name: 'switches',
  title: 'switch: commit, event, answer (no worker runs)',
  against: 'pgbench with the same SQL, -M prepared, on the same PostgreSQL and as many connections',
  async *run(ground) {
    if (!pgbenchInstalled()) throw new Error('pgbench is not installed: Debian has it in postgresql-15');
    const stage = await ground.stage('switches');
    const script = await recordedSwitch(stage, ground);
    await fill(stage, '');
    const { pid, ...switching } = await switchingOn(stage);
    const ours = new SwitchingClients(switching);
    await ours.perSecond(16, 3);
    for (const clients of CLIENTS) yield* compare(clients, { ours, pid, script, stage }, ground);
    await stage.close();
  },
};

/** An api, and conversations that are switched there: `conv-0` and so on were switched before. */
export async function switchingOn(stage: Deployment): Promise<Switching & { pid: number }> {
  await fill(stage, 'conv-');
  const api = await stage.startApi(SETTINGS);
  const token = await stage.key(api, 'switch', 'act-as');
  const asked = { userId: USER, prefix: 'conv-', conversations: CONVERSATIONS, models: MODELS };
  return { url: api.url, pid: api.pid, token, ...asked };
}

interface Sides {
  ours: SwitchingClients;
  pid: number;
  script: Script;
  stage: Deployment;
}

async function* compare(
  clients: number,
  { ours, pid, script, stage }: Sides,
  { turns, quick, seconds: usual, folder }: BenchEnvironment,
): AsyncIterable<Figure> {
  const seconds = quick ? 1 : usual;
  const databaseUrl = stage.databaseUrl('orchestrator_app');
  const cpu: number[] = [];
  const compared = await interleave(
    turns,
    async () => {
      const before = cpuTimeOf(pid);
      const perSecond = await ours.perSecond(clients, seconds);
      cpu.push(((cpuTimeOf(pid) - before) * 1000) / (perSecond * seconds));
      return perSecond;
    },
    () => transactionsPerSecond(script, { databaseUrl, clients, seconds }, folder),
  );
  const ratio = ratioOf(compared);
  const what = `switches per second, ${clients} client${clients === 1 ? '' : 's'}`;
  yield { what, ...ratio, from: { ...ratio.from, cpuMicros: cpu.at(-1)! }, atLeast: 0.4 };
}

/** Conversations that were switched before: pgbench's are named by numbers alone. */
async function fill(stage: Deployment, prefix: string): Promise<void> {
  await stage.sql(
    `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind)
     SELECT $1 || n, $2, 'platform', $3, 'manual' FROM generate_series(0, $4) AS n`,
    [prefix, USER, MODELS[2], CONVERSATIONS],
  );
  await stage.sql('ANALYZE');
}

/** Has PostgreSQL log everything, switches once, and makes what it logged a script for pgbench. */
async function recordedSwitch(stage: Deployment, ground: BenchEnvironment): Promise<Script> {
  const conversationId = 'recorded';
  // Numbers that mean nothing else in any statement.
  const [version, seq] = [7_000_000, 8_000_000];
  await stage.sql(
    `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind, version, switch_seq)
     VALUES ($1, $2, 'platform', $3, 'manual', $4, $5)`,
    [conversationId, USER, MODELS[0], version - 1, seq - 1],
  );
  const log = (statements: 'all' | 'none') =>
    ground.postgres.asAdmin((admin) =>
      admin.query(`ALTER DATABASE bench_switches SET log_statement = '${statements}'`),
    );
  await log('all');
  const api = await stage.startApi(SETTINGS);
  const act = { action: 'switch', conversationId, userId: USER, reason: 'bench' };
  // The first ones of a process prepare statements and look things up that later ones know.
  await api.act({ ...act, conversationId: 'another', modelId: MODELS[0] });
  const logFile = join(ground.folder, 'postgres', 'postgres.log');
  const from = statSync(logFile).size;
  const { body, text } = await api.act({ ...act, modelId: MODELS[1] });
  if (!body?.data?.switched) throw new Error(`not switched: ${text}`);
  await api.kill();
  await log('none');
  const statements = transactionWith('INTO outbox', logFile, from);
  return scriptOf(statements, { ...body.data, conversationId, version, seq }, CONVERSATIONS);
}
