import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { eventsOf, question, shownText } from '../support/chat-client.js';
import { ChatSystem, HAIKU, OPUS, SONNET } from '../support/chat-system.js';

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
});
afterAll(() => chats.close());
afterEach(() => chats.emulator.reset());
/** Each test begins with closed breakers. */
beforeEach(() => {
  const breakers = chats.system.api.get(BreakersService, { strict: false });
  for (const id of [SONNET, HAIKU, OPUS]) breakers.close(id);
});

const clinical = (extra: object = {}) => ({ useCase: 'clinical', ...question(), ...extra });
const onSonnet = (fault: object) => ({ modelId: SONNET, ...fault }) as FaultInput;
const error = (name: string, extra: object = {}) => onSonnet({ kind: 'error', name, ...extra });
const outcomes = (attempts: { modelId: string; outcome: string; errorKind: string | null }[]) =>
  attempts.map(({ modelId, outcome, errorKind }) => [modelId, outcome, errorKind]);

describe('one failure of the primary', () => {
  it.each([
    ['429', error('ThrottlingException', { times: 1 }), 'throttled'],
    ['500', error('InternalServerException', { times: 1 }), 'unavailable'],
    ['503', error('ServiceUnavailableException', { times: 1 }), 'unavailable'],
    ['a reset before headers', onSonnet({ kind: 'cut', times: 1 }), 'unavailable'],
  ])('%s is retried once on the same model', async (_, fault, kind) => {
    for (const stream of [false, true]) {
      chats.faults(fault);
      const answer = stream
        ? (await chats.stream(clinical())).at(-1)!.data
        : (await chats.chat(clinical())).body;
      expect(answer.model.id).toBe(SONNET);
      expect(outcomes(answer.attempts)).toEqual([
        [SONNET, 'failed', kind],
        [SONNET, 'answered', null],
      ]);
    }
  });

  it('waits as long as Retry-After says where that fits the deadline', async () => {
    chats.faults(error('ThrottlingException', { times: 1, retryAfterSeconds: 1 }));
    const { body } = await chats.chat(clinical());
    expect(body.model.id).toBe(SONNET);
    const [refused, answered] = chats.emulator.calls().calls;
    // A timer may fire a few milliseconds early by the clock that the emulator reads.
    expect(Date.parse(answered!.at)).toBeGreaterThanOrEqual(Date.parse(refused!.at) + 990);
  });

  it('falls back immediately where it does not', async () => {
    chats.faults(error('ThrottlingException', { times: 1, retryAfterSeconds: 300 }));
    const { body } = await chats.chat(clinical());
    expect(outcomes(body.attempts)).toEqual([
      [SONNET, 'failed', 'throttled'],
      [HAIKU, 'answered', null],
    ]);
  });

  it.each([
    ['a model that is not ready', error('ModelNotReadyException'), 'not_ready'],
    ['a model that timed out', error('ModelTimeoutException'), 'not_ready'],
    ['a stream that breaks before its text', onSonnet({ kind: 'cut', afterEvents: 1 }), 'stream_broken'],
    [
      'a model that has ended',
      error('ResourceNotFoundException', { message: 'This model version has reached the end of its life.' }),
      'model_gone',
    ],
    ['a policy of the account', onSonnet({ kind: 'refusal', reason: 'iam_denied' }), 'access_denied'],
  ])('%s falls back immediately, and the client sees one clean answer', async (_, fault, kind) => {
    chats.faults(fault);
    const frames = await chats.stream(clinical());
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'done']);
    expect(frames[0]!.data.model.id).toBe(HAIKU);
    const { data } = frames.at(-1)!;
    expect(data.model.id).toBe(HAIKU);
    expect(outcomes(data.attempts)).toEqual([
      [SONNET, 'failed', kind],
      [HAIKU, 'answered', null],
    ]);
  });
});

describe('a stream that breaks after text was shown', () => {
  it.each([
    ['cut', onSonnet({ kind: 'cut', afterEvents: 4 }), 'stream_broken'],
    ['with a malformed frame', onSonnet({ kind: 'malformed', afterEvents: 4 }), 'stream_broken'],
    ['truncated as if complete', onSonnet({ kind: 'truncate', afterEvents: 4 }), 'stream_broken'],
    [
      'by an exception',
      onSonnet({ kind: 'exception', name: 'ThrottlingException', afterEvents: 4 }),
      'throttled',
    ],
  ])('%s: restarts on the fallback, and done is the whole of its answer', async (_, fault, reason) => {
    chats.faults(fault);
    const frames = await chats.stream(clinical());
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'restart', 'delta', 'done']);
    expect(frames[0]!.data.model.id).toBe(SONNET);
    const restart = frames.find(({ event }) => event === 'restart')!.data;
    expect(restart).toEqual({ reason, model: expect.objectContaining({ id: HAIKU }) });
    const { data } = frames.at(-1)!;
    expect(data.model.id).toBe(HAIKU);
    expect(data.message.content).toBe(shownText(frames));
    expect(data.stopReason).toBe('end_turn');
  });

  it('ends in an error where nobody is left, never in a done', async () => {
    chats.faults({ kind: 'cut', afterEvents: 4 });
    const frames = await chats.stream(clinical());
    const events = eventsOf(frames);
    expect(events.at(-1)).toBe('error');
    expect(events.filter((event) => event === 'done' || event === 'error')).toHaveLength(1);
    expect(frames.at(-1)!.data).toMatchObject({ status: 503, code: 'model_unavailable' });
    expect(frames.at(-1)!.data.attempts.map(({ modelId }: { modelId: string }) => modelId)).toEqual([
      SONNET,
      HAIKU,
      OPUS,
    ]);
  });

  it('without its last event is complete, with an estimated usage', async () => {
    const whole = await chats.stream(clinical());
    const sent = chats.emulator.calls().calls.at(-1)!.events;
    chats.faults(onSonnet({ kind: 'truncate', afterEvents: sent - 1 }));
    const frames = await chats.stream(clinical());
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'done']);
    expect(shownText(frames)).toBe(shownText(whole));
    const { usage } = frames.at(-1)!.data;
    expect(usage).toMatchObject({ estimated: true, outputTokens: expect.any(Number) });
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(Number(usage.costUsd)).toBeGreaterThan(0);
  });
});

describe('what no other model may be asked for', () => {
  it.each(['guardrail_intervened', 'content_filtered'] as const)(
    'a refusal by %s is answered as such',
    async (reason) => {
      chats.faults(onSonnet({ kind: 'stop', reason }));
      const { status, body } = await chats.chat(clinical());
      expect([status, body.stopReason, body.model.id]).toEqual([200, reason, SONNET]);
      const frames = await chats.stream(clinical());
      expect(frames.at(-1)!.data.stopReason).toBe(reason);
      expect(chats.asked(HAIKU)).toBe(0);
    },
  );

  it('a request that the model does not accept goes to the caller', async () => {
    chats.faults(error('ValidationException', { message: 'messages.0: unexpected form' }));
    const { status, body } = await chats.chat(clinical());
    expect([status, body.code]).toEqual([400, 'request_not_accepted']);
    expect(JSON.stringify(body)).not.toContain('unexpected form');
    expect(chats.asked(HAIKU)).toBe(0);
  });

  it('bad credentials go to the caller: no model would work', async () => {
    chats.faults({ kind: 'refusal', reason: 'expired_credentials' });
    const { status, headers, body } = await chats.chat(clinical());
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'model_unavailable', '60']);
    expect(chats.asked(HAIKU)).toBe(0);
  });

  it('two models that a policy forbids are enough', async () => {
    chats.faults({ kind: 'refusal', reason: 'iam_denied' });
    const { status, body } = await chats.chat(clinical());
    expect(status).toBe(503);
    expect(outcomes(body.attempts)).toEqual([
      [SONNET, 'failed', 'access_denied'],
      [HAIKU, 'failed', 'access_denied'],
    ]);
  });
});

it('a temperature that only the last candidate refuses is left out of its call', async () => {
  chats.faults(
    { kind: 'error', name: 'ModelNotReadyException', modelId: SONNET },
    { kind: 'error', name: 'ModelNotReadyException', modelId: HAIKU },
  );
  const { status, body } = await chats.chat({ ...clinical(), temperature: 0.2, topP: 0.9 });
  expect([status, body.model.id]).toEqual([200, OPUS]);
  const leftOut = body.attempts.map((attempt: { leftOut?: string[] }) => attempt.leftOut);
  expect(leftOut).toEqual([['topP'], ['topP'], ['temperature', 'topP']]);
});

describe('a fallback that refuses the form of the request', () => {
  it('is passed over for the next', async () => {
    chats.faults(error('ServiceUnavailableException'), {
      kind: 'error',
      name: 'ValidationException',
      modelId: HAIKU,
    });
    const { body } = await chats.chat(clinical());
    expect(body.model.id).toBe(OPUS);
    expect(outcomes(body.attempts).slice(2)).toEqual([
      [HAIKU, 'failed', 'invalid_request'],
      [OPUS, 'answered', null],
    ]);
  });

  it('stays the outage that it was where there is no next', async () => {
    chats.faults(
      error('ModelNotReadyException'),
      { kind: 'error', name: 'ValidationException', modelId: HAIKU },
      { kind: 'error', name: 'ValidationException', modelId: OPUS },
    );
    const { status, body } = await chats.chat(clinical());
    expect([status, body.code]).toEqual([503, 'model_unavailable']);
  });
});

describe('a conversation that is too long', () => {
  const tooLong = (modelId: string): FaultInput => ({
    kind: 'error',
    name: 'ValidationException',
    message: 'Input is too long for requested model.',
    modelId,
  });
  const window = (modelId: string, tokens: number) =>
    chats.rows('UPDATE bedrock_models SET context_window = $2 WHERE model_id = $1', [modelId, tokens]);
  const seen = () => chats.system.act({ action: 'clear-cache' });
  let before: { model_id: string; context_window: number }[];
  beforeEach(async () => {
    before = await chats.rows('SELECT model_id, context_window FROM bedrock_models');
  });
  afterEach(async () => {
    for (const { model_id, context_window } of before) await window(model_id, context_window);
    await seen();
  });

  it('goes only to a larger window', async () => {
    await window(SONNET, 200_000);
    await window(HAIKU, 200_000);
    await window(OPUS, 1_000_000);
    await seen();
    chats.faults(tooLong(SONNET));
    const { body } = await chats.chat(clinical());
    expect(body.model.id).toBe(OPUS);
    expect(chats.asked(HAIKU)).toBe(0);
  });

  it('goes to the caller where there is none', async () => {
    for (const id of [SONNET, HAIKU, OPUS]) await window(id, 200_000);
    await seen();
    chats.faults(tooLong(SONNET));
    const { status, body } = await chats.chat(clinical());
    expect([status, body.code]).toEqual([422, 'input_too_long']);
    expect(chats.asked(HAIKU) + chats.asked(OPUS)).toBe(0);
  });

  it('is sent directly to a window that can hold it', async () => {
    await window(SONNET, 1_000);
    await seen();
    const { body } = await chats.chat({ useCase: 'clinical', ...question('long '.repeat(2_000)) });
    expect(outcomes(body.attempts)).toEqual([
      [SONNET, 'skipped', 'window_too_small'],
      [HAIKU, 'answered', null],
    ]);
  });

  it('restarts where the window is full during the answer', async () => {
    await window(SONNET, 200_000);
    await window(HAIKU, 1_000_000);
    await seen();
    chats.faults(onSonnet({ kind: 'stop', reason: 'model_context_window_exceeded' }));
    const frames = await chats.stream(clinical());
    expect(eventsOf(frames)).toEqual(['model', 'delta', 'restart', 'delta', 'done']);
    expect(frames.at(-1)!.data.model.id).toBe(HAIKU);
  });
});

it('all models away: 503 with Retry-After, and every attempt is listed', async () => {
  chats.faults({ kind: 'error', name: 'ServiceUnavailableException' });
  const { status, headers, body } = await chats.chat(clinical());
  expect([status, body.code]).toEqual([503, 'model_unavailable']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(body.attempts).toHaveLength(6);
});
