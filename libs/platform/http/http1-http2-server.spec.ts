import { once } from 'node:events';
import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect as connectHttp2,
  constants,
} from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { Http1Http2Server } from './http1-http2-server.js';

/** No test waits that long. */
const AGES_MS = 600_000;
const SOON_MS = 50;
const PATIENT = { requestTimeout: AGES_MS, headersTimeout: AGES_MS, keepAliveTimeout: AGES_MS };
const POST = { ':method': 'POST', ':path': '/' };
const { NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_INTERNAL_ERROR, NGHTTP2_CANCEL } = constants;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const sayVersion: Answer = ({ method, httpVersion }, response) => response.end(`${method} ${httpVersion}`);

let server: Http1Http2Server;
let port: number;
const open: (Socket | ClientHttp2Session)[] = [];
afterEach(async () => {
  for (const connection of open.splice(0)) connection.destroy();
  if (server.listening) await once(server.close(), 'close');
});

async function listen(answer: Answer = sayVersion, options: ServerOptions = {}): Promise<void> {
  server = new Http1Http2Server({ ...PATIENT, ...options }, answer);
  server.on('connection', (socket) => open.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
}

/** A connection that sends what it likes, and what has come on it. */
function tcp(): { socket: Socket; received: () => Buffer } {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.push(socket);
  const chunks: Buffer[] = [];
  // A server that has received enough may reset the connection.
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
  return { socket, received: () => Buffer.concat(chunks) };
}

/** A connection that has sent these parts, each after the server has read the one before. */
async function inParts(parts: Buffer[]): Promise<ReturnType<typeof tcp>> {
  const accepted = once(server, 'connection');
  const client = tcp();
  const [connection] = await accepted;
  let sent = 0;
  for (const part of parts) {
    await expect.poll(() => connection.bytesRead).toBe(sent);
    client.socket.write(part);
    sent += part.length;
  }
  return client;
}

function http2(): ClientHttp2Session {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  open.push(session);
  return session.on('error', () => undefined);
}

async function bodyOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

/** Code with which a stream was reset. */
const resetOf = (stream: ClientHttp2Stream) =>
  new Promise<number | undefined>((resolve) => {
    stream
      .on('error', () => undefined)
      .resume()
      .once('close', () => resolve(stream.rstCode));
  });

const isServing = async () => expect(await bodyOf(http2().request({ ':path': '/' }))).toBe('GET 2.0');

it('closes immediately, though a client has opened a connection in advance', async () => {
  await listen();
  const accepted = once(server, 'connection');
  const { socket } = tcp();
  await accepted;
  await Promise.all([once(server.close(), 'close'), once(socket, 'close')]);
});

describe('the protocol of a connection', () => {
  it('may be either, on one port', async () => {
    await listen();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe('GET 1.1');
    await isServing();
  });

  it.each(['POST', 'PUT', 'PATCH', 'PRI', 'PROPFIND'])(
    'is known when %s comes letter by letter',
    async (method) => {
      await listen((_, response) => response.end('served'));
      server.on('clientError', (_, socket) => socket.end('no HTTP/1.1'));
      const rest = ' / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
      const { socket, received } = await inParts([...method, rest].map((part) => Buffer.from(part)));
      await once(socket, 'close');
      expect(received().toString()).toMatch(method === 'PRI' ? /^no HTTP\/1.1$/ : /^HTTP\/1.1 200 .*served/s);
    },
  );

  it('is HTTP/2 when its preface comes in two parts', async () => {
    await listen();
    const start = Buffer.concat([PREFACE, settings()]);
    const { socket, received } = await inParts([start.subarray(0, 5), start.subarray(5)]);
    if (received().length === 0) await once(socket, 'data');
    expect(received()[3]).toBe(Frame.settings);
  });

  it('must be said in time', async () => {
    await listen(sayVersion, { headersTimeout: SOON_MS });
    const refused = once(server, 'clientError');
    server.once('clientError', (_, socket) => socket.destroy());
    const { socket } = tcp();
    await once(socket, 'close');
    expect(await refused).toEqual([
      expect.objectContaining({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      expect.anything(),
    ]);
  });

  it('may stay unknown: a client that leaves ends its connection', async () => {
    await listen();
    const accepted = once(server, 'connection');
    tcp().socket.end('PRI');
    const [socket] = await accepted;
    await once(socket, 'close');
    await isServing();
  });
});

describe('an HTTP/2 connection', () => {
  it('serves as many streams concurrently as it announces', async () => {
    await listen();
    const session = http2();
    const [announced] = await once(session, 'remoteSettings');
    expect(announced.maxConcurrentStreams).toBe(100);
    const bodies = await Promise.all(
      Array.from({ length: 100 }, () => bodyOf(session.request({ ':path': '/' }))),
    );
    expect(new Set(bodies)).toEqual(new Set(['GET 2.0']));
  });

  it('ends when it has no stream for the time of keep-alive', async () => {
    await listen(sayVersion, { keepAliveTimeout: SOON_MS });
    const unused = http2();
    await once(unused, 'close');
    const used = http2();
    await bodyOf(used.request({ ':path': '/' }));
    await once(used, 'close');
  });

  it('ends when nothing is sent on it', async () => {
    await listen();
    server.setTimeout(SOON_MS);
    await once(http2(), 'close');
  });

  it('resets a stream whose request does not arrive in time, and no other', async () => {
    let isLate = () => {};
    const late = new Promise<void>((resolve) => {
      isLate = resolve;
    });
    await listen((request, response) => void late.then(() => sayVersion(request, response)), {
      requestTimeout: SOON_MS,
      headersTimeout: SOON_MS,
    });
    const session = http2();
    const whole = bodyOf(session.request(POST).end('all of it'));
    expect(await resetOf(session.request(POST))).toBe(NGHTTP2_ENHANCE_YOUR_CALM);
    isLate();
    expect(await whole).toBe('POST 2.0');
  });

  it('refuses headers that are larger than those of HTTP/1.1', async () => {
    await listen(sayVersion, { maxHeaderSize: 1024 });
    const session = http2();
    // The limit holds as soon as both sides know it.
    await once(session, 'remoteSettings');
    const stream = session.request({ ':path': '/', 'x-large': 'x'.repeat(2_000) });
    await expect(bodyOf(stream)).rejects.toThrow();
    await isServing();
  });

  it('resets a response that is destroyed: it looks like no complete one', async () => {
    await listen((_, response) => {
      response.write('begun');
      setImmediate(() => response.destroy());
    });
    expect(await resetOf(http2().request({ ':path': '/' }))).toBe(NGHTTP2_INTERNAL_ERROR);
  });

  it.each([NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR])(
    'survives a client that resets with code %s',
    async (code) => {
      let arrive = (_: ServerResponse) => {};
      const arrived = new Promise<ServerResponse>((resolve) => {
        arrive = resolve;
      });
      await listen(({ method }, response) =>
        method === 'POST' ? arrive(response) : response.end('GET 2.0'),
      );
      const stream = http2()
        .request(POST)
        .on('error', () => undefined);
      const response = await arrived;
      const closed = once(response, 'close');
      stream.close(code);
      await closed;
      await isServing();
    },
  );
});

it('fails a request whose body its client breaks off, over either protocol', async () => {
  const failures: Promise<unknown>[] = [];
  let begun = 0;
  await listen((asked) => {
    asked.once('data', () => (begun += 1));
    failures.push(bodyOf(asked).catch((error) => error.code));
  });
  for (const half of [
    [PREFACE, settings(), request(1, END_OF_HEADERS), frame(Frame.data, 0, 1, Buffer.from('half'))],
    [Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nhalf')],
  ]) {
    const { socket } = tcp();
    socket.write(Buffer.concat(half));
    await expect.poll(() => begun).toBe(half.length > 1 ? 1 : 2);
    socket.destroy();
  }
  expect(await Promise.all(failures)).toEqual(['ECONNRESET', 'ECONNRESET']);
});

describe('the end of a server', () => {
  it('is announced to HTTP/2 clients, and lets streams finish', async () => {
    const responses: ServerResponse[] = [];
    await listen((_, response) => {
      responses.push(response);
      response.write('begun ');
    });
    const session = http2();
    const stream = session.request({ ':path': '/' });
    await once(stream, 'data');
    const announced = once(session, 'goaway');
    server.announceEnd();
    expect((await announced).slice(0, 2)).toEqual([constants.NGHTTP2_NO_ERROR, 2 ** 31 - 1]);
    const rest = bodyOf(stream);
    server.closeHttp2Sessions();
    responses[0]!.end('whole');
    expect(await rest).toBe('whole');
    await once(session, 'close');
  });

  it('is announced to a client that comes later, with its first request', async () => {
    await listen();
    server.announceEnd();
    const session = http2();
    const announced = once(session, 'goaway');
    expect(await bodyOf(session.request({ ':path': '/' }))).toBe('GET 2.0');
    await announced;
    const closed = once(session, 'close');
    server.closeHttp2Sessions();
    await closed;
  });
});

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const Frame = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, continuation: 9 };
const END_OF_HEADERS = 4;
const END_OF_STREAM = 1;
/** Compressed by the static table: GET, http, "/", and the authority "x". */
const REQUEST = Buffer.from([0x82, 0x86, 0x84, 0x41, 1, 0x78]);

function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
/** Types of the frames that a connection has received. */
function typesIn(bytes: Buffer): number[] {
  const types: number[] = [];
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) types.push(bytes[at + 3]!);
  return types;
}

const settings = (payload?: Buffer) => frame(Frame.settings, 0, 0, payload);
const request = (stream: number, flags = END_OF_HEADERS | END_OF_STREAM) =>
  frame(Frame.headers, flags, stream, REQUEST);
const reset = (stream: number) => frame(Frame.reset, 0, stream, Buffer.from([0, 0, 0, NGHTTP2_CANCEL]));

describe('a flood', () => {
  const MANY = 20_000;
  const times = (frames: (index: number) => Buffer[]) =>
    Array.from({ length: MANY }, (_, index) => frames(index)).flat();

  it.each<[string, () => Buffer[]]>([
    [
      'streams that are reset immediately',
      () => times((index) => [request(2 * index + 1), reset(2 * index + 1)]),
    ],
    ['settings', () => times(() => [settings()])],
    ['pings', () => times(() => [frame(Frame.ping, 0, 0, Buffer.alloc(8))])],
    [
      'headers that never end',
      () => [
        frame(Frame.headers, 0, 1, REQUEST),
        ...times(() => [frame(Frame.continuation, 0, 1, Buffer.from([0x82]))]),
      ],
    ],
    [
      'settings in one frame',
      () => [settings(Buffer.concat(times(() => [Buffer.from([0, 3, 0, 0, 0, 1])]).slice(0, 100)))],
    ],
  ])('of %s is refused, and others are served', async (_, frames) => {
    let served = 0;
    await listen((asked, response) => {
      served += 1;
      sayVersion(asked, response);
    });
    const { socket, received } = tcp();
    socket.write(Buffer.concat([PREFACE, settings(), ...frames()]));
    await expect.poll(() => socket.closed || typesIn(received()).includes(Frame.goaway)).toBe(true);
    expect(served).toBeLessThan(MANY / 2);
    await isServing();
  });
});
