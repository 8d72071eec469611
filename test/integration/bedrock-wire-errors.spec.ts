import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { SONNET } from '../support/chat-system.js';
import { SERVICE_KEY } from '../support/test-env.js';
import type { WireClient } from '../support/wire-client.js';
import { error, failureOf, WireSystem } from '../support/wire-system.js';

let system: WireSystem;
let wire: WireClient;
beforeAll(async () => {
  system = await WireSystem.start();
  wire = system.wire;
});
afterAll(() => system.close());
afterEach(() => system.reset());

/** The SDK waits as long as an answer says. */
const AT_ONCE = { retryAfterSeconds: 0 };
const refusal = (reason: string) => ({ kind: 'refusal', reason }) as FaultInput;

describe('an error', () => {
  it.each<[string, FaultInput, [string, number], number]>([
    ['throttled models', error('ThrottlingException', AT_ONCE), ['ThrottlingException', 429], 3],
    [
      'models that are away',
      error('InternalServerException', AT_ONCE),
      ['ServiceUnavailableException', 503],
      3,
    ],
    ['a model that timed out', error('ModelTimeoutException'), ['ModelTimeoutException', 408], 1],
    ['a model that failed', error('ModelErrorException'), ['ModelErrorException', 424], 1],
    ['models that have ended', error('ResourceNotFoundException'), ['ResourceNotFoundException', 404], 1],
    ['a refused form', error('ValidationException'), ['ValidationException', 400], 1],
    ['a role without rights', refusal('iam_denied'), ['AccessDeniedException', 403], 1],
    ['bad credentials', refusal('expired_credentials'), ['AccessDeniedException', 403], 1],
  ])(
    'by %s has the name of AWS, and the SDK repeats it only where that helps',
    async (_, fault, expected, attempts) => {
      system.chats.faults(fault);
      const asked = await wire.raw('clinical/converse');
      expect([asked.type, asked.status]).toEqual(expected);
      system.closeBreakers();
      const before = system.asked().length;
      const failure = await failureOf(wire.converse('clinical'));
      expect(failure.$metadata.attempts).toBe(attempts);
      // Breakers open while a client repeats.
      expect(system.asked().length - before).toBeLessThanOrEqual(before * attempts);
      expect(failure.message).not.toMatch(/111122223333|arn:/);
      expect(await system.rowOf(failure.$metadata.requestId)).toMatchObject({ outcome: 'failed' });
    },
  );

  it.each([
    ['throttlingException', 'ThrottlingException', 429],
    ['serviceUnavailableException', 'ServiceUnavailableException', 503],
    ['internalServerException', 'ServiceUnavailableException', 503],
    ['modelStreamErrorException', 'ServiceUnavailableException', 503],
    ['modelTimeoutException', 'ModelTimeoutException', 408],
    ['validationException', 'ValidationException', 400],
  ])(
    'by %s of a stream before its content has a status, as no frame has left',
    async (name, type, status) => {
      for (const afterEvents of [0, 1]) {
        system.chats.faults({ kind: 'exception', name, afterEvents });
        const answer = await wire.raw(`${SONNET}/converse-stream`, undefined, { 'x-use-case': 'clinical' });
        expect([answer.type, answer.status]).toEqual([type, status]);
        system.closeBreakers();
      }
    },
  );

  it('of the form of a request has the words of AWS', async () => {
    system.chats.faults(
      error('ValidationException', {
        message: 'toolConfig: bad arn:aws:iam::111122223333:role/x in 111122223333',
      }),
    );
    const { body } = await wire.raw('clinical/converse');
    expect(body).toMatchObject({
      message: 'toolConfig: bad [arn] in [account]',
      code: 'request_not_accepted',
    });
    system.chats.faults(error('ValidationException', { message: 'Prompt is too long: 300000 tokens' }));
    const tooLong = await wire.raw('clinical/converse');
    expect(tooLong.body.message).toBe('Input is too long for requested model.');
  });

  it('that may pass says when to come again, for both kinds of SDK', async () => {
    system.chats.faults(error('ThrottlingException', { retryAfterSeconds: 7 }));
    const { headers } = await wire.raw('clinical/converse');
    expect([headers.get('retry-after'), headers.get('x-amz-retry-after')]).toEqual(['7', '7000']);
  });

  it.each([
    ['an unknown name', 'nobody', 404, 'ResourceNotFoundException'],
    ['a profile elsewhere', 'us.amazon.nova-lite-v1:0', 403, 'AccessDeniedException'],
    ['a global profile', 'global.anthropic.claude-sonnet-4-6', 403, 'AccessDeniedException'],
    ['another second encoding', 'a%253Ab', 400, 'ValidationException'],
  ])('of %s comes before any call', async (_, name, status, type) => {
    const answer = await wire.raw(`${name}/converse`);
    expect([answer.status, answer.type]).toEqual([status, type]);
    expect(answer.headers.get('x-amzn-requestid')).toBe(answer.headers.get('x-request-id'));
    expect(system.asked()).toEqual([]);
  });

  it.each([
    ['no key', { authorization: undefined }, 403, 'UnrecognizedClientException'],
    ['a wrong key', { authorization: 'Bearer wrong' }, 403, 'UnrecognizedClientException'],
    [
      'a signature',
      { authorization: 'AWS4-HMAC-SHA256 Credential=A/2/r/bedrock/aws4_request' },
      403,
      'UnrecognizedClientException',
    ],
    ['another content', { 'content-type': 'application/xml' }, 415, 'ValidationException'],
    ['another fallback', { 'x-orchestrator-fallback': 'any' }, 400, 'ValidationException'],
    ['two use cases', { 'x-use-case': 'health' }, 400, 'ValidationException'],
    ['an unknown use case', { 'x-use-case': 'x' }, 400, 'ValidationException'],
  ])('of %s has the form of AWS', async (_, headers, status, type) => {
    const answer = await wire.raw('clinical/converse', undefined, headers);
    expect([answer.status, answer.type]).toEqual([status, type]);
    expect(answer.body).toEqual({ message: expect.any(String), code: expect.any(String) });
    expect(system.asked()).toEqual([]);
  });

  it('of a body that is no JSON, or too large, or of an unknown operation, too', async () => {
    const answers = [
      await wire.raw('clinical/converse', '{"messages":'),
      await wire.raw('clinical/converse', '[]'),
      await wire.raw('clinical/converse', ' '.repeat(25_000_001)),
      await wire.raw('clinical/apply-guardrail'),
    ];
    expect(answers.map(({ status, type }) => [status, type])).toEqual([
      [400, 'ValidationException'],
      [400, 'ValidationException'],
      [413, 'ValidationException'],
      [404, 'UnknownOperationException'],
    ]);
  });

  it('of no body at all, too', async () => {
    const headers = { authorization: `Bearer ${SERVICE_KEY}` };
    const url = `${system.chats.url}/bedrock/model/clinical/converse`;
    const answer = await fetch(url, { method: 'POST', headers });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException']);
  });

  it('of a signature says what to send instead', async () => {
    const { body } = await wire.raw('clinical/converse', undefined, {
      authorization: 'AWS4-HMAC-SHA256 Credential=A',
    });
    expect(body.message).toMatch(/AWS_BEARER_TOKEN_BEDROCK.*docs\/wire.md/);
  });
});
