import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';
import { BedrockClients } from './bedrock-clients.js';
import { BedrockError, type BedrockErrorKind } from './bedrock-error.js';
import { BedrockRuntimeService } from './bedrock-runtime.service.js';
import { POLICIES } from './failure-policy.js';

const MODEL = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
type Fault = Parameters<TestEmulator['setFaults']>[0][number];

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

const request = (modelId = MODEL, text = 'How are you today?') => ({
  modelId,
  messages: [{ role: 'user' as const, text }],
  maxTokens: 200,
});

async function failure(call: Promise<unknown>): Promise<BedrockError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BedrockError);
  return error as BedrockError;
}

async function streamed(limits = {}): Promise<string> {
  let text = '';
  await runtime.converseStream(request(), { deadlineMs: 60_000, ...limits }, (piece) => {
    text += piece;
    return undefined;
  });
  return text;
}

const error = (name: string, status?: number, message?: string): Fault => ({
  kind: 'error',
  name,
  ...(status === undefined ? {} : { status }),
  ...(message === undefined ? {} : { message }),
});
const refused = (reason: Extract<Fault, { kind: 'refusal' }>['reason']): Fault => ({
  kind: 'refusal',
  reason,
});

describe('an answer with an error status', () => {
  it.each<[BedrockErrorKind, number, Fault]>([
    ['throttled', 429, error('ThrottlingException')],
    ['throttled', 400, error('ServiceQuotaExceededException')],
    ['throttled', 429, error('SomethingNewException', 429)],
    ['unavailable', 503, error('ServiceUnavailableException')],
    ['unavailable', 500, error('InternalServerException')],
    ['unavailable', 502, error('BadGateway', 502)],
    ['not_ready', 429, error('ModelNotReadyException')],
    ['not_ready', 408, error('ModelTimeoutException')],
    ['not_ready', 424, error('ModelErrorException')],
    ['input_too_long', 400, error('ValidationException', 400, 'Input is too long for requested model.')],
    [
      'input_too_long',
      400,
      error('ValidationException', 400, 'prompt is too long: 210000 tokens > 200000 maximum'),
    ],
    [
      'invalid_request',
      400,
      error('ValidationException', 400, 'The maximum tokens you requested exceeds the model limit of 10.'),
    ],
    ['invalid_request', 422, error('SomethingElseException', 422)],
    ['model_gone', 400, refused('operation_not_allowed')],
    ['access_pending', 404, refused('legacy_not_used')],
    ['access_pending', 404, refused('use_case_form_missing')],
    ['access_pending', 403, refused('marketplace_pending')],
    ['access_denied', 403, refused('iam_denied')],
    ['access_denied', 403, refused('scp_denied')],
    ['bad_credentials', 403, refused('expired_credentials')],
    ['bad_credentials', 403, refused('unknown_credentials')],
    ['bad_credentials', 403, refused('bad_signature')],
    [
      'bad_credentials',
      403,
      error('AccessDeniedException', 403, 'Authentication failed: Please make sure your API Key is valid.'),
    ],
  ])('is %s: %i %o', async (kind, status, fault) => {
    emulator.setFaults([fault]);
    expect(await failure(runtime.converse(request(), { deadlineMs: 60_000 }))).toMatchObject({
      kind,
      status,
      modelId: MODEL,
      textShown: false,
    });
    // A stream that never began fails in the same way.
    expect(await failure(streamed())).toMatchObject({ kind, status, textShown: false });
  });

  it.each<[BedrockErrorKind, number, string]>([
    ['model_gone', 400, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['model_gone', 400, 'anthropic.claude-3-5-sonnet-20241022-v2:0'],
    ['model_gone', 404, 'eu.anthropic.claude-3-haiku-20240307-v1:0'],
  ])('comes by itself: %s %i for %s', async (kind, status, modelId) => {
    const seen = await failure(runtime.converse(request(modelId), { deadlineMs: 60_000 }));
    expect(seen).toMatchObject({ kind, status, modelId });
  });

  it('comes by itself for an input longer than the window, and for a blank one', async () => {
    const long = await failure(
      runtime.converse(request(MODEL, 'word '.repeat(170_000)), { deadlineMs: 60_000 }),
    );
    expect(long.kind).toBe('input_too_long');
    const blank = await failure(runtime.converse(request(MODEL, ' '), { deadlineMs: 60_000 }));
    expect(blank.kind).toBe('invalid_request');
  });

  it('says when to come back and which region is forbidden', async () => {
    emulator.setFaults([{ kind: 'error', name: 'ThrottlingException', retryAfterSeconds: 7 }]);
    expect((await failure(streamed())).retryAfterMs).toBe(7_000);
    emulator.setFaults([refused('scp_denied')]);
    expect((await failure(streamed())).blockedRegion).toBe('eu-west-3');
    emulator.setFaults([refused('iam_denied')]);
    expect((await failure(streamed())).blockedRegion).toBeUndefined();
  });
});

describe('no answer', () => {
  it('is unavailable when the connection is cut or refused', async () => {
    emulator.setFaults([{ kind: 'cut' }]);
    expect(await failure(runtime.converse(request(), { deadlineMs: 60_000 }))).toMatchObject({
      kind: 'unavailable',
    });
    expect((await failure(streamed())).kind).toBe('unavailable');

    const gone = await testEmulator();
    await gone.close();
    const nowhere = new BedrockClients(gone.settings);
    const call = new BedrockRuntimeService(nowhere).converse(request(), { deadlineMs: 60_000 });
    expect((await failure(call)).kind).toBe('unavailable');
  });

  it('is not_ready when our own deadline ends it', async () => {
    emulator.setFaults([{ kind: 'stall' }]);
    expect(await failure(runtime.converse(request(), { deadlineMs: 60 }))).toMatchObject({
      kind: 'not_ready',
    });
    expect((await failure(streamed({ firstTextMs: 60 }))).kind).toBe('not_ready');
  });

  it('is cancelled when the caller went away, before or during the call', async () => {
    emulator.setFaults([{ kind: 'stall' }]);
    const signal = AbortSignal.timeout(40);
    const during = await failure(runtime.converse(request(), { deadlineMs: 60_000, signal }));
    expect(during.kind).toBe('cancelled');
    const before = await failure(runtime.converse(request(), { deadlineMs: 60_000, signal }));
    expect(before.kind).toBe('cancelled');
  });
});

describe('a stream that breaks', () => {
  it.each<[BedrockErrorKind, string]>([
    ['throttled', 'ThrottlingException'],
    ['unavailable', 'InternalServerException'],
    ['unavailable', 'ServiceUnavailableException'],
    ['stream_broken', 'ModelStreamErrorException'],
    ['not_ready', 'ModelTimeoutException'],
    ['not_ready', 'ModelErrorException'],
    ['access_denied', 'AccessDeniedException'],
    ['stream_broken', 'NeverHeardOfException'],
  ])('is %s by its exception %s, without a status', async (kind, name) => {
    emulator.setFaults([{ kind: 'exception', name, afterEvents: 4, message: 'It broke.' }]);
    const seen = await failure(streamed());
    expect(seen).toMatchObject({ kind, textShown: true });
    expect(seen.status).toBeUndefined();
    expect(seen.message).toMatch(/: It broke\.$/);
    emulator.setFaults([{ kind: 'exception', name, afterEvents: 1 }]);
    expect(await failure(streamed())).toMatchObject({ kind, textShown: false });
  });

  it('is known by its name when it breaks in its first frame', async () => {
    emulator.setFaults([{ kind: 'exception', name: 'ThrottlingException' }]);
    expect(await failure(streamed())).toMatchObject({ kind: 'throttled', textShown: false });
  });

  it.each<Fault>([
    { kind: 'cut', afterEvents: 5 },
    { kind: 'truncate', afterEvents: 5 },
    { kind: 'malformed', afterEvents: 5 },
  ])('is stream_broken after $kind', async (fault) => {
    emulator.setFaults([fault]);
    const seen = await failure(streamed());
    expect(seen).toMatchObject({ kind: 'stream_broken', textShown: true });
    expect(seen.status).toBeUndefined();
  });

  it('is broken without its last word', async () => {
    await streamed();
    const whole = emulator.calls().calls.at(-1)!.events;
    emulator.setFaults([{ kind: 'truncate', afterEvents: whole - 2 }]);
    expect((await failure(streamed())).kind).toBe('stream_broken');
  });

  it.each<(afterEvents: number) => Fault>([
    (afterEvents) => ({ kind: 'truncate', afterEvents }),
    (afterEvents) => ({ kind: 'cut', afterEvents }),
    (afterEvents) => ({ kind: 'stall', afterEvents }),
    (afterEvents) => ({ kind: 'malformed', afterEvents }),
  ])('is complete once it has said so, with an unknown usage (%#)', async (faultAfter) => {
    await streamed();
    const whole = emulator.calls().calls.at(-1)!.events;
    emulator.setFaults([faultAfter(whole - 1)]);
    const limits = { deadlineMs: 60_000, idleMs: 1_000 };
    const end = await runtime.converseStream(request(), limits, () => undefined);
    expect(end).toMatchObject({ stopReason: 'end_turn', usage: null });
  });

  it('is stream_broken when it falls silent during its text, not_ready before it', async () => {
    emulator.setFaults([{ kind: 'stall', afterEvents: 4 }]);
    expect(await failure(streamed({ idleMs: 1_000 }))).toMatchObject({
      kind: 'stream_broken',
      textShown: true,
    });
    emulator.setFaults([{ kind: 'stall', afterEvents: 1 }]);
    expect(await failure(streamed({ idleMs: 1_000 }))).toMatchObject({ kind: 'not_ready', textShown: false });
  });
});

it('has a policy that agrees with itself for each kind', () => {
  for (const [kind, policy] of Object.entries(POLICIES)) {
    if (policy.fallBack === 'no') expect([kind, policy.health]).toEqual([kind, 'none']);
    if (policy.retrySameModel) expect([kind, policy.health]).toEqual([kind, 'breaker']);
  }
});
