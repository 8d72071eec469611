import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Http1Http2Server } from '#libs/platform/http/http1-http2-server.js';
import { Connections } from './connections.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: api\r\n\r\n';
/** No test waits that long. */
const AGES_MS = 600_000;

let server: Http1Http2Server;
let connections: Connections;
const sockets: (Socket | ClientHttp2Session)[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

async function listen(answer: (response: ServerResponse) => void): Promise<void> {
  server = new Http1Http2Server({}, (_, response) => answer(response));
  connections = new Connections(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

/** A connection and what has come on it. */
async function open(): Promise<{ socket: Socket; received: () => string }> {
  const accepted = once(server, 'connection');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  await accepted;
  return { socket, received: () => text };
}

it('answers a request that has arrived on a quiet connection, and closes the connection with the answer', async () => {
  await listen((response) => response.end('answer'));
  const { socket, received } = await open();
  socket.write(REQUEST);
  await once(socket, 'data');
  connections.closeAfterAnswers();
  connections.refuseNew();
  const closed = once(socket, 'close');
  socket.write(REQUEST);
  await Promise.all([connections.ended(0, AGES_MS), closed]);
  expect(received().split('HTTP/1.1 200 OK').slice(1)).toEqual([
    expect.stringContaining('Connection: keep-alive'),
    expect.stringContaining('connection: close'),
  ]);
});

it('lets an answer that had not begun close its connection, and waits for one that had', async () => {
  const answers: ServerResponse[] = [];
  await listen((response) => answers.push(response));
  const [first, second] = [await open(), await open()];
  for (const { socket } of [first, second]) {
    const arrived = once(server, 'request');
    socket.write(REQUEST);
    await arrived;
  }
  answers[1]!.write('begun ');
  await once(second.socket, 'data');
  connections.closeAfterAnswers();
  connections.refuseNew();
  const ended = connections.ended(0, AGES_MS);
  const closed = [first, second].map(({ socket }) => once(socket, 'close'));
  answers[0]!.end('late');
  await closed[0];
  expect(first.received()).toMatch(/connection: close.*late$/s);
  expect(connections.count).toBe(1);
  answers[1]!.end('whole');
  await Promise.all([ended, closed[1]]);
  expect(second.received()).toMatch(/begun .*whole/s);
});

it('ends connections that never sent anything, and takes no new ones', async () => {
  await listen((response) => response.end());
  const { socket } = await open();
  const { port } = server.address() as AddressInfo;
  connections.closeAfterAnswers();
  connections.refuseNew();
  const closed = once(socket.resume(), 'close');
  await Promise.all([connections.ended(0, AGES_MS), closed]);
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
});

describe('an HTTP/2 connection', () => {
  const request = () => {
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    sockets.push(session);
    const stream = session.request({ ':path': '/' });
    let text = '';
    stream.on('data', (chunk) => (text += chunk));
    return { session, stream, received: () => text };
  };

  it('gets a GOAWAY, finishes its stream, and ends', async () => {
    const answers: ServerResponse[] = [];
    await listen((response) => answers.push(response));
    const { session, stream, received } = request();
    await once(server, 'request');
    answers[0]!.write('begun ');
    await once(stream, 'data');
    const announced = once(session, 'goaway');
    connections.closeAfterAnswers();
    connections.refuseNew();
    await announced;
    const ended = connections.ended(0, AGES_MS);
    expect(connections.count).toBe(1);
    const closed = once(stream, 'close');
    answers[0]!.end('whole');
    await Promise.all([ended, closed]);
    expect(received()).toBe('begun whole');
    expect(connections.count).toBe(0);
  });

  it('that is quiet ends', async () => {
    await listen((response) => response.end('answer'));
    const { session, stream } = request();
    await once(stream, 'close');
    const closed = once(session, 'close');
    connections.closeAfterAnswers();
    connections.refuseNew();
    await Promise.all([connections.ended(0, AGES_MS), closed]);
  });

  it('that does not finish is cut, and its stream looks like no complete one', async () => {
    await listen((response) => response.write('begun'));
    const { stream } = request();
    await once(stream, 'data');
    connections.closeAfterAnswers();
    const closed = once(stream, 'close');
    connections.destroy();
    await closed;
    expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
  });
});
