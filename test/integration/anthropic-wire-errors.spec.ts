import Anthropic from '@anthropic-ai/sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { AnthropicClient } from '../support/anthropic-client.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { error, failureOf, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let anthropic: AnthropicClient;
beforeAll(async () => {
  system = await WireSystem.start();
  anthropic = new AnthropicClient(system.chats.url);
});
afterAll(() => system.close());
afterEach(() => system.reset());

/** The SDK waits as long as an answer says. */
const AT_ONCE = { retryAfterSeconds: 0 };
const refusal = (reason: string) => ({ kind: 'refusal', reason }) as FaultInput;
const { RateLimitError, InternalServerError, NotFoundError, BadRequestError, PermissionDeniedError } =
  Anthropic;

/** An SDK that counts its requests. */
function countingSdk() {
  const sent = { requests: 0 };
  const client = new Anthropic({
    apiKey: SERVICE_KEY,
    baseURL: `${system.chats.url}/anthropic`,
    fetch: (url, init) => {
      sent.requests += 1;
      return fetch(url, init);
    },
  });
  return { client, sent };
}

describe('an error', () => {
  it.each<[string, FaultInput, [new (...args: never[]) => Error, number, string], number]>([
    ['throttled models', error('ThrottlingException', AT_ONCE), [RateLimitError, 429, 'rate_limit_error'], 3],
    [
      'models that are away',
      error('InternalServerException', AT_ONCE),
      [InternalServerError, 529, 'overloaded_error'],
      3,
    ],
    [
      'a model that timed out',
      error('ModelTimeoutException'),
      [InternalServerError, 504, 'timeout_error'],
      1,
    ],
    ['a model that failed', error('ModelErrorException'), [InternalServerError, 500, 'api_error'], 1],
    [
      'models that have ended',
      error('ResourceNotFoundException'),
      [NotFoundError, 404, 'not_found_error'],
      1,
    ],
    ['a refused form', error('ValidationException'), [BadRequestError, 400, 'invalid_request_error'], 1],
    ['a role without rights', refusal('iam_denied'), [PermissionDeniedError, 403, 'permission_error'], 1],
  ])(
    'by %s has the class that the SDK knows, and the SDK repeats it only where that helps',
    async (_, fault, [kind, status, type], requests) => {
      system.chats.faults(fault);
      const first = await anthropic.raw();
      expect([first.status, first.body.error.type]).toEqual([status, type]);
      system.closeBreakers();
      const { client, sent } = countingSdk();
      const failure = await failureOf(anthropic.create({}, {}, client));
      expect(sent.requests).toBe(requests);
      // Breakers open while a client repeats.
      expect(failure).toBeInstanceOf(requests === 1 ? kind : Anthropic.APIError);
      expect(failure.message).not.toMatch(/111122223333|arn:/);
      expect(failure.error.request_id).toBe(failure.requestID);
      expect(await system.rowOf(failure.requestID)).toMatchObject({ wire: 'anthropic', outcome: 'failed' });
    },
  );

  it('of breakers that are open for long is not repeated', async () => {
    system.chats.faults(error('InternalServerException', AT_ONCE));
    await eventually(async () => {
      const { status, headers } = await anthropic.raw();
      expect([status, headers.get('x-should-retry')]).toEqual([529, 'false']);
    });
    const { client, sent } = countingSdk();
    const failure = await failureOf(anthropic.create({}, {}, client));
    expect([failure.status, failure.type, sent.requests]).toEqual([529, 'overloaded_error', 1]);
  });

  it('of the form of a request has the words of AWS', async () => {
    const message = 'thinking.budget_tokens: bad arn:aws:iam::111122223333:role/x in 111122223333';
    system.chats.faults(error('ValidationException', { message }));
    const { body } = await anthropic.raw();
    expect(body.error).toMatchObject({
      ...{ type: 'invalid_request_error', message: 'thinking.budget_tokens: bad [arn] in [account]' },
      details: { error_code: 'request_not_accepted' },
    });
    system.chats.faults(error('ValidationException', { message: 'Prompt is too long: 300000 tokens' }));
    expect((await anthropic.raw()).body.error.message).toMatch(/^prompt is too long/);
  });

  it('of an unknown beta has the words of AWS', async () => {
    system.chats.faults(error('ValidationException', { message: 'invalid beta flag' }));
    const { status, body } = await anthropic.raw({}, { 'anthropic-beta': 'nobody-2020-01-01' });
    expect([status, body.error.message]).toEqual([400, 'invalid beta flag']);
  });

  it.each<[string, object, Record<string, string | undefined>, [number, string]]>([
    ['an unknown name', { model: 'nobody' }, {}, [404, 'not_found_error']],
    ['a profile elsewhere', { model: 'us.amazon.nova-lite-v1:0' }, {}, [403, 'permission_error']],
    ['no key', {}, { 'x-api-key': undefined }, [401, 'authentication_error']],
    ['a wrong key', {}, { 'x-api-key': 'wrong' }, [401, 'authentication_error']],
    ['a signature', {}, { authorization: 'AWS4-HMAC-SHA256 Credential=A' }, [401, 'authentication_error']],
    ['another content', {}, { 'content-type': 'application/xml' }, [415, 'invalid_request_error']],
    ['another fallback', {}, { 'x-orchestrator-fallback': 'any' }, [400, 'invalid_request_error']],
    ['two use cases', {}, { 'x-use-case': 'health' }, [400, 'invalid_request_error']],
    ['a tool of a server', { tools: [{ type: 'web_search_20250305' }] }, {}, [400, 'invalid_request_error']],
  ])('of %s comes before any call', async (_, asked, headers, [status, type]) => {
    const answer = await anthropic.raw({ ...asked }, headers);
    expect([answer.status, answer.body.error.type]).toEqual([status, type]);
    const id = answer.headers.get('x-request-id');
    expect(answer.body).toEqual({
      type: 'error',
      error: { type, message: expect.any(String), details: { error_code: expect.any(String) } },
      request_id: id,
    });
    expect(answer.headers.get('request-id')).toBe(id);
    expect(system.asked()).toEqual([]);
  });

  it('of a body that is no JSON, or too large, or of an unknown path, has the form of Anthropic', async () => {
    const answers = [
      await anthropic.raw('{"model":'),
      await anthropic.raw(' '.repeat(25_000_001)),
      await anthropic.raw(' '.repeat(25_000_001), {}, 'messages/count_tokens'),
      await anthropic.raw({}, {}, 'complete'),
      await anthropic.raw({}, {}, 'messages/batches'),
    ];
    expect(answers.map(({ status, body }) => [status, body.error.type])).toEqual([
      [400, 'invalid_request_error'],
      [413, 'request_too_large'],
      [413, 'request_too_large'],
      [404, 'not_found_error'],
      [404, 'not_found_error'],
    ]);
  });

  it('of no body at all, too', async () => {
    for (const path of ['messages', 'messages/count_tokens']) {
      const url = `${system.chats.url}/anthropic/v1/${path}`;
      const answer = await fetch(url, { method: 'POST', headers: { 'x-api-key': SERVICE_KEY } });
      expect([answer.status, (await answer.json()).error.type]).toEqual([400, 'invalid_request_error']);
    }
  });

  it('of a count that no model of the use case gives is that of Bedrock', async () => {
    const { status, body } = await anthropic.raw({ model: 'platform' }, {}, 'messages/count_tokens');
    expect([status, body.error.type]).toEqual([400, 'invalid_request_error']);
    expect(body.error.message).toContain("doesn't support counting tokens");
  });
});
