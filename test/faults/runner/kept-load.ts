import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { ClientRecord } from './client-record.js';
import { type Answer, askSwitch, post } from './http-client.js';
import { anySwitch } from './keyed-load.js';

const CLIENTS = 12;
const STREAM_TIMEOUT_MS = 60_000;

/**
 * Clients that switch and stream chats alternately, each over one connection that it keeps. After an answer that closes the
 * connection the next request goes to an api that is ready, as behind a load balancer. No client retries.
 */
export class KeptLoad {
  /** Request ids of the chats that were answered. */
  readonly chats: string[] = [];
  readonly description = `${CLIENTS} clients that keep their connections`;
  private readonly clients: Promise<void>[];
  private stopping = false;

  constructor(
    private readonly urls: string[],
    private readonly record: ClientRecord,
  ) {
    this.clients = Array.from({ length: CLIENTS }, (_, number) => this.client(number));
    // more() and stop() report a client that failed.
    for (const client of this.clients) client.catch(() => undefined);
  }

  /** Until each client has done so many more rounds on average. */
  async more(rounds: number): Promise<void> {
    const goal = this.chats.length + rounds * CLIENTS;
    while (this.chats.length < goal) await Promise.race([delay(10), ...this.clients]);
  }

  /** Ends when every request has its answer. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.clients);
  }

  /** @returns the chats that were answered and left no record of their call */
  async unrecorded(db: Client): Promise<string[]> {
    const { rows } = await db.query('SELECT request_id FROM model_invocations WHERE request_id = ANY($1)', [
      this.chats,
    ]);
    const recorded = new Set(rows.map(({ request_id }) => request_id));
    return this.chats.filter((id) => !recorded.has(id));
  }

  private async client(number: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    let url = this.urls[number % this.urls.length]!;
    const conversationId = `kept-${number}`;
    while (!this.stopping) {
      if (await this.switch(url, conversationId, agent)) url = await this.ready(url);
      if (await this.chat(url, conversationId, agent)) url = await this.ready(url);
    }
    agent.destroy();
  }

  /** @returns whether the server ends the connection */
  private async switch(url: string, conversationId: string, agent: Agent): Promise<boolean> {
    const request = { ...anySwitch(), conversationId };
    const answer = this.record.received(await askSwitch(url, request, agent)) as Answer;
    this.record.note(request, answer);
    return answer.closes;
  }

  /** @throws when the stream does not come to its end */
  private async chat(url: string, conversationId: string, agent: Agent): Promise<boolean> {
    const id = randomUUID();
    const messages = [{ role: 'user', content: 'How are you?' }];
    const answer = await post(url, {
      path: '/v1/chat',
      body: { conversationId, userId: 'user-load', stream: true, messages },
      headers: { 'x-request-id': id },
      agent,
      timeout: STREAM_TIMEOUT_MS,
    });
    if (!answer.text.includes('\nevent: done\n') && !answer.text.startsWith('event: done'))
      this.record.complain(`a chat was answered ${answer.status}: ${answer.text.slice(-300)}`);
    this.chats.push(id);
    return answer.closes;
  }

  /** @returns another api that is ready, else the same */
  private async ready(url: string): Promise<string> {
    const others = this.urls.filter((other) => other !== url);
    for (let turn = 0; ; turn += 1) {
      const next = [...others, url][turn % this.urls.length]!;
      const isReady = await fetch(`${next}/readyz`, { headers: { connection: 'close' } }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return next;
      await delay(20);
    }
  }
}
