import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';
import { BedrockClients } from './bedrock-clients.js';
import type { BedrockError } from './bedrock-error.js';
import { BedrockRuntimeService } from './bedrock-runtime.service.js';
import type { StreamLimits } from './call-deadline.js';

const MODEL = 'eu.amazon.nova-lite-v1:0';
const QUESTION = 'What may I eat before the operation?';
const request = { modelId: MODEL, messages: [{ role: 'user' as const, text: QUESTION }], maxTokens: 500 };
const soon = { deadlineMs: 60_000 };

let emulator: TestEmulator;
let clients: BedrockClients;
let runtime: BedrockRuntimeService;

beforeAll(async () => {
  emulator = await testEmulator();
  clients = new BedrockClients(emulator.settings);
  runtime = new BedrockRuntimeService(clients);
});
afterEach(() => emulator.reset());
afterAll(async () => {
  clients.onApplicationShutdown();
  await emulator.close();
});

/** Returns the pieces of a whole stream, and its end. */
async function streamed(service = runtime, limits: StreamLimits = soon) {
  const pieces: { text: string }[] = [];
  const end = await service.converseStream(request, limits, (text) => {
    pieces.push({ text });
    return undefined;
  });
  return { pieces, end };
}
const aborted = (caller: AbortController): undefined => {
  caller.abort();
};
const lastCall = () => emulator.calls().calls.at(-1)!;

it.each(['global', 'us'])('sends nothing to a %s. profile, by any call', async (place) => {
  const abroad = { ...request, modelId: `${place}.amazon.nova-lite-v1:0` };
  const refused = { kind: 'access_denied', awsName: 'DestinationNotAllowed' };
  await expect(runtime.converse(abroad, soon)).rejects.toMatchObject(refused);
  await expect(runtime.converseStream(abroad, soon, () => undefined)).rejects.toMatchObject(refused);
  expect(emulator.calls().total).toBe(0);
});

describe('converse', () => {
  it('gives the answer, why it stopped and what it used', async () => {
    const answer = await runtime.converse({ ...request, system: 'Be brief.' }, soon);
    expect(answer.text).toContain(`You wrote: ${QUESTION}`);
    expect(answer).toMatchObject({ stopReason: 'end_turn', usage: { cacheRead: 0, cacheWrite: 0 } });
    expect(answer.usage!.input).toBeGreaterThan(5);
    expect(answer.usage!.output).toBeGreaterThan(20);
  });

  it('is cut at maxTokens', async () => {
    const answer = await runtime.converse({ ...request, maxTokens: 3 }, soon);
    expect(answer).toMatchObject({ stopReason: 'max_tokens', usage: { output: 3 } });
  });

  it.each(['guardrail_intervened', 'content_filtered', 'model_context_window_exceeded'] as const)(
    'reports %s as the stop reason, whole and streamed',
    async (reason) => {
      emulator.setFaults([{ kind: 'stop', reason }]);
      const { stopReason } = await runtime.converse(request, soon);
      expect(stopReason).toBe(reason);
      expect((await streamed()).end.stopReason).toBe(reason);
    },
  );

  it('makes one attempt', async () => {
    emulator.setFaults([{ kind: 'error', name: 'ThrottlingException' }]);
    await expect(runtime.converse(request, soon)).rejects.toThrow();
    expect(emulator.calls().total).toBe(1);
  });
});

describe('converseStream', () => {
  it('gives the same text in pieces, and the time of the first', async () => {
    // Events that arrive together are one piece.
    const paced = await testEmulator({ paceMs: 5 });
    paced.setFaults([{ kind: 'first_token_delay', ms: 80 }]);
    const fresh = new BedrockClients(paced.settings);
    const { pieces, end } = await streamed(new BedrockRuntimeService(fresh));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.map(({ text }) => text).join('')).toBe((await runtime.converse(request, soon)).text);
    expect(end.stopReason).toBe('end_turn');
    expect(end.firstTextMs).toBeGreaterThanOrEqual(78);
    expect(end.usage?.output).toBeGreaterThan(20);
    fresh.onApplicationShutdown();
    await paced.close();
  });

  it('does not count the time that its reader takes as silence', async () => {
    const limits = { ...soon, idleMs: 2_000, firstTextMs: 60_000 };
    let slow = delay(2_500);
    const reader = () => slow.finally(() => (slow = Promise.resolve()));
    const end = await runtime.converseStream(request, limits, reader);
    expect(end.stopReason).toBe('end_turn');
  });

  it.each<[string, string, number, (caller: AbortController) => undefined]>([
    ['the caller goes away', 'cancelled', 3_000, aborted],
    ['the deadline passes', 'not_ready', 100, () => undefined],
  ])('stops the model when %s', async (_, kind, deadlineMs, onText) => {
    emulator.setFaults([{ kind: 'stall', afterEvents: 4 }]);
    const caller = new AbortController();
    const limits = { deadlineMs, signal: caller.signal };
    const reading = runtime.converseStream(request, limits, () => onText(caller));
    const error: BedrockError | undefined = await reading.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error?.kind).toBe(kind);
    await vi.waitFor(() => expect(lastCall().outcome).toBe('client_gone'), { interval: 5 });
  });
});

describe('its connections', () => {
  it('are used again, by both kinds of call', async () => {
    const fresh = new BedrockClients(emulator.settings);
    const service = new BedrockRuntimeService(fresh);
    const before = emulator.calls().connections.opened;
    for (let call = 0; call < 10; call += 1) {
      await service.converse(request, soon);
      await streamed(service);
    }
    // A connection is free a little later than its response ends.
    expect(emulator.calls().connections.opened - before).toBeLessThanOrEqual(2);
    expect(new Set(emulator.calls().calls.map(({ httpVersion }) => httpVersion))).toEqual(new Set(['1.1']));
    fresh.onApplicationShutdown();
  });

  it('do not leak over 200 streams of which every tenth breaks', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const own = await testEmulator();
    const fresh = new BedrockClients(own.settings);
    const service = new BedrockRuntimeService(fresh);
    own.setFaults([
      { kind: 'cut', afterEvents: 4, everyNth: 35 },
      { kind: 'exception', name: 'ModelStreamErrorException', afterEvents: 3, everyNth: 35 },
      { kind: 'truncate', afterEvents: 5, everyNth: 35 },
      { kind: 'stall', afterEvents: 4, everyNth: 35 },
    ]);
    const outcomes: string[] = [];
    const worker = async () => {
      for (let call = 0; call < 20; call += 1) {
        const reading = streamed(service, { ...soon, idleMs: 1_500 });
        outcomes.push(
          await reading.then(
            () => 'ok',
            (error: BedrockError) => error.kind,
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    const struck = own.calls().calls.filter(({ outcome }) => outcome !== 'ok').length;
    expect(struck).toBeGreaterThanOrEqual(18);
    expect(outcomes.filter((outcome) => outcome === 'stream_broken').length).toBe(struck);
    expect(outcomes.filter((outcome) => outcome === 'ok').length).toBe(200 - struck);
    // Only idle connections of the pool stay open: no more than two for each call that ran concurrently.
    expect(own.calls().connections.open).toBeLessThanOrEqual(20);
    fresh.onApplicationShutdown();
    await vi.waitFor(() => expect(own.calls().connections.open).toBe(0), { interval: 5 });
    expect(own.calls().calls.filter(({ outcome }) => outcome === 'running')).toEqual([]);
    await own.close();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

it('probes a model for one token', async () => {
  expect((await runtime.probe(MODEL, soon)).durationMs).toBeGreaterThanOrEqual(0);
  emulator.setFaults([{ kind: 'refusal', reason: 'iam_denied' }]);
  await expect(runtime.probe(MODEL, soon)).rejects.toMatchObject({ kind: 'access_denied' });
});
