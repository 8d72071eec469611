import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from './start-emulator.js';
import { converse, converseStream } from './testing/requests.js';

const NOVA = 'eu.amazon.nova-lite-v1:0';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.reset());
afterAll(() => emulator.close());

async function admin(method: string, path: string, body?: unknown) {
  const response = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

it('sets, lists with their counts, and takes away faults', async () => {
  const fault = { kind: 'error', name: 'ThrottlingException', modelId: 'amazon.nova-lite-v1:0', times: 1 };
  expect((await admin('PUT', 'faults', [fault])).status).toBe(200);
  expect((await converse(emulator, NOVA)).status).toBe(429);
  expect((await converse(emulator, NOVA)).status).toBe(200);
  expect((await admin('GET', 'faults')).body).toEqual([{ ...fault, matched: 1, hits: 1 }]);
  await admin('PUT', 'faults', [{ kind: 'error', name: 'ModelErrorException', status: 424 }]);
  await admin('DELETE', 'faults');
  expect((await converse(emulator, NOVA)).status).toBe(200);
});

it.each([
  [[{ kind: 'latency', ms: 5, colour: 'red' }], /0: .*"colour"/],
  [[{ kind: 'latency' }], /0\.ms: /],
  [[{ kind: 'earthquake' }], /0\.kind: /],
  [[{ kind: 'cut', operation: 'Chat' }], /0\.operation: .*Converse/],
  [{ kind: 'cut' }, /body: .*array/],
])('refuses a fault that makes no sense: %j', async (faults, message) => {
  const { status, body } = await admin('PUT', 'faults', faults);
  expect(status).toBe(400);
  expect(body.error).toMatch(message);
  expect(() => emulator.setFaults(faults as never)).toThrow(message);
});

it('lists the calls that it got, without their text', async () => {
  const before = Date.now();
  await converse(emulator, NOVA, 'A very private question');
  emulator.setFaults([{ kind: 'exception', name: 'ModelStreamErrorException', afterEvents: 4 }]);
  await (await converseStream(emulator, NOVA, 'A very private question')).arrayBuffer();
  const { body } = await admin('GET', 'calls');
  expect(body).toMatchObject({
    total: 2,
    connections: { opened: expect.any(Number), open: expect.any(Number) },
    calls: [
      {
        id: 1,
        operation: 'Converse',
        plane: 'runtime',
        modelId: NOVA,
        outcome: 'ok',
        status: 200,
        events: 0,
      },
      { id: 2, operation: 'ConverseStream', outcome: 'ModelStreamErrorException', events: 4, auth: 'bearer' },
    ],
  });
  expect(Date.parse(body.calls[0].at)).toBeGreaterThanOrEqual(before);
  expect(body.calls[1].firstTextMs).toBeLessThanOrEqual(body.calls[1].durationMs);
  expect(JSON.stringify(body)).not.toContain('private');
  await admin('DELETE', 'calls');
  expect((await admin('GET', 'calls')).body).toMatchObject({ total: 0, calls: [] });
});

it('ends, adds and removes models', async () => {
  await admin('PUT', 'models/amazon.nova-lite-v1:0', { lifecycle: { endOfLifeTime: '2020-01-01' } });
  expect((await converse(emulator, NOVA)).status).toBe(404);
  await admin('PUT', `models/${NOVA}`, { lifecycle: { endOfLifeTime: null } });
  expect((await converse(emulator, NOVA)).status).toBe(200);
  await admin('PUT', 'models/acme.small-v1', {});
  expect((await converse(emulator, 'acme.small-v1')).status).toBe(200);
  await admin('PUT', 'models/acme.small-v1', { removed: true });
  expect((await converse(emulator, 'acme.small-v1')).status).toBe(400);
  const bad = await admin('PUT', 'models/acme.small-v1', { lifecycle: { endOfLifeTime: 'soon' }, price: 1 });
  expect(bad.status).toBe(400);
  expect(bad.body.error).toMatch(/lifecycle\.endOfLifeTime: must be a date/);
  expect(bad.body.error).toMatch(/"price"/);
});

it('forgets everything on reset', async () => {
  await admin('PUT', 'faults', [{ kind: 'cut' }]);
  await admin('PUT', `models/${NOVA}`, { removed: true });
  expect((await admin('POST', 'reset')).status).toBe(200);
  expect((await converse(emulator, NOVA)).status).toBe(200);
  expect((await admin('GET', 'faults')).body).toEqual([]);
});

it('names its routes in the response to an unknown path', async () => {
  const { status, body } = await admin('POST', 'faults');
  expect(status).toBe(404);
  expect(body.error).toContain('PUT faults');
});
