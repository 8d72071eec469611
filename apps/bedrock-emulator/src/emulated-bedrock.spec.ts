import { type ClientHttp2Session, connect } from 'node:http2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeFrames } from './event-frames.js';
import { type Emulator, startEmulator } from './start-emulator.js';
import { converse, converseStream } from './testing/requests.js';

const NOVA = 'eu.amazon.nova-lite-v1:0';
const CLAUDE_3_HAIKU = 'eu.anthropic.claude-3-haiku-20240307-v1:0';
const SIGV4 =
  'AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-central-1/bedrock/aws4_request, SignedHeaders=host, Signature=00';

let now = new Date('2026-11-22');
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: () => now });
});
afterEach(() => {
  emulator.reset();
  now = new Date('2026-11-22');
});
afterAll(() => emulator.close());

const list = (authorization?: string) =>
  fetch(`${emulator.url}/foundation-models`, authorization ? { headers: { authorization } } : {});

describe('who calls', () => {
  it('may sign or bear a token', async () => {
    expect((await list(SIGV4)).status).toBe(200);
    expect((await list('Bearer key')).status).toBe(200);
    expect(emulator.calls().calls.map(({ auth }) => auth)).toEqual(['sigv4', 'bearer']);
  });

  it.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['Basic abc', 'UnrecognizedClientException'],
  ])('is refused with %s: %s', async (authorization, name) => {
    const response = await list(authorization);
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe(name);
    expect(await response.json()).toEqual({ message: expect.any(String) });
  });
});

describe('errors that come by themselves', () => {
  it.each([
    ['amazon.nova-lite-v1:0', 400, /on-demand throughput isn’t supported/],
    ['amazon.no-such-model', 400, /^The provided model identifier is invalid\.$/],
    ['us.amazon.nova-lite-v1:0', 400, /^The provided model identifier is invalid\.$/],
    ['eu.minimax.minimax-m2.5', 400, /^The provided model identifier is invalid\.$/],
    [CLAUDE_3_HAIKU, 404, /end of its life/],
  ])('for %s: %i', async (modelId, status, message) => {
    const response = await converse(emulator, modelId);
    expect(response.status).toBe(status);
    expect((await response.json()).message).toMatch(message);
  });

  it('for a body that Bedrock would not take', async () => {
    const url = `${emulator.url}/model/${NOVA}/converse`;
    const send = (body: string) =>
      fetch(url, { method: 'POST', body, headers: { authorization: 'Bearer key' } });
    for (const body of [
      'no json',
      '{}',
      '{"messages":[]}',
      '{"messages":[{"role":"assistant","content":[{"text":"Hi"}]}]}',
      '{"messages":[{"role":"user","content":[{"text":" "}]}]}',
      '{"messages":[{"role":"user","content":[{"text":"Hi"}]}],"inferenceConfig":{"maxTokens":99999}}',
    ]) {
      const response = await send(body);
      expect([body, response.status]).toEqual([body, 400]);
      expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
    }
  });

  it('follow the clock', async () => {
    now = new Date('2026-09-09T23:59:59Z');
    expect((await converse(emulator, CLAUDE_3_HAIKU)).status).toBe(200);
    now = new Date('2026-09-10T00:00:00Z');
    expect((await converse(emulator, CLAUDE_3_HAIKU)).status).toBe(404);
  });

  it('for a path that is not emulated', async () => {
    const response = await fetch(`${emulator.url}/guardrails`, { headers: { authorization: 'Bearer key' } });
    expect(response.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  });
});

it('gives the same answer to the same question', async () => {
  const answers = await Promise.all([1, 2].map(async () => (await converse(emulator, NOVA, 'Same')).json()));
  expect({ ...answers[0], metrics: null }).toEqual({ ...answers[1], metrics: null });
});

describe('streams', () => {
  it('are frames, with an exception as their last one when it is asked for', async () => {
    emulator.setFaults([
      { kind: 'exception', name: 'ThrottlingException', afterEvents: 3, message: 'Slow.' },
    ]);
    const response = await converseStream(emulator, NOVA);
    expect(response.headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    const frames = decodeFrames(new Uint8Array(await response.arrayBuffer()));
    expect(frames.map(({ headers }) => headers[':event-type'] ?? headers[':exception-type'])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockDelta',
      'throttlingException',
    ]);
    expect(frames.at(-1)).toMatchObject({
      headers: { ':message-type': 'exception' },
      payload: { message: 'Slow.' },
    });
  });

  it('are cut after the events that were asked for, and not before', async () => {
    emulator.setFaults([{ kind: 'cut', afterEvents: 4 }]);
    const response = await converseStream(emulator, NOVA);
    const received: Uint8Array[] = [];
    const reading = (async () => {
      for await (const chunk of response.body!) received.push(chunk);
    })();
    await expect(reading).rejects.toThrow();
    expect(decodeFrames(Buffer.concat(received)).length).toBe(4);
    expect(emulator.calls().calls).toMatchObject([{ outcome: 'cut', events: 4 }]);
  });

  it('stall until the client leaves, before the headers too', async () => {
    for (const fault of [{ kind: 'stall' as const }, { kind: 'stall' as const, afterEvents: 2 }]) {
      emulator.reset();
      emulator.setFaults([fault]);
      const leaving = new AbortController();
      const call = fetch(`${emulator.url}/model/${NOVA}/converse-stream`, {
        method: 'POST',
        signal: leaving.signal,
        headers: { authorization: 'Bearer key' },
        body: JSON.stringify({ messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
      }).then((response) => response.arrayBuffer());
      await expect.poll(() => emulator.calls().calls[0]?.outcome).toBe('running');
      leaving.abort();
      await expect(call).rejects.toThrow();
      await expect.poll(() => emulator.calls().calls[0]?.outcome).toBe('client_gone');
    }
  });
});

it('waits for the configured time', async () => {
  emulator.setFaults([{ kind: 'latency', ms: 50, operation: 'Converse' }]);
  await converse(emulator, NOVA);
  expect(emulator.calls().calls[0]?.durationMs).toBeGreaterThanOrEqual(49);
});

describe('HTTP/2 beside HTTP/1.1', () => {
  let session: ClientHttp2Session;
  const over2 = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const stream = session.request({ ':path': path, authorization: 'Bearer key' });
      stream.once('response', (headers) => {
        stream.resume();
        resolve(Number(headers[':status']));
      });
      stream.once('close', () => reject(new Error('closed')));
      stream.once('error', reject);
    });

  it('shares one port, many calls on one connection', async () => {
    session = connect(emulator.url);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => over2('/inference-profiles')));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await list('Bearer key');
    const { calls } = emulator.calls();
    const [first] = calls;
    expect(calls.slice(0, 20).every(({ connection }) => connection === first!.connection)).toBe(true);
    expect(first).toMatchObject({ httpVersion: '2' });
    expect(calls.at(-1)).toMatchObject({ httpVersion: '1.1' });
    expect(calls.at(-1)!.connection).not.toBe(first!.connection);
    session.destroy();
  });

  it('cuts an HTTP/2 connection too', async () => {
    emulator.setFaults([{ kind: 'cut' }]);
    session = connect(emulator.url);
    session.on('error', () => {});
    await expect(over2('/inference-profiles')).rejects.toThrow();
    session.destroy();
  });
});
