import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, hangUp, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const fixture = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../test/fixtures/notifications/${name}.json`, import.meta.url), 'utf8'),
  );
const pageOf = (...items: object[]) => status(200, { items, nextCursor: null });

it.each([
  [['notifications'], '/v1/notifications?limit=50'],
  [['notifications', 'list', '--unacknowledged'], '/v1/notifications?unacknowledged=true&limit=50'],
  [
    ['notifications', '--user', 'u 1', '--kind', 'switch', '--silent', '--limit', '5'],
    '/v1/notifications?userId=u%201&kind=switch&includeSilent=true&limit=5',
  ],
])('%j asks for %s', async (args, path) => {
  service.reply(pageOf());
  const { exitCode, out } = await service.run(args);
  expect(exitCode).toBe(0);
  expect(out).toBe('No notifications.\n');
  expect(service.received).toMatchObject([{ method: 'GET', path }]);
});

it('lists when, what and whether anybody has seen it', async () => {
  service.reply(
    pageOf(
      fixture('switch-manual'),
      { ...fixture('switch-use-case'), shownAt: '2026-11-22T18:00:00Z' },
      { ...fixture('lifecycle-legacy'), acknowledgedAt: '2026-11-22T18:00:00Z' },
      fixture('switch-silent'),
    ),
  );
  const { out } = await service.run(['notifications']);
  expect(out).toMatch(/^2026-11-22 \d\d:\d\d +switch +Upgraded from .* conv-123 +new /m);
  expect(out).toMatch(/ use case clinical +shown /);
  expect(out).toMatch(
    /^2026-11-22 12:00 +lifecycle +Claude Sonnet 4\.6 becomes legacy in 14 days.* acknowledged /m,
  );
  expect(out).toMatch(/ silent /);
});

it('refuses a kind that there is not, before anything is sent', async () => {
  service.reply();
  const { exitCode, err } = await service.run(['notifications', '--kind', 'sms']);
  expect(exitCode).toBe(2);
  expect(err).toContain('lifecycle');
  expect(service.received).toEqual([]);
});

it('acknowledges one, also for a user', async () => {
  const acknowledged = { ...fixture('alert'), acknowledgedAt: '2026-01-15T10:00:00Z' };
  service.reply(status(200, acknowledged), status(200, acknowledged));
  expect((await service.run(['notifications', 'ack', 'a/b'])).out).toBe(
    `✅ Acknowledged (2026-01-15 10:00 UTC): ${acknowledged.message}\n`,
  );
  await service.run(['notifications', 'ack', acknowledged.id, '--user', 'user&1']);
  expect(service.received).toMatchObject([
    { method: 'POST', path: '/v1/notifications/a%2Fb/ack', body: undefined },
    { method: 'POST', path: `/v1/notifications/${acknowledged.id}/ack?userId=user%261` },
  ]);
});

it('says what the service says of one that is not there', async () => {
  service.reply(status(404, { detail: 'Notification x does not exist, or is not yours' }));
  const { exitCode, err } = await service.run(['notifications', 'ack', 'x']);
  expect(exitCode).toBe(1);
  expect(err).toContain('not yours');
});

describe('--follow', () => {
  const events = (text: string, more: (response: ServerResponse) => void) => (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 1\n\n${text}`);
    more(response);
  };
  const eventOf = (name: string, id: number) =>
    `event: notification\nid: ${id}\ndata: ${JSON.stringify(fixture(name))}\n\n`;
  const refusal = status(403, { detail: 'This needs a service key' });

  it('writes what comes, through an end, a break and a pause, from where it was', async () => {
    service.reply(
      events('event: ready\nid: 4\ndata: {}\n\n', (response) => response.end()),
      events(eventOf('switch-manual', 5), (response) => setImmediate(() => response.destroy())),
      hangUp,
      status(503, {}),
      events(`:\n\n${eventOf('lifecycle-legacy', 9)}`, (response) => response.end()),
      refusal,
    );
    const { exitCode, out, err } = await service.run(['notifications', '--follow', '--user', 'u 1']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(
      /^2026-11-22 \d\d:\d\d UTC {2}conv-123: Upgraded .*\n2026-11-22 12:00 UTC {2}Claude Sonnet 4\.6 becomes .*\n$/,
    );
    expect(err).toContain('This needs a service key');
    expect(service.received.map(({ path }) => path)).toEqual(
      Array.from({ length: 6 }, () => '/v1/notifications/stream?userId=u+1'),
    );
    expect(service.received.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      '4',
      '5',
      '5',
      '5',
      '9',
    ]);
  });

  it('writes one JSON object a line with --json', async () => {
    service.reply(
      events(eventOf('alert', 1) + eventOf('switch-auto', 2), (response) => response.end()),
      refusal,
    );
    const { out } = await service.run(['notifications', '--follow', '--json']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(0, 2)).toEqual([fixture('alert'), fixture('switch-auto')]);
  });

  it('says immediately that the service is unreachable, and which options exclude each other', async () => {
    const nowhere = { env: { SUPABASE_URL: 'http://127.0.0.1:9' } };
    expect(await service.run(['notifications', '--follow'], nowhere)).toMatchObject({ exitCode: 3 });
    const mixed = await service.run(['notifications', '--follow', '--unacknowledged']);
    expect(mixed).toMatchObject({ exitCode: 2, err: expect.stringContaining('--follow') });
  });
});
