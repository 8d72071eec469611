import { readFileSync, writeFileSync } from 'node:fs';
import type { ModuleRef } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { ChainAppendService } from '#libs/audit/hash-chain/chain-append.service.js';
import { LeaderCollector } from '#libs/operations/leader-collector.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { QueueInspector } from '#libs/platform/queue/queue-inspector.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { Metrics } from '#libs/platform/telemetry/metrics.js';
import { ChatSystem, HAIKU, SONNET } from '../support/chat-system.js';

const DOCUMENT = 'docs/telemetry.md';

let chats: ChatSystem;
let switchId: string;
beforeAll(async () => {
  // No worker: what waits, waits.
  chats = await ChatSystem.start();
  chats.system.api.get(LeaderCollector, { strict: false }).cachedMs = 0;
});
afterAll(async () => {
  await chats.close();
});

const page = async () => (await chats.system.get('/metrics')).text;
/** Of one series, labels in the order in which it has them; 0: there is none. */
async function value(series: string): Promise<number> {
  const line = (await page()).split('\n').find((each) => each.startsWith(`orchestrator_${series} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}
async function moves(series: string, event: () => Promise<unknown>): Promise<number> {
  const before = await value(series);
  await event();
  return (await value(series)) - before;
}
const sql = (statement: string, parameters?: unknown[]) => chats.rows(statement, parameters);
const change = { action: 'switch', modelId: HAIKU, conversationId: 'conv-metrics', userId: 'user-1' };

it('requests are counted by the template of their route and the class of their status', async () => {
  const series = (route: string, status: string) =>
    `http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`;
  const model = series('/v1/conversations/:id/model', '2xx');
  expect(await moves(model, () => chats.system.get('/v1/conversations/its-own-name/model'))).toBe(1);
  const refused = series('/v1/switches', '4xx');
  expect(await moves(refused, () => chats.system.get('/v1/switches?limit=many'))).toBe(1);
  expect(await moves(series('none', '4xx'), () => chats.system.get('/no/such/page'))).toBe(1);
  expect(await page()).not.toContain('its-own-name');
});

it('a switch is counted by its kind and by what came of it', async () => {
  const switched = 'switches_total{kind="manual",scope="conversation",outcome="switched"}';
  expect(
    await moves(switched, async () => {
      switchId = (await chats.system.act(change)).body.data.switchId;
    }),
  ).toBe(1);
  const unchanged = 'switches_total{kind="manual",scope="conversation",outcome="unchanged"}';
  expect(await moves(unchanged, () => chats.system.act(change))).toBe(1);
  const unknown = 'switches_total{kind="manual",scope="conversation",outcome="model_not_found"}';
  expect(await moves(unknown, () => chats.system.act({ ...change, modelId: 'no.such-model' }))).toBe(1);
});

it('the outbox shows how much waits, for how long, and the dead letters', async () => {
  expect(await value('outbox_entries{state="waiting"}')).toBe(1);
  await sql(`UPDATE outbox SET created_at = now() - interval '2 minutes'`);
  expect(await value('outbox_lag_seconds')).toBeGreaterThanOrEqual(120);
  await sql('UPDATE outbox SET dead_at = now()');
  expect(await value('outbox_entries{state="dead"}')).toBe(1);
  expect(await value('outbox_lag_seconds')).toBe(0);
  await sql('UPDATE outbox SET dead_at = NULL');
});

it('an audit row waits for its seal, its notification for a number', async () => {
  await chats.system.api.get(AuditService, { strict: false }).record(switchId);
  expect(await value('outbox_entries{state="waiting"}')).toBe(0);
  expect(await value('audit_unsealed_rows')).toBe(1);
  expect(await value('audit_seal_lag_seconds')).toBeGreaterThan(0);
  expect(await value('notification_lag_seconds')).toBeGreaterThan(0);
  await chats.system.api.get(ChainAppendService, { strict: false }).appendWaiting();
  expect(await value('audit_unsealed_rows')).toBe(0);
  expect(await value('audit_seal_lag_seconds')).toBe(0);
});

it('a move that runs without a step is silent, and one that failed counts for a day', async () => {
  expect(await value('model_move_silence_seconds')).toBe(0);
  await sql(`INSERT INTO model_moves (id, from_model_id, reason, notification_shown, actor, state, use_cases, plan, staying, total,
    created_at, heartbeat_at) VALUES (gen_random_uuid(), 'a-model', 'Why', true, 'service:x', 'running', '{}', '[]', '[]', 1, now(),
    now() - interval '3 minutes')`);
  expect(await value('model_move_silence_seconds')).toBeGreaterThanOrEqual(180);
  expect(await value('model_moves{state="running"}')).toBe(1);
  await sql(`UPDATE model_moves SET state = 'failed', ended_at = now()`);
  expect(await value('model_move_silence_seconds')).toBe(0);
  expect(await value('model_moves{state="failed"}')).toBe(1);
  await sql(`UPDATE model_moves SET ended_at = now() - interval '25 hours'`);
  expect(await value('model_moves{state="failed"}')).toBe(0);
  await sql('DELETE FROM model_moves');
});

it('a loop that no worker is at is silent', async () => {
  await sql(`INSERT INTO singleton_loops VALUES ('change-clock', now() - interval '90 seconds')
    ON CONFLICT (name) DO UPDATE SET heartbeat_at = excluded.heartbeat_at`);
  expect(await value('singleton_loop_silence_seconds{loop="change-clock"}')).toBeGreaterThanOrEqual(90);
});

it('a change that missed its time counts for a day, and a review from when it is overdue', async () => {
  expect(await value('change_requests_missed')).toBe(0);
  await sql(`INSERT INTO change_requests (id, state, hash, reason, use_cases, proposer, editor, created_at, revised_at, expires_at,
    ended_at, failure, review_due_at) VALUES (gen_random_uuid(), 'expired', repeat('0', 64), 'Why', '{clinical}', 'service:x',
    'service:x', now(), now(), now(), now(), '{"code":"missed"}', now() + interval '1 hour')`);
  expect(await value('change_requests_missed')).toBe(1);
  expect(await value('change_reviews_overdue')).toBe(0);
  await sql(`UPDATE change_requests SET ended_at = now() - interval '25 hours', review_due_at = now()`);
  expect(await value('change_requests_missed')).toBe(0);
  expect(await value('change_reviews_overdue')).toBe(1);
  await sql('UPDATE change_requests SET reviewed_at = now()');
  expect(await value('change_reviews_overdue')).toBe(0);
});

it('channels that get nothing are counted by their state', async () => {
  const make = (name: string, failures: number, disabledAt: string | null) =>
    sql(`INSERT INTO channels (id, name, kind, target, encrypted_secret, secret_id, least_urgency, language, include_reasons,
      position, digest_after, created_at, failures, disabled_at) VALUES (gen_random_uuid(), '${name}', 'slack', '{"host":"h"}', 'x',
      gen_random_uuid(), 'info', 'en', false, 0, 0, now(), ${failures}, ${disabledAt})`);
  await make('ended', 0, 'now()');
  await make('works', 0, null);
  await make('fails', 2, null);
  expect(await value('channels{state="failing"}')).toBe(1);
  expect(await value('channels{state="disabled"}')).toBe(1);
  await sql('DELETE FROM channels');
});

it('a switch without an audit row that waits for none is missed', async () => {
  expect(await value('audit_missing_rows')).toBe(0);
  await sql(`INSERT INTO switch_events SELECT r.* FROM switch_events e, jsonb_populate_record(e, jsonb_build_object(
    'id', gen_random_uuid(), 'seq', 99, 'occurred_at', now() - interval '10 minutes')) r`);
  expect(await value('audit_missing_rows')).toBe(1);
});

// A command of Redis may take 250 ms, which a busy machine needs at times.
it('a job that waits is seen in its queue', { retry: 2 }, async () => {
  const views = chats.system.api.get(QueueInspector, { strict: false });
  const waiting = 'queue_jobs{queue="switching.record-switch",state="waiting"}';
  expect(await moves(waiting, () => views.of('switching.record-switch').add('test', {}))).toBe(1);
  await views.of('switching.record-switch').drain();
});

it('calls of models are counted by what came of them, with tokens and what they cost', async () => {
  chats.faults({ kind: 'error', modelId: SONNET, name: 'ValidationException', times: 1 });
  chats.faults({ kind: 'error', modelId: SONNET, name: 'ServiceUnavailableException' });
  const before = await page();
  expect(before).not.toContain('orchestrator_spend_usd_total{');
  const { status } = await chats.chat({
    useCase: 'clinical',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  expect(status).toBe(200);
  const call = 'model_call_duration_seconds_count';
  expect(await value(`${call}{model_id="${SONNET}",outcome="unavailable"}`)).toBeGreaterThan(0);
  expect(await value(`${call}{model_id="${HAIKU}",outcome="answered"}`)).toBe(1);
  expect(await value(`spend_usd_total{model_id="${HAIKU}",use_case="clinical"}`)).toBeGreaterThan(0);
  expect(await value(`tokens_total{model_id="${HAIKU}",direction="input"}`)).toBeGreaterThan(0);
  expect(await value('usage_batches_waiting')).toBeGreaterThan(0);
  expect(await value('calls_buffered')).toBe(0);
  for (let n = 0; n < 3; n += 1)
    await chats.chat({ useCase: 'clinical', messages: [{ role: 'user', content: 'Hi' }] });
  expect(await value(`breaker_open{model_id="${SONNET}",kind="unavailable"}`)).toBe(1);
});

it('reads of conversations are counted by what answered them', async () => {
  const read = () => chats.system.get('/v1/conversations/conv-metrics/model');
  await read();
  expect(await moves('conversation_reads_total{source="memory"}', read)).toBe(1);
  expect(await value('conversation_reads_total{source="postgres"}')).toBeGreaterThan(0);
});

it('verdicts, sweeps and their budget are shown', async () => {
  expect(await page()).not.toMatch(/^orchestrator_validation_sweep_age_seconds/m);
  await sql(
    `INSERT INTO validation_sweeps (slot, started_at, finished_at) VALUES ('x', now() - interval '1 hour', now() - interval '1 hour')`,
  );
  expect(await value('validation_sweep_age_seconds')).toBeGreaterThanOrEqual(3_600);
  await sql(`INSERT INTO bedrock_model_validations (model_id, checked_at, method, outcome, tokens, cost_usd)
    SELECT model_id, now(), 'probe', 'passed', 10000, 0.05 FROM bedrock_models LIMIT 1`);
  expect(await value('validation_budget_used_ratio{budget="tokens"}')).toBe(0.5);
  expect(await value('validation_budget_used_ratio{budget="usd"}')).toBe(1);
  await sql(
    `UPDATE bedrock_models SET validation_status = 'failed', end_of_life_at = now() - interval '3 days' WHERE model_id = $1`,
    [SONNET],
  );
  await chats.system.act({ action: 'clear-cache' });
  expect(await value(`model_validation{model_id="${SONNET}",status="failed"}`)).toBe(1);
  expect(await value(`model_ended_days{model_id="${SONNET}"}`)).toBe(3);
});

it('budgets are shown with what is spent of them, and those of users are counted only', async () => {
  expect(await page()).not.toMatch(/^orchestrator_budget\w+\{/m);
  const set = (url: string, limitUsd: string) => chats.system.call('PUT', `/v1/budgets/${url}`, { limitUsd });
  await sql(`INSERT INTO model_invocations (id, started_at, request_id, use_case, user_id, actor, model_id, outcome, estimated,
      cost_usd, attempts, latency_ms, streamed, key_owner)
    SELECT gen_random_uuid(), now(), 'r', 'health', 'a-user-of-metrics', 'a', 'm', 'answered', false, cost, '[]', 1, false, 'bootstrap'
    FROM unnest('{40,NULL}'::numeric[]) AS cost`);
  await sql(`INSERT INTO invocations_to_roll_up (invocation_ids, started_ats)
    SELECT array_agg(id), array_agg(started_at) FROM model_invocations WHERE use_case = 'health'`);
  for (const subject of ['useCase=health', 'key=bootstrap', 'userId=a-user-of-metrics', 'userId=another'])
    await set(`month?${subject}`, '50');
  await set('month', '1000000');
  expect(await value('budget_spent_ratio{scope="use_case",period="month",subject="health"}')).toBe(0.8);
  expect(await value('budget_spent_ratio{scope="key",period="month",subject="bootstrap"}')).toBeGreaterThan(
    0.8,
  );
  expect(await value('budget_spent_ratio{scope="all",period="month",subject="all"}')).toBeGreaterThan(0);
  const users = (threshold: number) =>
    value(`budgets_reached{scope="user",period="month",threshold="${threshold}"}`);
  expect([await users(50), await users(80), await users(100)]).toEqual([1, 1, 0]);
  expect(await page()).toContain('budgets_reached{scope="user",period="month",threshold="100"} 0');
  expect(await value('budgets_incomplete{scope="use_case",period="month"}')).toBe(1);
  expect(await value('budgets_incomplete{scope="user",period="month"}')).toBe(1);
  expect(await page()).not.toContain('a-user-of-metrics');
});

it('the catalogue, the pool and Redis are shown', async () => {
  expect(await value('catalogue_loads_total')).toBeGreaterThan(0);
  expect(await value('catalogue_age_seconds')).toBeGreaterThanOrEqual(0);
  expect(await value('database_connections{state="limit"}')).toBe(20);
  expect(await value('database_connections{state="idle"}')).toBeGreaterThan(0);
  expect(await value('redis_up')).toBe(1);
});

it('what all share is read by one instance, and a reading that fails leaves the others alone', async () => {
  const { api } = chats.system;
  const other = new LeaderCollector(api.get(RedisConnections, { strict: false }));
  expect(await other.shared('a test', async () => 'read')()).toBeUndefined();
  const failing = api.get(LeaderCollector, { strict: false }).shared('a test', async () => {
    throw new Error('away');
  });
  expect(await failing()).toBeUndefined();
});

it('the SQL of docs/runbook.md fits the tables', async () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const statements = [...runbook.matchAll(/psql "\$DATABASE_URL" -\w+ "([^"]+)"/g)].map(
    ([, statement]) => statement!,
  );
  expect(statements.length).toBeGreaterThan(10);
  for (const statement of statements) await sql(`EXPLAIN ${statement.replaceAll('$M', 'a-model')}`);
});

it('docs/telemetry.md lists what there is', () => {
  const { api, environment } = chats.system;
  const metrics = api.get(Metrics, { strict: false });
  // Only a worker has jobs to count.
  new JobQueue({} as ModuleRef, environment.env, metrics);
  const rows = metrics
    .described()
    .map(
      ({ name, type, labels, help }) =>
        `| \`${name}\` | ${type} | ${labels.map((l) => `\`${l}\``).join(', ')} | ${help} |`,
    );
  const table = ['| metric | type | labels | |', '| --- | --- | --- | --- |', ...rows.toSorted()].join('\n');
  const present = readFileSync(DOCUMENT, 'utf8');
  const wanted = present.replace(/(?<=<!-- metrics -->\n)[\s\S]*(?=<!-- \/metrics -->)/, `\n${table}\n\n`);
  if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, wanted);
  else expect(present).toBe(wanted);
});
