import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { BuiltApi, type BuiltProcess, startWorker } from '../support/processes.js';
import { StreamReader } from '../support/stream-reader.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

/** STREAMS=2000 measures what docs/notifications.md says. */
const STREAMS = Number(process.env.STREAMS ?? 100);
const AT_ONCE = 50;
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

const megabytesOf = ({ pid }: BuiltProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

it('a switch here reaches each follower that listens there, once', async () => {
  const before = megabytesOf(there);
  const openedFrom = performance.now();
  while (readers.length < STREAMS) {
    const next = Array.from(
      { length: Math.min(AT_ONCE, STREAMS - readers.length) },
      (_, n) => readers.length + n + 1,
    );
    readers.push(
      ...(await Promise.all(next.map((n) => StreamReader.ready(there.url, { userId: `listener-${n}` })))),
    );
  }
  const openedMs = performance.now() - openedFrom;
  const after = megabytesOf(there);

  const { body } = await here.act({ action: 'switch', modelId: HAIKU, useCase: 'clinical' });
  const switchedAt = performance.now();
  const reached = () => readers.filter(({ ids }) => ids.includes(body.data.switchId)).length;
  await vi.waitFor(() => expect(reached()).toBe(STREAMS), { timeout: 20_000, interval: 5 });
  const reachedMs = performance.now() - switchedAt;
  expect(readers.every(({ ids }) => ids.length === 1)).toBe(true);

  const kilobytes = (((after - before) * 1024) / STREAMS).toFixed(1);
  console.log(
    `${STREAMS} streams opened in ${openedMs.toFixed(0)} ms; ${before.toFixed(0)} -> ${after.toFixed(0)} MB, ${kilobytes} kB each; ` +
      `one switch reached all in ${reachedMs.toFixed(0)} ms, then ${megabytesOf(there).toFixed(0)} MB`,
  );
});

it('an instance that ends lets its listeners go at once', async () => {
  const ended = await there.stop();
  expect(ended).toBe('exit code 0');
  await vi.waitFor(() => expect(readers.every(({ hasEnded }) => hasEnded)).toBe(true), 5_000);
});
