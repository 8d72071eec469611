import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Env } from '#libs/platform/config/env.js';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const PROGRAM = new URL('../support/recording-process.mjs', import.meta.url);

let environment: TestEnvironment;
let proxy: FaultProxy;
let folder: string;
let child: ChildProcess;
let told: Map<string, string>;
beforeAll(async () => {
  environment = await createTestEnvironment();
  proxy = await FaultProxy.before(environment.variables.DATABASE_URL!);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-journal-'));
});
afterEach(async () => {
  child.kill('SIGKILL');
  await proxy.restore();
});
afterAll(async () => {
  await proxy.cut();
  await environment.close();
});

function start(durability: Env['USAGE_DURABILITY'] = 'postgres'): void {
  told = new Map();
  const url = proxy.through(environment.variables.DATABASE_URL!);
  child = fork(PROGRAM, [url, folder, durability], { execArgv: [] });
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

async function expectAllPresent(ids: string[]): Promise<void> {
  await eventually(async () => expect(await present(ids)).toHaveLength(ids.length));
  await expectEachQueuedOnce();
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
  await until(() => those('journalled').length > 200);
  await proxy.restore();
  await expectAllPresent(those('journalled'));
});

it.each(['postgres', 'journal'] as const)(
  'a kill during an outage loses and doubles nothing with USAGE_DURABILITY=%s',
  async (durability) => {
    start(durability);
    await until(() => told.size > 100);
    await proxy.cut();
    const before = told.size;
    await until(() => told.size > before + 200);
    await kill();
    const answered = [...told.keys()];
    expect(those('buffered')).toEqual([]);
    expect((await present(answered)).length).toBeLessThan(answered.length);
    await proxy.restore();
    start(durability);
    await expectAllPresent(answered);
  },
);

it('kills one after the other lose and double nothing, also while left calls are recorded', async () => {
  const answered: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    start('journal');
    await until(() => told.size > 50);
    await kill();
    answered.push(...told.keys());
  }
  start('journal');
  await expectAllPresent(answered);
});

it('a kill loses what only the memory has, where the journal cannot be written, and nothing else', async () => {
  folder = join(folder, 'file');
  writeFileSync(folder, '');
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
