import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Acknowledged } from './invariants.js';
import type { BuiltApi, HttpAnswer } from './processes.js';

const MODELS = [
  'eu.amazon.nova-lite-v1:0',
  'eu.amazon.nova-micro-v1:0',
  'eu.amazon.nova-pro-v1:0',
  'eu.anthropic.claude-sonnet-4-6',
];
const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

interface LoadOptions {
  /** Requests that are under way at once. */
  lanes?: number;
  /** Fewer than lanes, so that switches of one conversation meet. */
  conversations?: number;
  /** Pause of a lane between two requests. */
  pauseMs?: number;
}

/**
 * Clients that switch and read without end. A request has an Idempotency-Key and is repeated while the answer is 503,
 * 409 for a key in use, or a lost connection; so every switch is acknowledged once in the end.
 */
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
      this.note(await this.api.get(`/v1/conversations/${conversationId}/model`));
      await delay(this.options.pauseMs);
    }
  }

  private async switchOnce(conversationId: string): Promise<void> {
    const body = { action: 'switch', modelId: anyOf(MODELS), conversationId, userId: 'user-load', reason: 'load' };
    const idempotencyKey = randomUUID();
    for (;;) {
      const answer = await this.api
        .act(body, { headers: { 'idempotency-key': idempotencyKey } })
        .catch((error: Error) => void this.lost.push(`${error.message} ${error.cause ?? ''}`));
      if (answer) this.note(answer);
      if (answer?.status === 200) {
        const { switched, switchId, fromId, toId } = answer.body.data;
        if (switched) this.acknowledged.push({ switchId, conversationId, fromId, toId, idempotencyKey });
        return;
      }
      const repeat = !answer || answer.status === 503 || answer.body?.code === 'request_in_progress';
      if (!repeat) return;
      await delay(20);
    }
  }

  private note(answer: HttpAnswer): void {
    if (answer.status !== 200) this.refusals.push(answer);
  }
}

/** Sends so many switches of different conversations at once and returns what was acknowledged. */
export async function burst(api: BuiltApi, count: number, name: string): Promise<Acknowledged[]> {
  const one = async (_: unknown, index: number): Promise<Acknowledged> => {
    const conversationId = `${name}-${index}`;
    const modelId = 'eu.amazon.nova-lite-v1:0';
    const { status, body, text } = await api.act({ action: 'switch', modelId, conversationId });
    if (status !== 200 || !body.data.switched) throw new Error(`not switched: ${status} ${text}`);
    const { switchId, fromId, toId } = body.data;
    return { switchId, conversationId, fromId, toId, idempotencyKey: null };
  };
  return Promise.all(Array.from({ length: count }, one));
}
