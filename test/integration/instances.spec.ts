import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { ApiInstance } from '../support/api-instance.js';
import { eventually } from '../support/eventually.js';
import { passTime } from '../support/monotonic-clock.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

/** The overview is read again after this time. */
const CACHED_MS = 5_000;

const listed = async () => (await system.get('/v1/instances')).body.items;
const sql = async (statement: string) => (await system.environment.owner.query(statement)).rows;
const workerAway = async () =>
  (await system.get('/v1/overview')).body.attention.find(
    ({ kind }: { kind: string }) => kind === 'worker_away',
  );

it('lists processes that run; one that stops in order leaves the list, and says since when it is away', async () => {
  const worker = await createWorker(system.environment.env);
  await eventually(async () =>
    expect(await listed()).toMatchObject([
      { kind: 'api', state: 'alive', version: expect.stringMatching(/^\d+\.\d+/), name: expect.any(String) },
      { kind: 'worker', state: 'alive', startedAt: expect.any(String), seenAt: expect.any(String) },
    ]),
  );
  await worker.close();
  expect(await listed()).toMatchObject([{ kind: 'api' }]);
  const [{ stopped }] = await sql(`SELECT stopped_at AS stopped FROM instances WHERE kind = 'worker'`);
  await eventually(async () => expect(await workerAway()).toMatchObject({ since: stopped.toISOString() }));
});

it('marks one that died as stale, and says that no worker is alive', async () => {
  const [{ seen }] = await sql(`INSERT INTO instances (id, kind, name, version, seen_at)
    VALUES (gen_random_uuid(), 'worker', 'died', '0', now() + interval '1 day') RETURNING seen_at AS seen`);
  passTime(CACHED_MS);
  await eventually(async () => expect(await workerAway()).toBeUndefined());
  expect((await listed())[1]).toMatchObject({ name: 'died', state: 'alive', seenAt: seen.toISOString() });
  await sql(`UPDATE instances SET seen_at = now() - interval '31 seconds' WHERE name = 'died'`);
  passTime(CACHED_MS);
  expect((await listed())[1]).toMatchObject({ name: 'died', state: 'stale' });
  await eventually(async () => expect(await workerAway()).toMatchObject({ since: expect.any(String) }));
});

it('forgets after an hour, by the next heartbeat of any process, but the newest of each kind', async () => {
  await sql(`DELETE FROM instances WHERE kind = 'worker'`);
  await sql(`INSERT INTO instances (id, kind, name, version, seen_at)
    SELECT gen_random_uuid(), 'worker', 'old ' || n, '0', now() - make_interval(hours => n) FROM generate_series(2, 4) n`);
  // Its first heartbeat is the next one.
  const other = await ApiInstance.start(system.environment.variables);
  await eventually(async () =>
    expect(await sql(`SELECT name FROM instances WHERE kind = 'worker'`)).toEqual([{ name: 'old 2' }]),
  );
  await other.close();
});
