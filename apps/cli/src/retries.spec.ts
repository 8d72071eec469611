import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, hangUp, silence, status, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const done = success('switch', { switched: true, from: 'A', to: 'B' });
const busy = (seconds: string) => status(503, { success: false, error: 'Busy.' }, { 'retry-after': seconds });
/** Only silence waits for the end of the first attempt. */
const patient = { patience: { totalMs: 120_000, firstAttemptMs: 2_000 } };
const idempotencyKeys = () => service.received.map(({ headers }) => headers['idempotency-key']);

it.each([
  ['the connection is cut', hangUp],
  ['no answer comes', silence],
  ['the service is busy for a short time', busy('0')],
])('tries once more when %s, as the same request', async (_, first) => {
  service.reply(first, done);
  const { exitCode, out } = await service.run(['switch', 'm', 'why'], patient);
  expect(exitCode).toBe(0);
  expect(out).toContain('Using: B');
  const [one, two] = service.received;
  expect(service.received).toHaveLength(2);
  expect(two?.body).toEqual(one?.body);
  expect(one?.headers['idempotency-key']).toBeTruthy();
  expect(new Set(idempotencyKeys()).size).toBe(1);
});

it('tries once more, not more often, and says that the change may have been made', async () => {
  service.reply(hangUp, hangUp, done);
  const { exitCode, out, err } = await service.run(['switch', 'm']);
  expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
  expect(err).toContain('(connection lost)');
  expect(err).toContain('may have arrived');
  expect(service.received).toHaveLength(2);
});

it('waits as long as the service asks, where that is short', async () => {
  service.reply(busy('1'), done);
  expect((await service.run(['switch', 'm'])).exitCode).toBe(0);
  expect(service.received).toHaveLength(2);
});

it.each([
  ['a wait that is long', busy('3')],
  ['a refusal', status(409, { success: false, error: 'No.' })],
  ['too many requests', status(429, { success: false, error: 'Slow.' }, { 'retry-after': '0' })],
])('does not repeat after %s', async (_, first) => {
  service.reply(first, done);
  expect((await service.run(['switch', 'm'], patient)).exitCode).toBe(1);
  expect(service.received).toHaveLength(1);
});

it('does not repeat after a wait beyond the time it has', async () => {
  service.reply(busy('2'), done);
  const patience = { totalMs: 2_000, firstAttemptMs: 2_000 };
  expect((await service.run(['switch', 'm'], { patience })).exitCode).toBe(1);
  expect(service.received).toHaveLength(1);
});

it('gives up when its time is over', async () => {
  service.reply(silence, silence);
  const { exitCode, err } = await service.run(['list'], { patience: { totalMs: 300, firstAttemptMs: 100 } });
  expect(exitCode).toBe(3);
  expect(err).toContain('(no answer in time)');
  expect(err).not.toContain('may have arrived');
});

it('does not ask a model twice', async () => {
  service.reply(hangUp, done);
  expect((await service.run(['validate', 'm', '--deep'])).exitCode).toBe(3);
  expect(service.received).toHaveLength(1);
});

it('does not create a key twice', async () => {
  service.reply(hangUp, done);
  const { exitCode, err } = await service.run(['keys', 'create', 'ci', '--scope', 'read']);
  expect(exitCode).toBe(3);
  expect(err).toContain('may have arrived');
  expect(service.received).toHaveLength(1);
});
