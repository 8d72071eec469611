import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../../../test/support/certificates.js';
import { freeBody } from '../http/body-memory.js';
import { classifyError } from './bedrock-error.js';
import { bytesOf } from './converse-client.js';
import { HttpTransport } from './http-transport.js';

const LIMITS = { connections: 2, connectMs: 2_000, silenceMs: 60_000, idleMs: 30_000 };
const FAILED = { modelId: null, stoppedBy: undefined, inStream: false, textShown: false, begun: false };

const servers: Server[] = [];
let transport: HttpTransport;
beforeEach(() => {
  transport = new HttpTransport(LIMITS);
});
afterEach(() => {
  transport.destroy();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener, server = createServer(listener)): Promise<number> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
const requestTo = (port: number) => ({
  protocol: 'http:',
  hostname: '127.0.0.1',
  port,
  method: 'POST',
  path: '/model/m/converse',
  headers: { 'content-type': 'application/json' },
  body: '{}',
});
const failureOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'no failure',
    (error: unknown) => classifyError(error, FAILED).kind,
  );

it('sends what the SDK made, and returns what came', async () => {
  const seen: unknown[] = [];
  const port = await serve(({ method, url, headers }, response) => {
    seen.push([method, url, headers['x-name']]);
    response.writeHead(201, { 'X-Amzn-RequestId': 'a', 'x-two': ['b', 'c'] }).end('answer');
  });
  const query = { name: 'a b', list: ['(1)', "'2'"], flag: null };
  const { response } = await transport.handle({
    ...requestTo(port),
    query,
    headers: { 'x-name': 'value' },
  });
  expect(seen).toEqual([['POST', '/model/m/converse?name=a%20b&list=%281%29&list=%272%27&flag', 'value']]);
  expect([response.statusCode, response.headers]).toMatchObject([
    201,
    { 'x-amzn-requestid': 'a', 'x-two': 'b, c' },
  ]);
  expect((await bytesOf(response)).toString()).toBe('answer');
});

it('keeps connections, and opens no more than its limit', async () => {
  const waiting: (() => void)[] = [];
  let connections = 0;
  const server = createServer((_request, response) => waiting.push(() => response.end('x')));
  server.on('connection', () => {
    connections += 1;
  });
  const port = await serve(() => undefined, server);
  const sent = Array.from({ length: 6 }, async () =>
    bytesOf((await transport.handle(requestTo(port))).response),
  );
  for (let answered = 0; answered < 6; answered += 2) {
    await vi.waitFor(() => expect(waiting).toHaveLength(2));
    for (const answer of waiting.splice(0)) answer();
  }
  await Promise.all(sent);
  expect(connections).toBe(2);
});

it('stops a request and the connection with its signal', async () => {
  let closed = false;
  const stop = new AbortController();
  const port = await serve((request) => {
    request.socket.once('close', () => {
      closed = true;
    });
    stop.abort();
  });
  const sent = transport.handle(requestTo(port), { abortSignal: stop.signal });
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitFor(() => expect(closed).toBe(true));
});

it('stops a response with its signal', async () => {
  const port = await serve((_request, response) => void response.write('begun'));
  const stop = new AbortController();
  const { response } = await transport.handle(requestTo(port), { abortSignal: stop.signal });
  const read = bytesOf(response);
  stop.abort();
  await expect(read).rejects.toMatchObject({ name: 'AbortError' });
});

describe('a connection that fails', () => {
  it('is unavailable where nothing listens, or the other side closes', async () => {
    const closing = await serve((request) => request.socket.destroy());
    expect(await failureOf(transport.handle(requestTo(closing)))).toBe('unavailable');
    const listener = createTcpServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    await new Promise((resolve) => listener.close(resolve));
    expect(await failureOf(transport.handle(requestTo(port)))).toBe('unavailable');
  });

  it('is an error where the answer is cut off', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('part');
      setImmediate(() => response.destroy());
    });
    const { response } = await transport.handle(requestTo(port));
    expect(await failureOf(bytesOf(response))).toBe('unavailable');
  });

  it('is unavailable where the certificate is of an authority that Node.js does not know', async () => {
    const certificates = makeCertificates();
    const port = await serve(() => undefined, createTlsServer(certificates.server));
    const sent = transport.handle({ ...requestTo(port), protocol: 'https:' });
    await expect(sent).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(await failureOf(sent)).toBe('unavailable');
    certificates.remove();
  });

  it('is not ready where nothing comes for too long', async () => {
    transport.destroy();
    transport = new HttpTransport({ ...LIMITS, silenceMs: 50 });
    const port = await serve(() => undefined);
    expect(await failureOf(transport.handle(requestTo(port)))).toBe('not_ready');
  });
});

describe('a large body', () => {
  const BODY = randomBytes(3_000_000);
  const headers = { 'content-length': String(BODY.length) };

  it('arrives as it is, with its length, on connections that stay', async () => {
    const seen: unknown[] = [];
    const ports = new Set<unknown>();
    const port = await serve(async (request, response) => {
      const { headers: given, socket } = request;
      const body = await buffer(request);
      seen.push([given['content-length'], given['transfer-encoding'], body.equals(BODY)]);
      ports.add(socket.remotePort);
      response.end('answer');
    });
    for (let sent = 0; sent < 6; sent += 1) {
      const { response } = await transport.handle({ ...requestTo(port), headers, body: BODY });
      await bytesOf(response);
    }
    expect(seen).toEqual(Array(6).fill([String(BODY.length), undefined, true]));
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('gets the response of a server that refuses it unread', async () => {
    const port = await serve((_, response) => void response.writeHead(429).end('no'));
    const { response } = await transport.handle({ ...requestTo(port), headers, body: BODY });
    expect([response.statusCode, String(await bytesOf(response))]).toEqual([429, 'no']);
  });

  it('keeps its memory until the server has read it', async () => {
    // More than the buffers of both sockets take.
    const body = Buffer.alloc(32_000_000);
    const arrived = new EventEmitter<{ request: [IncomingMessage, ServerResponse] }>();
    const port = await serve((...exchange) => void arrived.emit('request', ...exchange));
    const unread = once(arrived, 'request');
    const sent = transport.handle({
      ...requestTo(port),
      headers: { 'content-length': String(body.length) },
      body,
    });
    const [request, response] = await unread;
    freeBody(body);
    expect(body).toHaveLength(32_000_000);
    expect((await buffer(request)).equals(body)).toBe(true);
    response.end('answer');
    expect(String(await bytesOf((await sent).response))).toBe('answer');
    freeBody(body);
    expect(body).toHaveLength('transfer' in ArrayBuffer.prototype ? 0 : 32_000_000);
  });
});
