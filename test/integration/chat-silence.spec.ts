import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, question, shownText } from '../support/chat-client.js';
import { ChatSystem, HAIKU, NOVA_LITE, NOVA_MICRO, OPUS, SONNET } from '../support/chat-system.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
/** A model that is not silent answers long before, also on a slow machine. */
const LIMITS = {
  CHAT_DEADLINE_SECONDS: '10',
  CHAT_FIRST_TEXT_SECONDS: '3',
  CHAT_IDLE_SECONDS: '3',
  BREAKER_PROBE_SECONDS: '3600',
};

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start({ overrides: LIMITS });
  const slow = { candidates: [OPUS, HAIKU] };
  expect((await chats.system.call('PUT', '/v1/use-cases/slow', slow)).status).toBe(200);
  chats.faults(
    { kind: 'stall', modelId: SONNET },
    { kind: 'stall', modelId: NOVA_PRO, afterEvents: 4 },
    { kind: 'stall', modelId: NOVA_MICRO },
    { kind: 'stall', modelId: NOVA_LITE },
    { kind: 'first_token_delay', modelId: OPUS, ms: 60_000 },
  );
});
afterAll(() => chats.close());

const outcomes = (attempts: { modelId: string; outcome: string; errorKind: string | null }[]) =>
  attempts.map(({ modelId, outcome, errorKind }) => [modelId, outcome, errorKind]);

/** They wait for limits, and do so at the same time. */
describe.concurrent('a model that is silent', () => {
  it.each([
    ['from the start', 'clinical', SONNET],
    ['for longer than its first text may take', 'slow', OPUS],
  ])(
    '%s is left for the next candidate, and the client sees one clean answer',
    async (_, useCase, silent) => {
      const frames = await chats.stream({ useCase, ...question() });
      expect(eventsOf(frames)).toEqual(['model', 'delta', 'done']);
      const { data } = frames.at(-1)!;
      expect(frames[0]!.data.model.id).toBe(data.model.id);
      expect(outcomes(data.attempts)).toEqual([
        [silent, 'failed', 'not_ready'],
        [data.model.id, 'answered', null],
      ]);
    },
  );

  it('instead of a whole answer leaves the fallback half of the time', async () => {
    const { status, body } = await chats.chat({ useCase: 'clinical', ...question() });
    expect([status, body.model?.id]).toEqual([200, HAIKU]);
  });

  it('after it has shown text is restarted on the fallback', async () => {
    const frames = await chats.stream({ useCase: 'operations', ...question() });
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'restart', 'delta', 'done']);
    expect(frames[0]!.data.model.id).toBe(NOVA_PRO);
    const { reason, model } = frames.find(({ event }) => event === 'restart')!.data;
    expect(reason).toBe('stream_broken');
    expect(frames.at(-1)!.data.model.id).toBe(model.id);
    expect(frames.at(-1)!.data.message.content).toBe(shownText(frames));
  });

  it('until the deadline ends the chat with 503', async () => {
    const { status, body } = await chats.chat({ useCase: 'platform', ...question() });
    expect([status, body.code]).toEqual([503, 'model_unavailable']);
    expect(new Set(body.attempts.map(({ outcome }: { outcome: string }) => outcome))).toEqual(
      new Set(['failed']),
    );
  });
});
