import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { ToolClient } from './tool-client.js';

/** Addresses and the key of the running services. */
export interface Place {
  url: string;
  serviceKey: string;
  /** URL of the emulator of Bedrock. */
  emulator: string;
}

export interface Conversation {
  id: string;
  userId: string;
  useCase: string;
}

const Named = z.object({ id: z.string(), name: z.string() });
const Answer = z.object({
  model: Named,
  attempts: z.array(z.object({ modelId: z.string(), outcome: z.string(), errorKind: z.string().nullable() })),
  /** The conversation was switched for this. */
  notification: z.object({ direction: z.string(), from: z.string(), to: z.string() }).optional(),
});
const Effective = z.object({ model: Named });
const Switched = z.object({ data: z.object({ switched: z.boolean(), from: z.string(), to: z.string() }) });
const Candidates = z.object({ data: z.object({ models: z.array(Named.extend({ active: z.boolean() })) }) });

const CONFIRMATION_TIMEOUT_MS = 30_000;

/** Client of the public api, and of the emulator's admin path. */
export class DemoService {
  readonly toolClient: ToolClient;

  constructor(
    private readonly place: Place,
    readonly signal: AbortSignal,
  ) {
    this.toolClient = new ToolClient(place, signal);
  }

  /** Calls the model of a conversation, or of its use case if there is no conversation yet. */
  async chat({ id, userId, useCase }: Conversation, isNew: boolean, content: string) {
    const body = {
      conversationId: id,
      userId,
      ...(isNew && { useCase }),
      messages: [{ role: 'user', content }],
    };
    return Answer.parse(await this.send('POST', '/v1/chat', body));
  }

  async modelOf({ id, userId }: Conversation) {
    const path = `/v1/conversations/${encodeURIComponent(id)}/model?userId=${encodeURIComponent(userId)}`;
    return Effective.parse(await this.send('GET', path)).model;
  }

  async act(action: object) {
    return Switched.parse(await this.send('POST', '/orchestrate', action)).data;
  }

  async candidates(useCase: string) {
    const answer = await this.send('POST', '/orchestrate', { action: 'get-for-use-case', useCase });
    return Candidates.parse(answer).data.models;
  }

  /** Sets faults that replace the previous ones; none: all models work. */
  async break(...faults: FaultInput[]): Promise<void> {
    const answer = await fetch(`${this.place.emulator}/_emulator/faults`, {
      method: 'PUT',
      body: JSON.stringify(faults),
      signal: this.signal,
    });
    if (!answer.ok) throw new Error(`the emulator answered ${answer.status}: ${await answer.text()}`);
  }

  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.signal });
  }

  /** @throws Error with the message of the service */
  private async send(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.place.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.place.serviceKey}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(CONFIRMATION_TIMEOUT_MS)]),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }
}
