import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { KeyedLoad } from '../faults/runner/keyed-load.js';

it('ends when clients get answers that nothing excuses, and counts them', async () => {
  const server = createServer((_, response) => response.writeHead(500).end('an error')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const load = new KeyedLoad([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
  await expect(load.more(1)).rejects.toThrow('clients got too many answers that nothing excuses');
  await load.abandon();
  server.close();
  expect(load.record.wrong).toEqual(Array(10).fill('answered 500: an error'));
  expect(load.record.outcomes.get('500')).toBeGreaterThanOrEqual(10);
});
