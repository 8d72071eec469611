import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Acknowledged } from './invariants.js';
import type { BuiltApi, HttpAnswer } from './processes.js';
import { untilFinal } from './retrying-client.js';

const MODELS = [
  'eu.amazon.nova-lite-v1:0',
  'eu.amazon.nova-micro-v1:0',
  'eu.amazon.nova-pro-v1:0',
  'eu.anthropic.claude-sonnet-4-6',
];
const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

interface LoadOptions {
  /** Number of concurrent requests. */
  lanes?: number;
  /** Fewer than lanes, so that switches of one conversation meet. */
  conversations?: number;
  /** Pause of a lane between two requests. */
  pauseMs?: number;
}

/** Clients that switch and read without end. They repeat a switch until its answer is final: see retrying-client.ts. */
export class SwitchLoad {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that were not a success, the repeated ones included. */
  readonly refusals: HttpAnswer[] = [];
  readonly lost: string[] = [];
  private readonly options: Required<LoadOptions>;
  private lanes: Promise<void>[] = [];
  private stopping = false;

  constructor(
    private readonly api: BuiltApi,
    options: LoadOptions = {},
  ) {
    this.options = { lanes: 8, conversations: 12, pauseMs: 30, ...options };
    this.lanes = Array.from({ length: this.options.lanes }, () => this.lane());
    // more() and stop() report a lane that failed; until then it must not end the tests.
    for (const lane of this.lanes) lane.catch(() => undefined);
  }

  /** Until so many switches were acknowledged from now on. */
  async more(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    while (this.acknowledged.length < goal) await Promise.race([delay(10), ...this.lanes]);
  }

  /** Ends when every request is answered. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.lanes);
  }

  private async lane(): Promise<void> {
    while (!this.stopping) {
      const conversationId = `load-${Math.floor(Math.random() * this.options.conversations)}`;
      await this.switchOnce(conversationId);
      const read = await this.api.get(`/v1/conversations/${conversationId}/model`).catch(this.noteLost);
      if (read) this.note(read);
      await delay(this.options.pauseMs);
    }
  }

  private async switchOnce(conversationId: string): Promise<void> {
    const idempotencyKey = randomUUID();
    const headers = { 'idempotency-key': idempotencyKey };
    const body = {
      action: 'switch',
      modelId: anyOf(MODELS),
      conversationId,
      userId: 'user-load',
      reason: 'load',
    };
    const answer = await untilFinal(async () => {
      if (this.api.hasExited) throw new Error(`the api died under load:\n${this.api.stderr}`);
      const reply = await this.api.act(body, { headers }).catch(this.noteLost);
      if (reply) this.note(reply);
      return reply;
    });
    if (answer.status !== 200 || !answer.body.data.switched) return;
    this.acknowledged.push(acknowledgedBy(answer, { conversationId, idempotencyKey }));
  }

  private readonly noteLost = (error: Error): undefined => {
    this.lost.push(`${error.message} ${error.cause ?? ''}`);
  };

  private note(answer: HttpAnswer): void {
    if (answer.status !== 200) this.refusals.push(answer);
  }
}

/** Switches so many new conversations, and returns what was acknowledged. @param lanes requests under way together */
export async function burst(api: BuiltApi, count: number, name: string, lanes = 16): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) acknowledged.push(await switchNew(api, `${name}-${next++}`));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return acknowledged;
}

async function switchNew(api: BuiltApi, conversationId: string): Promise<Acknowledged> {
  const idempotencyKey = randomUUID();
  const body = { action: 'switch', modelId: MODELS[0], conversationId };
  const answer = await api.actPatiently(body, { headers: { 'idempotency-key': idempotencyKey } });
  if (answer.status !== 200 || !answer.body.data.switched)
    throw new Error(`not switched: ${answer.status} ${answer.text}`);
  return acknowledgedBy(answer, { conversationId, idempotencyKey });
}

function acknowledgedBy(
  { body }: HttpAnswer,
  request: Pick<Acknowledged, 'conversationId' | 'idempotencyKey'>,
): Acknowledged {
  const { switchId, fromId, toId } = body.data;
  return { switchId, fromId, toId, ...request };
}
