import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../embedded/free-port.js';
import { describePortHolder, isPortFree } from './port-owner.js';

let server: Server | undefined;
afterEach(() => server?.close());

async function listen(host: string): Promise<number> {
  server = createServer().listen(0, host);
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}

it('names the process that listens on the port', async () => {
  const port = await listen('127.0.0.1');
  expect(await isPortFree(port, '127.0.0.1')).toBe(false);
  expect(describePortHolder(port)).toMatch(`pid ${process.pid}: `);
});

it('sees a holder that listens on every interface', async () => {
  const port = await listen('::');
  expect(await isPortFree(port, '127.0.0.1')).toBe(false);
  expect(describePortHolder(port)).toMatch(`pid ${process.pid}: `);
});

it('finds nothing on a free port', async () => {
  const port = await freePort();
  expect(await isPortFree(port, '127.0.0.1')).toBe(true);
  expect(describePortHolder(port)).toMatch('does not say');
});
