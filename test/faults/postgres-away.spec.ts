import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { type Acknowledged, endLeases, expectInvariants } from '../support/invariants.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { isFinal } from '../support/retrying-client.js';
import { SwitchLoad } from '../support/switch-load.js';
import { createTestEnvironment, FAULT_TIMEOUTS, type TestEnvironment } from '../support/test-env.js';

let environment: TestEnvironment;
let proxy: FaultProxy;
let admin: Client;
let api: BuiltApi;
let worker: BuiltProcess;
const told: Acknowledged[] = [];

beforeAll(async () => {
  environment = await createTestEnvironment({ LOG_LEVEL: 'error', ...FAULT_TIMEOUTS });
  proxy = await FaultProxy.before(environment.variables.DATABASE_URL!);
  admin = new Client({ connectionString: `${inject('services').postgresAdminUrl}/postgres` });
  await admin.connect();
});
// Connections that one fault has killed must not fail the other tests, too.
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

const switchTo = (modelId: string) => ({
  action: 'switch',
  modelId,
  conversationId: 'conv-124',
  userId: 'user-457',
});

const isReady = () => eventually(async () => expect((await api.get('/readyz')).status).toBe(200));

it('loses and doubles no switch while transactions are terminated under load, and answers 503, never 500', async () => {
  const load = new SwitchLoad(api, { lanes: 16, pauseMs: 0 });
  const causes = () => api.output.split('\n').filter((line) => line.includes('"internal_error"'));
  let terminated = 0;
  // Until enough was hit to prove something; `npm run test:faults` does much more of it.
  while (terminated < 15) {
    terminated += await terminateTransactions();
    await load.more(4);
  }
  await load.stop();
  told.push(...load.acknowledged);
  expect(load.lost).toEqual([]);
  const unexpected = load.refusals.filter(isFinal).map(({ text }) => text);
  expect(unexpected, causes().at(-1)).toEqual([]);
  expect(load.refusals.filter(({ retryAfter }) => !(retryAfter >= 1))).toEqual([]);
  await endLeases(environment.owner);
  await expectInvariants(environment.owner, told);
});

it('stays up when connections are terminated at the instant they are handed out', async () => {
  await proxy.cut();
  proxy.terminateWhenReady = 10;
  await proxy.restore();
  const answers = await Promise.all(Array.from({ length: 10 }, () => api.get('/v1/switches').catch(String)));
  await eventually(() => expect(api.hasExited || proxy.terminateWhenReady === 0).toBe(true));
  expect(api.hasExited, api.stderr).toBe(false);
  expect(worker.hasExited, worker.stderr).toBe(false);
  expect(
    answers.filter((answer) => typeof answer === 'string' || ![200, 503].includes(answer.status)),
  ).toEqual([]);
  await isReady();
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
  const refused = await api.act(switchTo('eu.amazon.nova-lite-v1:0'));
  expect(refused.status).toBe(503);
  expect(refused.body).toMatchObject({ success: false, action: 'switch', code: 'database_unavailable' });
  expect(refused.retryAfter).toBeGreaterThanOrEqual(1);
  expect((await api.get('/readyz')).status).toBe(503);
  expect((await api.get('/livez')).status).toBe(200);

  await proxy.restore();
  await isReady();
  const { body } = await api.actPatiently(switchTo('eu.anthropic.claude-haiku-4-5-20251001-v1:0'));
  expect(body.data.switched).toBe(true);
  told.push({ ...body.data, conversationId: 'conv-124', idempotencyKey: null });
  await endLeases(environment.owner);
  await expectInvariants(environment.owner, told);
});

it('answers a switch with 503 while PostgreSQL is frozen, and reads from memory', async () => {
  const { body } = await api.getPatiently('/v1/conversations/conv-124/model');
  proxy.freeze();
  const refusal = api.act(switchTo('eu.amazon.nova-lite-v1:0'));
  const read = await api.get('/v1/conversations/conv-124/model');
  expect({ status: read.status, model: read.body.model?.id }).toEqual({ status: 200, model: body.model.id });
  expect((await refusal).status).toBe(503);
  await proxy.restore();
  await isReady();
});

it('a worker that starts while PostgreSQL is away waits for it', async () => {
  await worker.kill();
  await proxy.cut();
  const DATABASE_URL = proxy.through(environment.variables.DATABASE_URL!);
  worker = startWorker({ ...environment.variables, DATABASE_URL });
  await eventually(() => expect(worker.output).toContain('Unable to connect to the database. Retrying'));
  await proxy.restore();
  const { body } = await api.actPatiently(switchTo('eu.amazon.nova-pro-v1:0'));
  told.push({ ...body.data, conversationId: 'conv-124', idempotencyKey: null });
  await endLeases(environment.owner);
  await expectInvariants(environment.owner, told);
  expect(worker.hasExited, worker.output).toBe(false);
});
