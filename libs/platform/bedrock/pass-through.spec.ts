import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestEmulator, testEmulator } from '../../../test/support/bedrock-emulator.js';
import { BedrockClients } from './bedrock-clients.js';
import type { StreamLimits } from './call-deadline.js';
import { EventStreamDecoder } from './event-stream-decoder.js';
import { PassThroughService } from './pass-through.service.js';

const MODEL = 'eu.amazon.nova-lite-v1:0';
/** As no serializer of ours would write it. */
const BODY = Buffer.from('{ "messages":[ {"role":"user", "content":[{"text":"K\\u00e4se?"}]} ] }');
const request = { operation: 'converse', modelId: MODEL, body: BODY } as const;
const streamRequest = { ...request, operation: 'converse-stream' } as const;
const soon = { deadlineMs: 60_000 };

let emulator: TestEmulator;
let clients: BedrockClients;
let passThrough: PassThroughService;

beforeAll(async () => {
  emulator = await testEmulator({ paceMs: 2 });
  clients = new BedrockClients(emulator.settings);
  passThrough = new PassThroughService(clients);
});
afterEach(() => emulator.reset());
afterAll(async () => {
  clients.onApplicationShutdown();
  await emulator.close();
});

const directly = async (operation: string): Promise<Buffer> => {
  const url = `${emulator.url}/model/${encodeURIComponent(MODEL)}/${operation}`;
  const headers = { authorization: 'Bearer any' };
  return Buffer.from(await (await fetch(url, { method: 'POST', headers, body: BODY })).arrayBuffer());
};
const namesIn = (bytes: Buffer): string[] =>
  [...new EventStreamDecoder().read(bytes)].map(({ name }) => name);

/** Latencies differ from call to call. */
const plain = (bytes: Buffer) => bytes.toString('latin1').replace(/"latencyMs":\d+/, '');
const frameTexts = (bytes: Buffer) =>
  [...new EventStreamDecoder().read(bytes)].map(({ name, payload }) => [
    name,
    payload.replace(/"latencyMs":\d+/, ''),
  ]);

async function streamed(limits: StreamLimits = soon) {
  const pieces: Buffer[] = [];
  let text = '';
  const onContent = (content: { bytes: Buffer; text: string }) => {
    pieces.push(content.bytes);
    text += content.text;
    return undefined;
  };
  const { end, error } = await passThrough.stream(streamRequest, limits, onContent).then(
    (end) => ({ end, error: undefined }),
    (error: unknown) => ({ end: undefined, error }),
  );
  return { pieces, text, end, error };
}

describe('a whole answer', () => {
  it('has the bytes of the model, and what is recorded of them', async () => {
    const answer = await passThrough.whole(request, soon);
    expect(plain(answer.bytes)).toBe(plain(await directly('converse')));
    expect(answer.text).toContain('You wrote: Käse?');
    expect(answer).toMatchObject({ stopReason: 'end_turn', usage: { cacheRead: 0 }, firstTextMs: null });
  });

  it('that is refused is an error with the kind of the refusal', async () => {
    emulator.setFaults([{ kind: 'error', name: 'ThrottlingException' }]);
    await expect(passThrough.whole(request, soon)).rejects.toMatchObject({
      kind: 'throttled',
      status: 429,
    });
    expect(emulator.calls().total).toBe(1);
  });
});

describe('a streamed answer', () => {
  it('has the frames of the model in their order, the last two with its end', async () => {
    const { pieces, text, end } = await streamed();
    expect(pieces.length).toBeGreaterThan(3);
    expect(namesIn(pieces[0]!).slice(0, 2)).toEqual(['messageStart', 'contentBlockDelta']);
    expect(namesIn(end!.tail)).toEqual(['messageStop', 'metadata']);
    const all = Buffer.concat([...pieces, end!.tail]);
    expect(frameTexts(all)).toEqual(frameTexts(await directly('converse-stream')));
    expect(text).toContain('You wrote: Käse?');
    expect(end).toMatchObject({ stopReason: 'end_turn', usage: { cacheRead: 0 } });
    expect(end!.firstTextMs).not.toBeNull();
  });

  it.each([
    [
      'an exception',
      { kind: 'exception', name: 'ThrottlingException', afterEvents: 1 } as const,
      'throttled',
    ],
    ['a cut', { kind: 'cut', afterEvents: 1 } as const, 'stream_broken'],
    ['a damaged frame', { kind: 'malformed', afterEvents: 1 } as const, 'stream_broken'],
    ['an end that is too early', { kind: 'truncate', afterEvents: 1 } as const, 'stream_broken'],
  ])('that breaks by %s before content passes on nothing', async (_, fault, kind) => {
    emulator.setFaults([fault]);
    const { pieces, error } = await streamed();
    expect(pieces).toEqual([]);
    expect(error).toMatchObject({ kind, textShown: false, begun: true });
  });

  it.each([
    [
      'an exception',
      { kind: 'exception', name: 'ThrottlingException', afterEvents: 4 } as const,
      'throttled',
    ],
    ['a cut', { kind: 'cut', afterEvents: 4 } as const, 'stream_broken'],
    ['a damaged frame', { kind: 'malformed', afterEvents: 4 } as const, 'stream_broken'],
  ])('that breaks by %s after content passes on the whole frames before', async (_, fault, kind) => {
    emulator.setFaults([fault]);
    const { pieces, error } = await streamed();
    expect(namesIn(Buffer.concat(pieces))).toEqual(['messageStart', ...Array(3).fill('contentBlockDelta')]);
    expect(error).toMatchObject({ kind, textShown: true });
  });

  it('stops the model when the caller disconnects', async () => {
    emulator.setFaults([{ kind: 'stall', afterEvents: 4 }]);
    const caller = new AbortController();
    const reading = passThrough.stream(streamRequest, { ...soon, signal: caller.signal }, () => {
      caller.abort();
      return undefined;
    });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    await vi.waitFor(() => expect(emulator.calls().calls.at(-1)!.outcome).toBe('client_gone'), {
      interval: 5,
    });
  });
});

it.each(['global', 'us'])('sends nothing to a %s. profile', async (place) => {
  const abroad = { ...request, modelId: `${place}.amazon.nova-lite-v1:0` };
  const refused = { kind: 'access_denied', awsName: 'DestinationNotAllowed' };
  await expect(passThrough.whole(abroad, soon)).rejects.toMatchObject(refused);
  await expect(passThrough.stream(abroad, soon, () => undefined)).rejects.toMatchObject(refused);
  await expect(passThrough.countTokens(abroad, soon)).rejects.toMatchObject(refused);
  expect(emulator.calls().total).toBe(0);
});
