import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { NOVA_MICRO } from '../support/chat-system.js';
import { type Asked, OpenAiClient } from '../support/openai-client.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { userToken } from '../support/test-system.js';
import { error, failureOf, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let openai: OpenAiClient;
beforeAll(async () => {
  system = await WireSystem.start();
  openai = new OpenAiClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

/** The SDK waits as long as an answer says. */
const AT_ONCE = { retryAfterSeconds: 0 };

describe('an error', () => {
  it.each<[string, FaultInput, object, number]>([
    [
      'throttled models',
      error('ThrottlingException', AT_ONCE),
      { status: 429, code: 'rate_limit_exceeded', constructor: OpenAI.RateLimitError },
      3,
    ],
    [
      'models that are away',
      error('InternalServerException', AT_ONCE),
      { status: 503, code: 'service_unavailable', constructor: OpenAI.InternalServerError },
      3,
    ],
    ['a model that timed out', error('ModelTimeoutException'), { status: 504, code: 'timeout' }, 1],
    ['a model that failed', error('ModelErrorException'), { status: 502, code: 'model_error' }, 1],
    [
      'models that have ended',
      error('ResourceNotFoundException'),
      { status: 404, code: 'model_not_found', constructor: OpenAI.NotFoundError },
      1,
    ],
    [
      'a refused form',
      error('ValidationException', { message: 'toolConfig: bad arn:aws:iam::111122223333:role/x' }),
      { status: 400, type: 'invalid_request_error', constructor: OpenAI.BadRequestError },
      1,
    ],
    [
      'an input that is too long',
      error('ValidationException', { message: 'Prompt is too long: 300000 tokens' }),
      { status: 400, code: 'context_length_exceeded' },
      1,
    ],
    [
      'bad credentials',
      { kind: 'refusal', reason: 'expired_credentials' },
      { status: 403, code: 'permission_denied', constructor: OpenAI.PermissionDeniedError },
      1,
    ],
  ])(
    'by %s has its class, and the SDK repeats it only where that helps',
    async (_, fault, expected, attempts) => {
      system.chats.faults(fault);
      const impatient = openai.sdk().withOptions({ maxRetries: 0 });
      const failure = await failureOf(openai.create({}, impatient));
      expect(failure).toMatchObject(expected);
      const once = system.asked().length;
      system.closeBreakers();
      await failureOf(openai.create());
      // Breakers open while a client repeats.
      expect(system.asked().length - once).toBeLessThanOrEqual(once * attempts);
      if (attempts === 1) expect(system.asked()).toHaveLength(2 * once);
      expect(failure.message).not.toMatch(/111122223333|arn:/);
      const id = failure.headers.get('x-orchestrator-invocation-id');
      expect(await system.rowOf(id)).toMatchObject({ outcome: 'failed', wire: 'openai' });
    },
  );

  it('that may pass says when to come again, and forbids a long wait', async () => {
    system.chats.faults(error('ThrottlingException', { retryAfterSeconds: 1 }));
    const soon = await openai.raw();
    expect([soon.headers.get('retry-after'), soon.headers.get('x-should-retry')]).toEqual(['1', null]);
    // The breakers are open now, for an hour.
    for (let at = 0; at < 5; at += 1) await openai.raw();
    const late = await openai.raw();
    expect([late.status, late.headers.get('x-should-retry')]).toEqual([503, 'false']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(20);
  });

  it.each<[string, Asked, [status: number, param: string | null, code: string]]>([
    ['an unknown name', { model: 'nobody' }, [404, null, 'model_not_found']],
    ['a profile elsewhere', { model: 'us.amazon.nova-lite-v1:0' }, [403, null, 'permission_denied']],
    ['several answers', { n: 2 }, [400, 'n', 'unsupported_parameter']],
    ['a hot temperature', { temperature: 1.5 }, [400, 'temperature', 'invalid_request']],
    ['an unknown member', { top_k: 4 }, [400, 'top_k', 'unsupported_parameter']],
    [
      'reasoning of a model without it',
      { model: NOVA_MICRO, reasoning_effort: 'low' },
      [400, 'reasoning_effort', 'unsupported_parameter'],
    ],
    ['two use cases', { metadata: { use_case: 'health' } }, [400, 'useCase', 'invalid_request']],
  ])('of %s comes before any call', async (_, request, [status, param, code]) => {
    const { body, ...answer } = await openai.raw(request);
    expect(answer.status).toBe(status);
    expect(body.error).toMatchObject({ param, code, message: expect.any(String) });
    expect(system.asked()).toEqual([]);
  });

  it.each([
    ['no key', { authorization: undefined }, 401, 'invalid_api_key'],
    ['a wrong key', { authorization: 'Bearer wrong' }, 401, 'invalid_api_key'],
    ['another content', { 'content-type': 'application/xml' }, 415, 'unsupported_media_type'],
    ['another fallback', { 'x-orchestrator-fallback': 'any' }, 400, 'invalid_request'],
  ])('of %s has the form of OpenAI', async (_, headers, status, code) => {
    const { body, ...answer } = await openai.raw({}, headers);
    expect(answer.status).toBe(status);
    expect(body.error).toMatchObject({ code, type: 'invalid_request_error' });
  });

  it('of a body that is no JSON, or too large, or of an unknown operation, too', async () => {
    const answers = [
      await openai.raw('{"messages":'),
      await openai.raw('[]'),
      await openai.raw(' '.repeat(25_000_001)),
      await openai.raw({}, {}, 'responses'),
      await openai.raw(''),
    ];
    expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual([
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [413, 'payload_too_large'],
      [404, 'route_not_found'],
      [400, 'invalid_request'],
    ]);
  });

  it('of no body at all, too', async () => {
    const headers = { authorization: `Bearer ${SERVICE_KEY}` };
    const url = `${system.chats.url}/openai/v1/chat/completions`;
    const answer = await fetch(url, { method: 'POST', headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  it('of a missing key throws the class that applications catch', async () => {
    expect(await failureOf(openai.create({}, openai.sdk('wrong')))).toBeInstanceOf(
      OpenAI.AuthenticationError,
    );
  });

  it('of a user with its own token is 403, also for the list of names', async () => {
    const client = openai.sdk(await userToken('anna'));
    expect(await failureOf(openai.create({}, client))).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(await failureOf(client.models.list())).toBeInstanceOf(OpenAI.PermissionDeniedError);
  });
});

it('continues without reasoning where the model of the use case has none', async () => {
  const { headers } = await openai.create({ model: 'platform', reasoning_effort: 'high' });
  expect(headers.get('x-orchestrator-model')).toBe(NOVA_MICRO);
  expect(headers.get('x-orchestrator-adapted')).toBe('thinking');
});
