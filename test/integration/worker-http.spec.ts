import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEnv } from '#libs/platform/config/env.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { HealthServer } from '../../apps/worker/src/health-server.js';
import { eventually } from '../support/eventually.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

let environment: TestEnvironment;
let postgres: FaultProxy;
let worker: INestApplicationContext;
let address: string;
beforeAll(async () => {
  environment = await createTestEnvironment({ WORKER_HTTP_PORT: '0' });
  const url = environment.variables.DATABASE_URL!;
  postgres = await FaultProxy.before(url);
  worker = await createWorker(loadEnv({ ...environment.variables, DATABASE_URL: postgres.through(url) }));
  address = `http://127.0.0.1:${worker.get(HealthServer).port}`;
});
afterAll(async () => {
  await worker.close();
  await postgres.cut();
  await environment.close();
});

const ask = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(`${address}${path}`, init);
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

it('a worker says that it lives and is ready, and what Prometheus reads', async () => {
  expect(await ask('/livez')).toEqual({ status: 200, type: 'application/json', text: '{"status":"ok"}' });
  expect(await ask('/readyz')).toMatchObject({ status: 200, text: '{"status":"ok","redis":"up"}' });
  const { status, type, text } = await ask('/metrics');
  expect({ status, type }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m);
});

it('anything else is refused', async () => {
  expect(await ask('/v1/models')).toMatchObject({ status: 404 });
  expect(await ask('/livez', { method: 'POST' })).toMatchObject({ status: 405 });
});

it('without PostgreSQL it lives and is not ready, until PostgreSQL is back', async () => {
  await postgres.cut();
  expect(await ask('/livez')).toMatchObject({ status: 200 });
  const away = await ask('/readyz');
  expect(away.status).toBe(503);
  expect(JSON.parse(away.text)).toMatchObject({ status: 'unavailable', code: 'database_unavailable' });
  await postgres.restore();
  await eventually(async () => expect((await ask('/readyz')).status).toBe(200));
});

it('with a schema that lacks its last migration it is not ready', async () => {
  const { rows } = await environment.owner.query(
    'DELETE FROM orchestrator_migrations WHERE id = (SELECT max(id) FROM orchestrator_migrations) RETURNING timestamp, name',
  );
  expect((await ask('/readyz')).text).toContain('schema_behind');
  const { timestamp, name } = rows[0];
  await environment.owner.query('INSERT INTO orchestrator_migrations (timestamp, name) VALUES ($1, $2)', [
    timestamp,
    name,
  ]);
  expect((await ask('/readyz')).status).toBe(200);
});

it('without WORKER_HTTP_PORT it listens nowhere', () => {
  expect(new HealthServer({} as never, {} as never, { HOST: '127.0.0.1' }).port).toBeUndefined();
});
