import { setTimeout as delay } from 'node:timers/promises';
import { BOOTSTRAP_KEY, type Deployment } from '../bench-environment.js';
import { SwitchingClients } from '../load/switching-clients.js';
import type { Measure } from '../measure.js';
import { switchingOn } from './switches.js';

/** A model that the other switches do not use. */
const LEFT = 'eu.mistral.pixtral-large-2502-v1:0';
const PINS = 10_000;
const QUICK_PINS = 1_000;
const POLL_MS = 100;
const SECONDS_BESIDE = 5;

export const MOVES: Measure = {
  name: 'moves',
  title: `a move of ${PINS.toLocaleString('en')} pinned conversations beside single switches (api and one worker)`,
  against: 'the clock: 60 s for 10,000',
  async *run(ground) {
    const stage = await ground.stage('moves');
    const { pid: _, ...switching } = await switchingOn(stage);
    const worker = stage.startWorker();
    const pins = ground.quick ? QUICK_PINS : PINS;
    await pin(stage, 'first', 1);
    // The first one of a process prepares statements, and waits until the worker runs.
    await ended(stage, await startMove(switching.url));
    await pin(stage, 'moved', pins);
    const beside = new SwitchingClients(switching);
    const began = performance.now();
    const id = await startMove(switching.url);
    const [perSecond] = await Promise.all([beside.perSecond(1, SECONDS_BESIDE), ended(stage, id)]);
    const ms = performance.now() - began;
    const [move] = await stage.sql<{ moved: number }>('SELECT moved FROM model_moves WHERE id = $1', [id]);
    if (move?.moved !== pins) throw new Error(`${move?.moved} of ${pins} moved`);
    yield {
      what: `milliseconds until ${pins.toLocaleString('en')} pinned conversations have moved`,
      ...{ value: ms, unit: 'ms', atMost: 60_000 },
      from: { switchesPerSecondBeside: perSecond },
    };
    await worker.stop();
    await stage.close();
  },
};

async function pin(stage: Deployment, prefix: string, count: number): Promise<void> {
  await stage.sql(
    `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind)
     SELECT $1::text || '-' || n, 'user-' || n, 'health', $2, 'manual' FROM generate_series(1, $3::int) AS n`,
    [prefix, LEFT, count],
  );
}

async function ended(stage: Deployment, id: string): Promise<void> {
  for (;;) {
    const [move] = await stage.sql<{ state: string }>('SELECT state FROM model_moves WHERE id = $1', [id]);
    if (move?.state === 'done') return;
    if (move?.state !== 'running') throw new Error(`the move is ${move?.state}`);
    await delay(POLL_MS);
  }
}

async function startMove(url: string): Promise<string> {
  const order = { to: { follow: true }, reason: 'bench', useCases: ['health'] };
  const response = await fetch(`${url}/v1/models/${LEFT}/moves`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  const body = (await response.json()) as { id: string };
  if (response.status !== 202) throw new Error(`no move: ${response.status} ${JSON.stringify(body)}`);
  return body.id;
}
