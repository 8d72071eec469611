import { afterAll, beforeAll, expect, it } from 'vitest';
import { SERVICE_KEY } from '../support/test-env.js';
import { TestSystem, userToken } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

/** A command of Redis may take 250 ms, which a busy machine needs at times. */
const BUSY = { retry: 2 };
const PAGES = ['/queues', '/queues/api/queues', '/queues/queue/switching.record-switch'];

it.each(PAGES)('%s is for operators only', async (page) => {
  expect((await system.get(page, { token: null })).status).toBe(401);
  expect((await system.get(page, { token: await userToken('user-1') })).status).toBe(403);
  expect(
    (await system.get(page, { token: await system.key(['read', 'switch', 'audit'], `no-${page.length}`) }))
      .status,
  ).toBe(403);
  expect((await system.get(page)).status).toBe(200);
});

it('a browser gets in with the session of an operator, and not with that of a user', async () => {
  const signIn = async (credential: string) => {
    const { headers } = await system.call('POST', '/v1/session', { credential }, { token: null });
    return { token: null, headers: { cookie: String(headers['set-cookie']).split(';')[0]! } };
  };
  expect((await system.get('/queues', await signIn(SERVICE_KEY))).status).toBe(200);
  expect((await system.get('/queues', await signIn(await userToken('user-1')))).status).toBe(403);
});

it('its files are for operators only, too', async () => {
  const script = /static\/js\/main[^"]+/.exec((await system.get('/queues')).text)![0];
  expect((await system.get(`/queues/${script}`, { token: null })).status).toBe(401);
  expect((await system.get(`/queues/${script}`)).status).toBe(200);
});

it('it shows every queue, and lets nobody change one', BUSY, async () => {
  const { body } = await system.get('/queues/api/queues');
  const queues: { name: string; readOnlyMode: boolean }[] = body.queues;
  expect(queues.map(({ name }) => name)).toContain('switching.record-switch');
  expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
  const url = '/queues/api/queues/switching.record-switch/pause';
  expect((await system.call('PUT', url)).status).toBe(404);
});

it('the policy of its page lets it load nothing from elsewhere', async () => {
  const { headers } = await system.get('/queues');
  expect(headers['content-security-policy']).toContain("default-src 'none';base-uri 'self'");
});
