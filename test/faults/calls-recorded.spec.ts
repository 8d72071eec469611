import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const PROGRAM = new URL('../support/recording-process.mjs', import.meta.url);

let environment: TestEnvironment;
let proxy: FaultProxy;
let child: ChildProcess;
let told: Map<string, string>;
beforeAll(async () => {
  environment = await createTestEnvironment();
  proxy = await FaultProxy.before(environment.variables.DATABASE_URL!);
});
afterEach(async () => {
  child.kill('SIGKILL');
  await proxy.restore();
});
afterAll(async () => {
  await proxy.cut();
  await environment.close();
});

function start(): void {
  told = new Map();
  child = fork(PROGRAM, [proxy.through(environment.variables.DATABASE_URL!)], { execArgv: [] });
  child.on('message', ({ id, recorded }: { id: string; recorded: string }) => told.set(id, recorded));
}
const those = (recorded: string) => [...told].filter(([, became]) => became === recorded).map(([id]) => id);
const until = (reached: () => boolean) => eventually(() => expect(reached()).toBe(true));

async function kill(): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function present(ids: string[]): Promise<string[]> {
  const { rows } = await environment.owner.query('SELECT id FROM model_invocations WHERE id = ANY($1)', [
    ids,
  ]);
  return rows.map(({ id }) => id);
}

/** Roll-ups and conversations will count every call that is there, once. */
async function expectEachQueuedOnce(): Promise<void> {
  const { rows } = await environment.owner.query(
    `SELECT id, count(queued) FROM model_invocations
     FULL JOIN (SELECT unnest(invocation_ids) AS queued FROM invocations_to_roll_up) AS queue ON queued = id
     GROUP BY id HAVING count(queued) <> 1 OR id IS NULL`,
  );
  expect(rows).toEqual([]);
}

it('a kill under load loses no call that was called durable', async () => {
  start();
  await until(() => those('durable').length > 500);
  await kill();
  const durable = those('durable');
  expect((await present(durable)).sort()).toEqual(durable.sort());
  await expectEachQueuedOnce();
});

it('an outage loses and doubles nothing where the process lives on', async () => {
  start();
  await until(() => those('durable').length > 100);
  await proxy.cut();
  await until(() => those('buffered').length > 200);
  await proxy.restore();
  const buffered = those('buffered');
  await eventually(async () => expect(await present(buffered)).toHaveLength(buffered.length));
  await expectEachQueuedOnce();
});

it('a kill during an outage loses what was called buffered, and nothing else', async () => {
  start();
  await until(() => those('durable').length > 100);
  await proxy.cut();
  await until(() => those('buffered').length > 200);
  await kill();
  const durable = those('durable');
  expect(await present(durable)).toHaveLength(durable.length);
  const buffered = those('buffered');
  const lost = buffered.length - (await present(buffered)).length;
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThanOrEqual(10_000);
  await expectEachQueuedOnce();
});
