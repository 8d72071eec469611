import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { StreamReader } from '../support/stream-reader.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const STREAMS = 100;
const CONCURRENCY = 50;
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

let environment: TestEnvironment;
let here: BuiltApi;
let there: BuiltApi;
let worker: BuiltProcess;
const readers: StreamReader[] = [];

beforeAll(async () => {
  environment = await createTestEnvironment({ NOTIFICATION_STREAMS: String(2 * STREAMS + 10) });
  await environment.owner.query(
    `WITH made AS (INSERT INTO ai_conversations (id, user_id, use_case)
       SELECT 'c-' || n || '-' || k, 'listener-' || n, 'clinical' FROM generate_series(1, $1) n, generate_series(1, 5) k RETURNING id)
     INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq) SELECT id, 'clinical', 0 FROM made`,
    [STREAMS],
  );
  await environment.owner.query('ANALYZE');
  [here, there] = await Promise.all([
    BuiltApi.start(environment.variables),
    BuiltApi.start(environment.variables),
  ]);
  worker = startWorker(environment.variables);
});
afterAll(async () => {
  for (const reader of readers) reader.leave();
  await Promise.all([here?.stop(), there?.stop(), worker?.stop()]);
  await environment?.close();
});

it('a switch here reaches each follower that listens there, once', async () => {
  while (readers.length < STREAMS) {
    const next = Array.from({ length: CONCURRENCY }, (_, n) => readers.length + n + 1);
    readers.push(
      ...(await Promise.all(next.map((n) => StreamReader.ready(there.url, { userId: `listener-${n}` })))),
    );
  }
  const { body } = await here.actPatiently({ action: 'switch', modelId: HAIKU, useCase: 'clinical' });
  const { switchId } = body.data;
  await eventually(() => expect(readers.filter(({ ids }) => ids.includes(switchId))).toHaveLength(STREAMS));
  expect(readers.map(({ ids }) => ids)).toEqual(readers.map(() => [switchId]));
});

it('an instance that ends lets its listeners go', async () => {
  const ended = await there.stop();
  expect(ended).toBe('exit code 0');
  await eventually(() => expect(readers.every(({ hasEnded }) => hasEnded)).toBe(true));
});
