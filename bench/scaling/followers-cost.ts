import { Client } from 'pg';
import type { BuiltApi } from '../../test/support/processes.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { median, quantile } from '../measure.js';
import { switchUseCase, UNHURRIED } from './request-demands.js';
import type { FollowersCost } from './scaling-report.js';

const SIZES = { quick: [1_000, 10_000, 100_000], full: [1_000, 100_000, 1_000_000] };
const TEN_MILLION = 10_000_000;
const SWITCHES = { warmUp: 10, counted: 100 };
const DRY_RUNS = 5;

/** Measures a switch of a use case with more and more followers. No worker runs: only the switch itself is measured. */
export async function measureFollowers(
  ground: BenchEnvironment,
  isTenMillion: boolean,
): Promise<FollowersCost[]> {
  const stage = await ground.stage('followers');
  const api = await stage.startApi(UNHURRIED);
  const token = await stage.key(api, 'switch', 'operate');
  const costs: FollowersCost[] = [];
  let followers = 0;
  const sizes = SIZES[ground.quick ? 'quick' : 'full'];
  for (const size of isTenMillion ? [...sizes, TEN_MILLION] : sizes) {
    await addFollowers(stage, followers, size);
    followers = size;
    costs.push({ followers, ...(await costOf(stage, api, token)) });
    console.log(`    ${followers} followers`);
  }
  await stage.close();
  return costs;
}

async function costOf(
  stage: Deployment,
  api: BuiltApi,
  token: string,
): Promise<Omit<FollowersCost, 'followers'>> {
  for (let position = 0; position < SWITCHES.warmUp; position += 1) await switchUseCase(api, token, position);
  const before = await walPosition(stage);
  const took: number[] = [];
  for (let position = 0; position < SWITCHES.counted; position += 1)
    took.push(await switchUseCase(api, token, SWITCHES.warmUp + position));
  const written = (await walPosition(stage)) - before;
  const dryRuns: number[] = [];
  for (let turn = 0; turn < DRY_RUNS; turn += 1) dryRuns.push(await dryRun(api, token));
  return {
    p50Ms: median(took),
    p99Ms: quantile(took, 0.99),
    walBytes: written / SWITCHES.counted,
    dryRunMs: median(dryRuns),
  };
}

async function dryRun(api: BuiltApi, token: string): Promise<number> {
  const body = { action: 'switch', useCase: 'platform', modelId: 'eu.amazon.nova-2-lite-v1:0', dryRun: true };
  const began = performance.now();
  const { status, text } = await api.act(body, { token });
  if (status !== 200) throw new Error(`no dry run: ${status} ${text}`);
  return performance.now() - began;
}

const walPosition = async (stage: Deployment): Promise<number> => {
  const [row] = await stage.sql<{ wal: number }>(
    `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 AS wal`,
  );
  return row!.wal;
};

/** Conversations without a pin, as the service makes them, of a user for every ten. */
async function addFollowers(stage: Deployment, from: number, to: number): Promise<void> {
  const db = new Client({ connectionString: stage.databaseUrl('postgres') });
  await db.connect();
  try {
    await db.query(
      `SET session_replication_role = replica; SET synchronous_commit = off; SET statement_timeout = 0`,
    );
    const numbers = `generate_series(${from}::bigint, ${to - 1}) AS n`;
    await db.query(
      `INSERT INTO ai_conversations (id, user_id, use_case) SELECT 'follower-' || n, 'user-' || n / 10, 'platform' FROM ${numbers}`,
    );
    await db.query(
      `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq)
       SELECT 'follower-' || n, 'user-' || n / 10, 'platform', 0 FROM ${numbers}`,
    );
    await db.query('VACUUM ANALYZE ai_conversations, ai_conversation_follows');
    await db.query('CHECKPOINT');
  } finally {
    await db.end();
  }
}
