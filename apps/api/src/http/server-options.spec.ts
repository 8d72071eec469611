import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { loadEnv } from '#libs/platform/config/env.js';
import { serverOptions } from './server-options.js';

const env = loadEnv({
  DATABASE_URL: 'postgresql://app@127.0.0.1/orchestrator',
  REDIS_URL: 'redis://127.0.0.1',
});
const request = (path: string) => `GET ${path} HTTP/1.1\r\nhost: api\r\n\r\n`;

it('answers a request that reaches a stopping server on an open connection, and closes the connection', async () => {
  const server = fastify(serverOptions(env));
  const gate = new EventEmitter();
  server.get('/first', async () => {
    await once(gate, 'open');
    return 'first answer';
  });
  server.get('/second', async () => 'second answer');
  server.addHook('preClose', async () => void gate.emit('closing'));
  await server.listen({ port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk));
  const [firstArrives, closing] = [once(server.server, 'request'), once(gate, 'closing')];
  socket.write(request('/first'));
  await firstArrives;

  const closed = server.close();
  await closing;
  const secondArrives = once(server.server, 'request');
  socket.write(request('/second'));
  await secondArrives;
  gate.emit('open');
  await Promise.all([closed, once(socket, 'close')]);
  const answers = received.split(/(?=HTTP\/1\.1)/).map((answer) => answer.replaceAll('\r\n', '\n'));
  expect(answers).toEqual([
    expect.stringMatching(/^HTTP\/1\.1 200 OK\n.*\n\nfirst answer$/s),
    expect.stringMatching(/^HTTP\/1\.1 200 OK\n.*connection: close\n.*\n\nsecond answer$/is),
  ]);
});
