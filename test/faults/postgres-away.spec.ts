import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import { CuttableProxy } from '../support/cuttable-proxy.js';
import { type Acknowledged, expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, type HttpAnswer, startWorker } from '../support/processes.js';
import { SwitchLoad } from '../support/switch-load.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let environment: TestEnvironment;
let proxy: CuttableProxy;
let admin: Client;
let api: BuiltApi;
let worker: BuiltProcess;
const told: Acknowledged[] = [];

beforeAll(async () => {
  environment = await createTestEnvironment({ LOG_LEVEL: 'error' });
  proxy = await CuttableProxy.before(environment.variables.DATABASE_URL!);
  admin = new Client({ connectionString: `${inject('services').postgresAdminUrl}/postgres` });
  await admin.connect();
});
// What one fault has killed must not fail the other tests, too.
beforeEach(async () => {
  proxy.terminateWhenReady = 0;
  await proxy.restore();
  const DATABASE_URL = proxy.through(environment.variables.DATABASE_URL!);
  if (!worker || worker.hasExited) worker = startWorker({ ...environment.variables, DATABASE_URL });
  if (!api || api.hasExited) api = await BuiltApi.start({ ...environment.variables, DATABASE_URL });
});
afterAll(async () => {
  await Promise.all([api?.kill(), worker?.kill()]);
  await Promise.all([admin?.end(), environment?.close(), proxy?.cut()]);
});

/** Ends the connections of api and worker that are in a transaction now. @returns how many */
async function terminateTransactions(): Promise<number> {
  const { rowCount } = await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = $1 AND application_name = 'bedrock-model-orchestrator' AND xact_start IS NOT NULL`,
    [new URL(environment.variables.DATABASE_URL!).pathname.slice(1)],
  );
  return rowCount ?? 0;
}

const retryAfterOf = ({ headers }: HttpAnswer) => Number(headers.get('retry-after'));

const switchTo = (modelId: string) =>
  api.act({ action: 'switch', modelId, conversationId: 'conv-124', userId: 'user-457' });

it('loses and doubles no switch while transactions are terminated under load, and answers 503, never 500', async () => {
  const load = new SwitchLoad(api, { pauseMs: 0 });
  const causes = () => api.output.split('\n').filter((line) => line.includes('"internal_error"'));
  let terminated = 0;
  // Until enough was hit and got through to prove something; `npm run test:faults` does much more of it.
  while (!api.hasExited && (terminated < 15 || load.acknowledged.length < 60)) {
    terminated += await terminateTransactions();
    await delay(Math.random() * 300);
  }
  await load.stop();
  told.push(...load.acknowledged);
  expect(load.lost).toEqual([]);
  const unexpected = load.refusals.filter(
    (refusal) => refusal.status !== 503 && refusal.body?.code !== 'request_in_progress',
  );
  expect(
    unexpected.map(({ text }) => text),
    causes().at(-1),
  ).toEqual([]);
  expect(load.refusals.filter((refusal) => !(retryAfterOf(refusal) >= 1))).toEqual([]);
  await expectInvariants(environment.owner, told, 30_000);
});

it('stays up when connections are terminated in the moment they are handed out', async () => {
  await proxy.cut();
  proxy.terminateWhenReady = 10;
  await proxy.restore();
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.get('/v1/switches').catch(String)));
  await vi.waitFor(() => expect(api.hasExited || proxy.terminateWhenReady === 0).toBe(true), 10_000);
  expect(api.hasExited, api.stderr).toBe(false);
  expect(worker.hasExited, worker.stderr).toBe(false);
  expect(
    answers.filter((answer) => typeof answer === 'string' || ![200, 503].includes(answer.status)),
  ).toEqual([]);
  await vi.waitFor(async () => expect((await api.get('/readyz')).status).toBe(200), { timeout: 5_000 });
});

it('answers reads from memory and switches with 503 while PostgreSQL is away, and recovers by itself', async () => {
  const before = await api.get('/v1/conversations/conv-124/model');
  await proxy.cut();
  const read = await api.get('/v1/conversations/conv-124/model');
  expect({ status: read.status, model: read.body.model?.id }).toEqual({
    status: 200,
    model: before.body.model.id,
  });
  expect((await api.act({ action: 'list-all' })).body.data.total).toBe(8);
  const refused = await switchTo('eu.amazon.nova-lite-v1:0');
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ success: false, action: 'switch', code: 'database_unavailable' });
  expect(retryAfterOf(refused)).toBeGreaterThanOrEqual(1);
  expect((await api.get('/readyz')).status).toBe(503);
  expect((await api.get('/livez')).status).toBe(200);

  await proxy.restore();
  await vi.waitFor(async () => expect((await api.get('/readyz')).status).toBe(200), { timeout: 5_000 });
  const { body } = await switchTo('eu.anthropic.claude-haiku-4-5-20251001-v1:0');
  expect(body.data.switched).toBe(true);
  told.push({ ...body.data, conversationId: 'conv-124', idempotencyKey: null });
  await expectInvariants(environment.owner, told, 20_000);
});

it('answers a switch with 503 within the budget of 5 s while PostgreSQL is frozen, and reads at once', async () => {
  await api.get('/v1/conversations/conv-124/model');
  proxy.freeze();
  const began = Date.now();
  const refusal = switchTo('eu.amazon.nova-lite-v1:0').then((answer) => ({
    status: answer.status,
    tookMs: Date.now() - began,
  }));
  const read = await api.get('/v1/conversations/conv-124/model');
  expect(read.status).toBe(200);
  expect(Date.now() - began).toBeLessThan(500);
  const { status, tookMs } = await refusal;
  expect(status).toBe(503);
  expect(tookMs).toBeLessThan(5_000);
  await proxy.restore();
  await vi.waitFor(async () => expect((await api.get('/readyz')).status).toBe(200), { timeout: 10_000 });
});
