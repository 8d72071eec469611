import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printLifecycleWarnings } from './lifecycle-warnings.js';

const said: string[] = [];
let server: Server | undefined;
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  server?.closeAllConnections();
  server?.close();
});

async function warned(answer: (response: ServerResponse, key: string | undefined) => void) {
  server = createServer(({ headers, url }, response) =>
    answer(response, url === '/v1/lifecycle' ? headers.authorization : 'wrong path'),
  );
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await printLifecycleWarnings({ url, serviceKey: 'the-key' }, new AbortController().signal);
  return said;
}

const ends = { milestone: 'end_of_life', at: '2027-04-08T00:00:00.000Z', days: 137 };
const item = { modelId: 'm', name: 'Claude Sonnet 4.5', milestones: [ends], warning: ends, successor: null };

it('says what the service warns of', async () => {
  const shown = await warned((response, key) =>
    response.writeHead(key === 'Bearer the-key' ? 200 : 401).end(JSON.stringify({ items: [item] })),
  );
  expect(shown).toEqual([
    '  Note: Claude Sonnet 4.5 reaches its end of life in 137 days (2027-04-08): no successor is set',
    '',
  ]);
});

it.each<[string, (response: ServerResponse) => void]>([
  ['there is nothing to warn of', (r) => r.end(JSON.stringify({ items: [{ ...item, warning: null }] }))],
  ['the service has no such answer', (r) => r.writeHead(404).end('{}')],
  ['the answer is of something else', (r) => r.end('{"items":[{"odd":true}]}')],
  ['the answer is no JSON', (r) => r.end('<html>')],
  ['the connection is cut', (r) => r.destroy()],
])('says nothing when %s', async (_, answer) => {
  expect(await warned(answer)).toEqual([]);
});

it('does not wait for an answer that never comes', async () => {
  expect(await warned(() => {})).toEqual([]);
});
