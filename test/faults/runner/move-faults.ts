import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.js';
import type { Stage } from './stage.js';

const BOTH = [0, 1];
const CONVERSATIONS = 6_000;
const MOVE_TIMEOUT_MS = 120_000;
/** A model that the load does not use. */
const LEFT = 'eu.mistral.pixtral-large-2502-v1:0';

const PINS = `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind)
  SELECT 'moved-' || n, 'user-moved', 'health', $1, 'manual' FROM generate_series(1, $2::int) AS n`;

/** Conversations without exactly one switch, in which the pin is gone. */
const WRONG = `SELECT count(*)::int AS wrong FROM ai_conversations c WHERE id LIKE 'moved-%' AND (pinned_model_id IS NOT NULL
  OR switch_seq <> 1 OR (SELECT count(*) FROM switch_events e WHERE e.conversation_id = c.id AND e.request_id = $1) <> 1)`;

const SWITCHES = `SELECT id AS "switchId", conversation_id AS "conversationId", previous_model_id AS "fromId",
  new_model_id AS "toId", NULL AS "idempotencyKey" FROM switch_events WHERE request_id = $1`;

interface Progress {
  state: string;
  moved: number;
}

async function startMove(stage: Stage): Promise<string> {
  await stage.look((owner) => owner.query(PINS, [LEFT, CONVERSATIONS]));
  const order = { to: { follow: true }, reason: 'fault', useCases: ['health'] };
  const { text } = await stage.apis[0]!.send('POST', `/v1/models/${LEFT}/moves`, order);
  return JSON.parse(text).id;
}

async function progressOf(stage: Stage, id: string): Promise<Progress> {
  const { rows } = await stage.look((owner) =>
    owner.query('SELECT state, moved FROM model_moves WHERE id = $1', [id]),
  );
  return rows[0];
}

/** @throws when it does not come so far in time */
async function until(
  stage: Stage,
  id: string,
  isReached: (progress: Progress) => boolean,
): Promise<Progress> {
  const deadline = performance.now() + MOVE_TIMEOUT_MS;
  for (;;) {
    const progress = await progressOf(stage, id);
    if (isReached(progress)) return progress;
    if (performance.now() > deadline) throw new Error(`the move stays at ${JSON.stringify(progress)}`);
    await delay(20);
  }
}

async function killWorkers(stage: Stage, numbers: number[]): Promise<void> {
  await Promise.all(numbers.map((number) => stage.workers[number]!.kill()));
  for (const number of numbers) stage.startWorker(number);
}

async function killApi(stage: Stage): Promise<void> {
  await stage.apis[0]!.kill();
  await stage.startApi(0);
}

async function killPostgres({ postgres }: Stage): Promise<void> {
  await postgres.kill();
  await postgres.startAgain();
}

export const MOVE_FAULTS: Fault[] = [
  {
    name: 'killed-in-a-move',
    title: 'kill -9 of one worker, of both, of an api and of PostgreSQL during a move of 6,000 conversations',
    async inject(stage, load) {
      const id = await startMove(stage);
      const kills = [
        () => killWorkers(stage, [0]),
        () => killApi(stage),
        () => killPostgres(stage),
        () => killWorkers(stage, BOTH),
      ];
      for (const kill of kills) {
        const { moved } = await progressOf(stage, id);
        const { state } = await until(stage, id, (progress) => progress.moved > moved);
        if (state !== 'running') throw new Error(`the move is ${state} before the last kill`);
        await kill();
        await load.more(50);
      }
      const { moved } = await until(stage, id, ({ state }) => state === 'done');
      const { rows } = await stage.look((owner) => owner.query(WRONG, [id]));
      if (moved !== CONVERSATIONS || rows[0].wrong > 0)
        throw new Error(`${moved} of ${CONVERSATIONS} moved, ${rows[0].wrong} not exactly once`);
      // The answer to the order is the acknowledgement of each of its switches.
      const { rows: switches } = await stage.look((owner) => owner.query(SWITCHES, [id]));
      load.record.acknowledged.push(...switches);
    },
  },
];
