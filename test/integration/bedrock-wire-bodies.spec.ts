import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:http2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SERVICE_KEY } from '../support/test-env.js';
import { userToken } from '../support/test-system.js';
import { onSonnet, WireSystem } from '../support/wire-system.js';

const PATH = '/bedrock/model/clinical/converse';
const MAX_BYTES = 25_000_000;
const USER_MAX_BYTES = 5_000_000;
/** The least that may be set: it takes one of the largest bodies. */
const ROOM = MAX_BYTES;

/**
 * A busy machine is no slow client, no instance to relieve, and no silent model: a call that waits for one would go to
 * the next model after half of its time.
 */
const PATIENT = {
  REQUEST_TIMEOUT_MS: '120000',
  MAX_EVENT_LOOP_DELAY_MS: '0',
  CHAT_DEADLINE_SECONDS: '600',
  WIRE_BYTES_UNDER_WAY: String(ROOM),
};

let system: WireSystem;
let anna: string;
beforeAll(async () => {
  system = await WireSystem.start({ WIRE_USERS: 'on', ...PATIENT });
  anna = await userToken('anna');
});
afterAll(() => system.close());
const requests: ClientRequest[] = [];
afterEach(() => {
  for (const open of requests.splice(0)) open.destroy();
  system.reset();
});

interface Answer {
  status: number;
  type: unknown;
  retryAfter: unknown[];
  body: { message: string };
}

/** A request that has sent its headers, and gets its answer whenever that comes. */
function begun(token: string | undefined, headers: Record<string, string> = {}) {
  const sent = request(system.chats.url + PATH, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  requests.push(sent);
  sent.on('error', () => undefined).flushHeaders();
  const answered = new Promise<Answer>((resolve) => {
    sent.once('response', (response) => void read(response).then(resolve));
  });
  return { sent, answered };
}

async function read(response: IncomingMessage): Promise<Answer> {
  let text = '';
  for await (const chunk of response) text += chunk;
  const { statusCode, headers } = response;
  return {
    status: statusCode!,
    type: headers['x-amzn-errortype'],
    retryAfter: [headers['retry-after'], headers['x-amz-retry-after']],
    body: JSON.parse(text),
  };
}

const ofLength = (bytes: number) => ({ 'content-length': String(bytes) });
/** A short question in this many bytes. */
const question = (bytes: number): string =>
  `${'{"messages":[{"role":"user","content":[{"text":"Hi"}]}]'.padEnd(bytes - 1)}}`;

describe('before any byte of a body', () => {
  it.each([
    ['no key', undefined],
    ['a wrong key', 'wrong'],
  ])('%s is refused', async (_, token) => {
    const { status, type } = await begun(token, ofLength(MAX_BYTES)).answered;
    expect([status, type]).toEqual([403, 'UnrecognizedClientException']);
  });

  it('a length beyond the limit is refused, and a user has another limit than a key', async () => {
    for (const [token, limit] of [
      [SERVICE_KEY, MAX_BYTES],
      [anna, USER_MAX_BYTES],
    ] as const) {
      const { status, type, body } = await begun(token, ofLength(limit + 1)).answered;
      expect([status, type]).toEqual([413, 'ValidationException']);
      expect(body.message).toContain(`${limit} bytes`);
    }
  });
});

it('a body of unknown length is refused as soon as it exceeds the limit', async () => {
  const { sent, answered } = begun(anna);
  const chunk = Buffer.alloc(1_000_000, 0x20);
  for (let bytes = 0; bytes <= USER_MAX_BYTES; bytes += chunk.length) sent.write(chunk);
  const { status, type } = await answered;
  expect([status, type]).toEqual([413, 'ValidationException']);
  expect(system.asked()).toEqual([]);
});

it('the largest body is passed on, with and without its length', async () => {
  const body = Buffer.from(question(MAX_BYTES));
  for (const headers of [ofLength(body.length), {}]) {
    const { sent, answered } = begun(SERVICE_KEY, headers);
    sent.end(body);
    expect((await answered).status).toBe(200);
    expect(system.upstream.exchanges.at(-1)!.asked.equals(body)).toBe(true);
    await expect.poll(() => metric('wire_bytes_under_way')).toBe(0);
  }
});

describe('over HTTP/2', () => {
  it.each<[string, number, Record<string, string>, Buffer | undefined]>([
    ['no key is refused before any byte of the body', 403, { authorization: '' }, undefined],
    ['a length beyond the limit is refused', 413, ofLength(MAX_BYTES + 1), undefined],
    ['the largest body is passed on', 200, {}, Buffer.from(question(MAX_BYTES))],
  ])('%s', async (_, status, headers, body) => {
    const session = connect(system.chats.url);
    const stream = session.request({
      ':method': 'POST',
      ':path': PATH,
      authorization: `Bearer ${SERVICE_KEY}`,
      'content-type': 'application/json',
      ...headers,
    });
    stream.on('error', () => undefined);
    if (body) stream.end(body);
    const [answer] = await once(stream, 'response');
    expect(answer[':status']).toBe(status);
    if (body) expect(system.upstream.exchanges.at(-1)!.asked.equals(body)).toBe(true);
    session.destroy();
    await expect.poll(() => metric('wire_bytes_under_way')).toBe(0);
  });
});

const metric = async (name: string): Promise<number> => {
  const { text } = await system.chats.system.get('/metrics');
  return Number(new RegExp(`^orchestrator_${name} (.*)$`, 'm').exec(text)![1]);
};

describe('of fifty bodies of which few fit in memory', () => {
  const BYTES = 6_000_000;
  const FITTING = Math.floor(ROOM / BYTES);
  const PIECE_BYTES = 120_000;
  const body = Buffer.from(question(BYTES));

  /** Sends the body in pieces until it is answered: a client that reads its refusal sends no more. */
  async function send({ sent, answered }: ReturnType<typeof begun>): Promise<void> {
    let isAnswered = false;
    void answered.then(() => {
      isAnswered = true;
    });
    for (let at = 0; at < BYTES && !isAnswered; at += PIECE_BYTES)
      if (!sent.write(body.subarray(at, at + PIECE_BYTES)))
        await Promise.race([once(sent, 'drain').catch(() => undefined), answered]);
    if (!isAnswered) sent.end();
  }

  it.each([
    // By its length a request is refused before its body: the others are known before any body is sent.
    ['with', ofLength(BYTES), 50 - FITTING],
    ['without', {}, 0],
  ])(
    '%s their length, those that fit in memory are read, and the others refused',
    async (_, headers, early) => {
      system.chats.faults(onSonnet({ kind: 'stall' }));
      const before = await metric('wire_bodies_refused_total');
      const all = Array.from({ length: 50 }, () => begun(SERVICE_KEY, headers));
      const refused: Answer[] = [];
      for (const { answered } of all) void answered.then((answer) => refused.push(answer));
      await expect.poll(() => refused.length).toBe(early);
      await Promise.all(all.map(send));
      await expect.poll(() => system.asked().length + refused.length).toBe(50);
      expect(refused.length).toBeGreaterThanOrEqual(50 - FITTING);
      expect(new Set(refused.map(({ status, type }) => `${status} ${type}`))).toEqual(
        new Set(['503 ServiceUnavailableException']),
      );
      expect(refused[0]!.retryAfter).toEqual(['2', '2000']);
      expect(await metric('wire_bodies_refused_total')).toBe(before + refused.length);
      await expect.poll(() => metric('wire_bytes_under_way')).toBe((all.length - refused.length) * BYTES);
      for (const { sent } of all) sent.destroy();
      await expect.poll(() => metric('wire_bytes_under_way')).toBe(0);
      system.reset();
      expect((await system.wire.raw('clinical/converse', body)).status).toBe(200);
    },
  );
});

it('a request is counted once', async () => {
  const limited = await WireSystem.start({ RATE_LIMIT_PER_SECOND: '2' });
  const counted = async () =>
    (await Promise.all(Array.from({ length: 2 }, () => limited.wire.raw('clinical/converse')))).map(
      ({ status }) => status,
    );
  await expect.poll(counted).toEqual([200, 200]);
  await limited.close();
});
