import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Reply, untilFinal } from '../../support/retrying-client.js';
import { ClientRecord } from './client-record.js';
import { askSwitch, type SwitchRequest } from './http-client.js';

export const CLIENTS = 16;
const CONVERSATIONS = 50;
/** How many of the requests are repeated although they were answered. */
const REPLAYED = 0.05;
/** A request without a final answer for so long is a broken promise. */
const RETRY_TIMEOUT_MS = 90_000;
const MODELS = [
  'eu.amazon.nova-lite-v1:0',
  'eu.amazon.nova-2-lite-v1:0',
  'eu.amazon.nova-micro-v1:0',
  'eu.amazon.nova-pro-v1:0',
  'eu.anthropic.claude-sonnet-4-6',
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
];
const anyOf = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

export const anySwitch = (): SwitchRequest => ({
  conversationId: `conversation-${Math.floor(Math.random() * CONVERSATIONS)}`,
  modelId: anyOf(MODELS),
  idempotencyKey: randomUUID(),
});

/**
 * Clients that switch without end, each one request after the other. A request keeps its Idempotency-Key and goes to
 * another api with each try, until the answer is a final one.
 */
export class KeyedLoad {
  private readonly clients: Promise<void>[];
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly startedAt = performance.now();
  private lastedMs = 0;
  private stopping = false;
  private abandoned = false;
  private ownDescription: string | undefined;

  constructor(
    private urls: string[],
    clients = CLIENTS,
    readonly record = new ClientRecord(),
  ) {
    this.clients = Array.from({ length: clients }, (_, number) => this.client(number));
    // more() and stop() report a client that failed.
    for (const client of this.clients) client.catch(() => undefined);
  }

  /** Sends each further request to these apis, also a repeated one. Resolves when those under way have ended. */
  async sendTo(urls: string[]): Promise<void> {
    this.urls = urls;
    await Promise.all(this.underWay);
  }

  get count(): number {
    return this.record.acknowledged.length;
  }

  /** Until so many switches were acknowledged from now on. */
  async more(count: number): Promise<void> {
    await this.reach(this.count + count);
  }

  /**
   * Until so many switches were acknowledged in all, or until this time.
   * @param until as of `performance.now`
   * @throws when the record has so many complaints that the goal may never be reached
   */
  async reach(goal: number, until = Number.POSITIVE_INFINITY): Promise<void> {
    while (this.count < goal && performance.now() < until) {
      if (this.record.isFull) throw new Error('clients got too many answers that nothing excuses');
      await Promise.race([delay(10), ...this.clients]);
    }
  }

  /** Ends when every request has its final answer. */
  async stop(): Promise<void> {
    this.lastedMs ||= performance.now() - this.startedAt;
    this.stopping = true;
    await Promise.all(this.clients);
  }

  /** Nobody asks any more, whatever is not answered. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.stop().catch(() => undefined);
  }

  /** The load in words; a fault that is a load itself sets its own. */
  get description(): string {
    return this.ownDescription ?? `${CLIENTS} clients, ${Math.round((this.count * 1000) / this.lastedMs)}/s`;
  }
  set description(words: string) {
    this.ownDescription = words;
  }

  private async client(number: number): Promise<void> {
    for (let turn = number; !this.stopping; turn += 1) {
      const request = anySwitch();
      const answer = await this.untilAnswered(request, turn);
      if (Math.random() < REPLAYED) await this.replay(request, answer, turn + 1);
    }
  }

  /** Asks until the answer is a final one, each time another api. */
  async untilAnswered(request: SwitchRequest, firstApi: number): Promise<Reply> {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    return untilFinal(async (attempt) => {
      if (this.abandoned || performance.now() > deadline)
        throw new Error(`no final answer within ${RETRY_TIMEOUT_MS / 1000} s: ${JSON.stringify(request)}`);
      const reply = await this.ask(request, firstApi + attempt);
      if (reply) this.record.note(request, reply);
      return reply;
    });
  }

  private async ask(request: SwitchRequest, api: number): Promise<Reply | undefined> {
    const asked = askSwitch(this.urls[api % this.urls.length]!, request).then(
      (reply) => this.record.received(reply),
      (error) => this.record.lost(error),
    );
    this.underWay.add(asked);
    return asked.finally(() => this.underWay.delete(asked));
  }

  /** Asks once more for what was answered; it must be the same answer, byte for byte, from whichever api. */
  private async replay(request: SwitchRequest, first: Reply, api: number): Promise<void> {
    const again = await this.ask(request, api);
    if (!again) return;
    if (again.status !== 200) this.record.note(request, again);
    else if (again.text !== first.text) this.record.complain(`replayed ${again.text} for ${first.text}`);
  }
}
