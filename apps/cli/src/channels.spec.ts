import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const channel = {
  id: 'c-1',
  name: 'ops',
  kind: 'slack',
  slack: { host: 'hooks.slack.com' },
  email: null,
  kinds: null,
  useCases: ['clinical'],
  leastUrgency: 'warn',
  language: 'en',
  includeReasons: false,
  status: 'active',
  position: 41,
  digestDueAt: null,
  createdAt: '2026-01-15T10:00:00.000Z',
  deliveredAt: null,
  failures: 0,
  failingSince: null,
  lastError: null,
  nextAttemptAt: null,
};
const URL = 'https://hooks.slack.com/services/T/B/secret';

it('creates one of Slack, whose URL is no argument and is not shown', async () => {
  service.reply(status(201, channel));
  const args = ['channels', 'create', 'ops', '--kind', 'slack', '--least', 'warn', '--use-cases', 'a, b'];
  const { exitCode, out, err } = await service.run(args, { typed: [URL] });
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  const body = { name: 'ops', leastUrgency: 'warn', useCases: ['a', 'b'], slack: { url: URL } };
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/channels', body }]);
  expect(out).toContain('orchestrate-bedrock channels test c-1');
  expect(out).not.toContain('secret');
});

it('creates one of e-mail, and asks for the password of its user', async () => {
  service.reply(status(201, channel));
  const args =
    'channels create leads --kind email --host h --port 465 --tls implicit --user u --from f@x.y --to a@x.y,b@x.y';
  await service.run(args.split(' '), { typed: ['pw'] });
  const email = { host: 'h', port: 465, tls: 'implicit', user: 'u', from: 'f@x.y', to: ['a@x.y', 'b@x.y'] };
  expect(service.received).toMatchObject([{ body: { name: 'leads', email: { ...email, password: 'pw' } } }]);
});

it('edits only what is given', async () => {
  service.reply(status(200, channel));
  await service.run(['channels', 'edit', 'c-1', '--language', 'de']);
  expect(service.received).toEqual([
    expect.objectContaining({ method: 'PATCH', path: '/v1/channels/c-1', body: { language: 'de' } }),
  ]);
});

it('lists them with what is wrong', async () => {
  const failing = { ...channel, id: 'c-2', status: 'failing', failures: 3, lastError: 'it answered 500' };
  service.reply(status(200, { items: [channel, failing], nextCursor: null }));
  const { out } = await service.run(['channels', 'list']);
  expect(out).toMatch(/^c-1 +ops +slack +warn +active +never/m);
  expect(out).toMatch(/^c-2 .* failing: it answered 500, 3 times /m);
  service.reply(status(200, { items: [], nextCursor: null }));
  expect((await service.run(['channels', 'list'])).out).toContain('orchestrate-bedrock channels create');
});

it('tests one, and names what is wrong', async () => {
  service.reply(status(200, { delivered: true, status: 200, cause: null, error: null }));
  expect(await service.run(['channels', 'test', 'c-1'])).toMatchObject({ exitCode: 0 });
  service.reply(status(200, { delivered: false, status: null, cause: 'dns', error: 'DNS does not know h' }));
  const { exitCode, out } = await service.run(['channels', 'test', 'c-1']);
  expect({ exitCode, out }).toEqual({
    exitCode: 1,
    out: expect.stringContaining('DNS does not know h [dns]'),
  });
});

it('resumes, shows and deletes one', async () => {
  service.reply(status(200, channel));
  expect((await service.run(['channels', 'resume', 'c-1', '--after', '40'])).out).toContain('after 41');
  expect(service.received).toMatchObject([{ path: '/v1/channels/c-1/resume', body: { after: 40 } }]);
  service.reply(status(200, channel));
  expect((await service.run(['channels', 'show', 'c-1'])).out).toMatch(/Use cases: +clinical/);
  service.reply(status(200, channel));
  expect((await service.run(['channels', 'delete', 'c-1', '--yes'])).out).toContain('no more');
  expect(service.received).toMatchObject([{ method: 'DELETE', path: '/v1/channels/c-1' }]);
});

it('lists attempts to deliver, without a resend among them', async () => {
  const attempt = {
    id: 7,
    channelId: 'c-1',
    messageId: 'm-1',
    seq: null,
    kind: null,
    title: null,
    state: 'failed',
    attempt: 2,
    attemptedAt: '2026-01-15T10:00:00.000Z',
    durationMs: 12,
    status: 403,
    error: 'hooks.slack.com answered 403',
    nextAttemptAt: null,
  };
  service.reply(status(200, { items: [attempt], nextCursor: null }));
  const { out } = await service.run(['channels', 'deliveries', 'c-1', '--state', 'failed']);
  expect(service.received[0]!.path).toMatch(/^\/v1\/channels\/c-1\/deliveries\?.*state=failed/);
  expect(out).toContain('hooks.slack.com answered 403');
});
