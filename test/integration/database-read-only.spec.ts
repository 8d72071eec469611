import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DatabaseReadiness } from '#libs/platform/database/database-readiness.js';
import { Transactions } from '#libs/platform/database/transactions.js';
import { ApiInstance } from '../support/api-instance.js';
import { asAdmin } from '../support/empty-database.js';
import { eventually } from '../support/eventually.js';
import { TestSystem } from '../support/test-system.js';

const SWITCH = { action: 'switch', modelId: 'eu.amazon.nova-lite-v1:0', conversationId: 'conv-123' };
const REFUSED = { status: 503, body: { code: 'database_read_only' } };

let system: TestSystem;
let database: string;
beforeAll(async () => {
  system = await TestSystem.start();
  database = new URL(system.environment.variables.DATABASE_URL!).pathname.slice(1);
});
afterEach(async () => {
  await system.environment.owner.query('GRANT INSERT ON switch_events TO orchestrator_app');
  await settings('RESET ALL');
  await eventually(async () => expect(await system.get('/readyz')).toMatchObject({ status: 200 }));
});
afterAll(() => system.close());

const settings = (what: string) => asAdmin('postgres', `ALTER DATABASE ${database} ${what}`);

/** Each session that is made from now on; those that there are end, as when a primary is demoted. */
async function demote(): Promise<void> {
  await settings('SET default_transaction_read_only = on');
  await endConnections();
}

const endConnections = () =>
  asAdmin(
    'postgres',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = '${database}' AND application_name = 'bedrock-model-orchestrator'`,
  );

const busy = () => Promise.all(Array.from({ length: 8 }, () => system.get('/v1/switches')));

it('switches get 503 with Retry-After and reads continue while PostgreSQL takes no changes, and readiness says so', async () => {
  await demote();
  await eventually(async () => expect(await system.act(SWITCH)).toMatchObject(REFUSED));
  const { headers, body } = await system.act(SWITCH);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(body.detail).toContain('accepts no changes');
  expect(await system.get('/readyz')).toMatchObject(REFUSED);
  expect((await busy()).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
});

it('keeps no connection to the server that was demoted', async () => {
  await demote();
  await eventually(async () => expect(await system.act(SWITCH)).toMatchObject(REFUSED));
  await busy();
  expect(system.api.get(Transactions).pool().idle).toBeGreaterThan(1);
  await settings('RESET ALL');
  const all = () => Promise.all(Array.from({ length: 8 }, () => system.act(SWITCH)));
  await eventually(async () => expect((await all()).filter(({ status }) => status !== 200)).toEqual([]));
});

it('a process that starts meanwhile reads, and is not ready', async () => {
  await demote();
  const api = await ApiInstance.start(system.environment.variables);
  expect(await api.get('/v1/switches')).toMatchObject({ status: 200 });
  expect(await api.get('/readyz')).toMatchObject(REFUSED);
  await api.close();
});

it('readiness alone finds the writable server again', async () => {
  await demote();
  await eventually(async () => expect(await system.get('/readyz')).toMatchObject(REFUSED));
  await settings('RESET ALL');
  await eventually(async () => expect(await system.get('/readyz')).toMatchObject({ status: 200 }));
});

it('a right that the role lacks is 503, and says that trying again later is all a caller can do', async () => {
  await system.environment.owner.query('REVOKE INSERT ON switch_events FROM orchestrator_app');
  const answer = await system.act({ ...SWITCH, modelId: 'eu.amazon.nova-pro-v1:0' });
  expect(answer).toMatchObject({ status: 503, body: { code: 'database_right_missing' } });
});

it('synchronous_commit that is turned off meanwhile has no effect on what we commit', async () => {
  await settings('SET synchronous_commit = off');
  await endConnections();
  await eventually(() => system.api.get(DatabaseReadiness).assertReady());
  const show = () => system.api.get(Transactions).run((tx) => tx.query('SHOW synchronous_commit'));
  expect(await show()).toEqual([{ synchronous_commit: 'on' }]);
});
