import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const webhook = {
  id: 'w-1',
  owner: 'push',
  feed: 'users',
  url: 'https://push.example.com/switches',
  status: 'active',
  position: 41,
  createdAt: '2026-01-15T10:00:00.000Z',
  deliveredAt: null,
  failures: 0,
  failingSince: null,
  lastError: null,
  nextAttemptAt: null,
};

it.each([
  [['create', webhook.url, '--feed', 'users'], '/v1/webhooks', { url: webhook.url, feed: 'users' }],
  [['rotate', 'w/1', '--overlap', '12h'], '/v1/webhooks/w%2F1/rotate', { overlapSeconds: 43_200 }],
])('%j shows a secret once', async (args, path, body) => {
  service.reply(status(201, { ...webhook, secret: 'whsec_abc' }));
  const { exitCode, out, err } = await service.run(['webhooks', ...args]);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(service.received).toMatchObject([{ method: 'POST', path, body }]);
  expect(out.split('whsec_abc')).toHaveLength(2);
  expect(out).toContain('orchestrate-bedrock webhooks test w-1');
});

it('lists them with what is wrong', async () => {
  const failing = { ...webhook, id: 'w-2', status: 'failing', failures: 3, lastError: 'answered 500' };
  service.reply(status(200, { items: [webhook, failing], nextCursor: null }));
  const { out } = await service.run(['webhooks', 'list']);
  expect(out).toMatch(/^w-1 +users +https:\/\/push.example.com\/switches +active +never/m);
  expect(out).toMatch(/^w-2 .* failing: answered 500, 3 times /m);
  service.reply(status(200, { items: [], nextCursor: null }));
  expect((await service.run(['webhooks', 'list'])).out).toContain('orchestrate-bedrock webhooks create');
});

it('tests one, and fails when the receiver does not take the message', async () => {
  service.reply(status(200, { delivered: true, status: 204, error: null }));
  expect(await service.run(['webhooks', 'test', 'w-1'])).toMatchObject({ exitCode: 0 });
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/webhooks/w-1/test' }]);
  service.reply(status(200, { delivered: false, status: 401, error: 'answered 401' }));
  const { exitCode, out } = await service.run(['webhooks', 'test', 'w-1']);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: expect.stringContaining('answered 401') });
});

it.each([
  [['resume', 'w-1'], {}],
  [['go-on', 'w-1'], {}],
  [['resume', 'w-1', '--after', '40'], { after: 40 }],
])('%j', async (args, body) => {
  service.reply(status(200, webhook));
  expect((await service.run(['webhooks', ...args])).out).toContain('after 41');
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/webhooks/w-1/resume', body }]);
});

it('deletes one', async () => {
  service.reply(status(200, webhook));
  expect((await service.run(['webhooks', 'delete', 'w-1'])).out).toContain('gets no more notifications');
  expect(service.received).toMatchObject([{ method: 'DELETE', path: '/v1/webhooks/w-1' }]);
});

it.each([
  ['create', 'https://example.com/'],
  ['create', 'https://example.com/', '--feed', 'all'],
  ['rotate', 'w-1', '--overlap', '8d'],
  ['resume', 'w-1', '--after', 'soon'],
])('refuses %s %s %s', async (...args) => {
  service.reply();
  expect((await service.run(['webhooks', ...args])).exitCode).toBe(2);
  expect(service.received).toEqual([]);
});

const attempt = {
  id: 12,
  webhookId: 'w-1',
  url: webhook.url,
  messageId: 'n-1',
  notificationId: 'n-1',
  seq: 41,
  kind: 'switch',
  title: 'Switching AI Model',
  state: 'failed',
  attempt: 2,
  attemptedAt: '2026-01-15T10:00:00.000Z',
  durationMs: 31,
  status: 500,
  error: 'answered 500',
  nextAttemptAt: null,
  resentBy: null,
};

it('lists the deliveries of one with their results', async () => {
  const resent = { ...attempt, id: 13, state: 'delivered', attempt: null, status: 204, error: null };
  service.reply(status(200, { items: [{ ...resent, resentBy: 'service:ops' }, attempt], nextCursor: null }));
  const { out } = await service.run(['webhooks', 'deliveries', 'w-1', '--state', 'failed', '--limit', '2']);
  expect(service.received).toMatchObject([{ path: '/v1/webhooks/w-1/deliveries?state=failed&limit=2' }]);
  expect(out).toMatch(/^13 .* delivered +204 +31 +resent by service:ops +41/m);
  expect(out).toMatch(/^12 .* failed +500 +31 +2 +41 .*answered 500/m);
});

it('resends a delivery, and fails when the receiver does not take it', async () => {
  service.reply(status(201, { ...attempt, id: 13, status: 204, error: null }));
  expect(await service.run(['webhooks', 'resend', 'w-1', '12'])).toMatchObject({ exitCode: 0 });
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/webhooks/w-1/deliveries/12/resend' }]);
  service.reply(status(201, attempt));
  expect(await service.run(['webhooks', 'resend', 'w-1', '12'])).toMatchObject({
    exitCode: 1,
    out: expect.stringContaining('answered 500'),
  });
  expect(await service.run(['webhooks', 'resend', 'w-1', 'x'])).toMatchObject({ exitCode: 2 });
});
