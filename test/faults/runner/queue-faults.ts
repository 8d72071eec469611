import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { redisCommand } from '../../support/redis-under-test.js';
import type { Fault } from './fault.js';
import { askSwitch } from './http-client.js';
import type { KeyedLoad } from './keyed-load.js';
import type { Stage } from './stage.js';

const POISONED = 'poisoned';
const POISON = `CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'poison'; END$$;
  CREATE TRIGGER poison BEFORE INSERT ON bedrock_model_switches FOR EACH ROW
  WHEN (NEW.conversation_id = '${POISONED}') EXECUTE FUNCTION poison()`;
const ANTIDOTE = 'DROP TRIGGER poison ON bedrock_model_switches; DROP FUNCTION poison()';
const DEAD_LETTER_TIMEOUT_MS = 60_000;

async function switchPoisoned(stage: Stage, load: KeyedLoad): Promise<string> {
  const request = {
    conversationId: POISONED,
    modelId: 'eu.amazon.nova-lite-v1:0',
    idempotencyKey: randomUUID(),
  };
  const reply = await askSwitch(stage.urls[0]!, request);
  load.record.note(request, reply);
  return JSON.parse(reply.text).data.switchId;
}

/** Lets the pauses between the tries go by; the last ones are four minutes each. */
async function untilSetAside(owner: Client, id: string): Promise<void> {
  const deadline = performance.now() + DEAD_LETTER_TIMEOUT_MS;
  for (;;) {
    await owner.query(
      `UPDATE outbox SET available_at = now() WHERE id = $1 AND dead_at IS NULL AND available_at > now() + interval '16 seconds'`,
      [id],
    );
    const { rows } = await owner.query(
      'SELECT dead_at, jsonb_array_length(history) AS tries FROM outbox WHERE id = $1',
      [id],
    );
    if (rows[0]?.dead_at) return;
    if (performance.now() > deadline) throw new Error(`poison is no dead letter: ${JSON.stringify(rows)}`);
    await owner.query('UPDATE outbox SET failures = 8 WHERE id = $1 AND failures BETWEEN 1 AND 7', [id]);
    await delay(200);
  }
}

/** Jobs of somebody who can write to Redis. One of `done` is of a switch that has its audit row. */
const forgedJobs = (done: string) => [
  { id: randomUUID() },
  { id: done },
  { id: done, newModelId: 'forged', userId: 'forged', publishCount: 1 },
  { id: 'not an id' },
  { id: `${done}'; DROP TABLE outbox; --` },
  { id: { $ne: null } },
  {},
  null,
  'text',
];

/** The jobs that run by themselves, and how often in these seconds at most. */
const SCHEDULED = {
  'switching.seal-audit-rows': { everyMs: 5_000 },
  'switching.recover-conversations': { everyMs: 10_000 },
  'switching.forget-idempotency-keys': { everyMs: 3_600_000 },
};
const WATCHED_MS = 20_000;

async function assertOneSchedule(stage: Stage): Promise<void> {
  for (const [job, { everyMs }] of Object.entries(SCHEDULED)) {
    const queue = stage.queue(job);
    const schedulers = await queue.getJobSchedulersCount();
    const runs = await queue.getCompletedCount();
    const due = 2 + WATCHED_MS / everyMs;
    if (schedulers !== 1 || runs > due)
      throw new Error(`${job}: ${schedulers} schedules, ${runs} runs where ${due} were due`);
  }
}

export const QUEUE_FAULTS: Fault[] = [
  {
    name: 'poison-event',
    title: 'an event whose audit row cannot be written, until it is mended',
    inSubset: true,
    async inject(stage, load) {
      await stage.look(async (owner) => {
        await owner.query(POISON);
        const id = await switchPoisoned(stage, load);
        await untilSetAside(owner, id);
        await load.more(100);
        await owner.query(ANTIDOTE);
        await owner.query(
          'UPDATE outbox SET dead_at = NULL, failures = 0, available_at = now() WHERE id = $1',
          [id],
        );
      });
    },
  },
  {
    name: 'forged-jobs',
    title: '900 forged jobs in Redis',
    inSubset: true,
    async inject(stage, load) {
      const done = load.record.acknowledged[0]!.switchId;
      const jobs = Array.from({ length: 100 }, () => forgedJobs(done)).flat();
      await stage
        .queue('switching.record-switch')
        .addBulk(jobs.map((data) => ({ name: 'switching.record-switch', data })));
      // These jobs come after the forged ones, so that those are done when these are.
      await load.more(100);
    },
  },
  {
    name: 'five-schedulers',
    title: 'five workers register the same schedules concurrently, in an empty Redis',
    async inject(stage, load) {
      await Promise.all(stage.workers.map((worker) => worker.kill()));
      await redisCommand(stage.redis.url, 'flushall');
      for (let number = 0; number < 5; number += 1) stage.startWorker(number);
      await delay(WATCHED_MS);
      await assertOneSchedule(stage);
      await load.more(50);
    },
  },
];
