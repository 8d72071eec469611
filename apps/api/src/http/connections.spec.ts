import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { Connections } from './connections.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: api\r\n\r\n';
/** No test waits that long. */
const AGES_MS = 600_000;

let server: Server;
let connections: Connections;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

async function listen(answer: (response: ServerResponse) => void): Promise<void> {
  server = createServer((_, response) => answer(response));
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
