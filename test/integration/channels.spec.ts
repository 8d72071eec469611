import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CHANNELS,
  ChannelSystem,
  MailServer,
  SLACK_TOKEN,
  SMTP_PASSWORD,
  soon,
} from '../support/channel-system.js';
import { answering } from '../support/webhook-receiver.js';

let channels: ChannelSystem;
/** Lines of the logs of api and worker. */
const logged: string[] = [];
beforeAll(async () => {
  channels = await ChannelSystem.start();
  const keep = (...line: unknown[]) => void logged.push(line.map(String).join(' '));
  Logger.overrideLogger({ log: keep, error: keep, warn: keep, debug: keep, verbose: keep });
});
afterAll(() => channels?.close());

describe('a message', () => {
  it('arrives in Slack with urgency, use case, id and a link, and without the reason of a caller', async () => {
    const id = await channels.channel({ ...channels.slackAddress('/message'), leastUrgency: 'warn' });
    await channels.say('page', ['Nova <!here>']);
    await soon(() => expect(channels.textsAt('/message')).toHaveLength(1));
    const { message } = channels.slack.at(`/message/${SLACK_TOKEN}`)[0]!;
    const [{ id: stored }] = await channels.sql(
      `SELECT id FROM notifications WHERE model_name LIKE 'Nova <%'`,
    );
    expect(message.blocks).toEqual([
      {
        type: 'section',
        block_id: stored,
        text: {
          type: 'plain_text',
          emoji: false,
          text: '[Urgent] clinical runs on Nova <!here>, which cannot be selected\nUse case: clinical\nReason: our text',
        },
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: '<https://models.example.com/console/models/m|Open in the console>',
          },
        ],
      },
    ]);
    await soon(async () =>
      expect(await channels.state(id)).toMatchObject({ status: 'active', deliveredAt: expect.any(String) }),
    );
    await channels.remove(id);
  });

  it('has the reason of a switch only where the channel says so', async () => {
    const reason = `of patient ${randomUUID()}`;
    const [plain, full] = ['/plain', '/full'];
    const ids = [
      await channels.channel(channels.slackAddress(plain)),
      await channels.channel({ ...channels.slackAddress(full), includeReasons: true }),
    ];
    await channels.sql(
      `INSERT INTO notifications (id, kind, audience, use_case, use_case_seq, type, title, message, model_id, model_name, reason, details, silent, occurred_at)
       VALUES (gen_random_uuid(), 'switch', 'followers', 'clinical', 1, 'auto', 't', $1, 'm', 'B', $1,
         '{"direction":"upgrade","from":"A","to":"B"}', false, clock_timestamp())`,
      [reason],
    );
    await soon(() => {
      expect(channels.textsAt(full)).toEqual([
        `[Warning] Upgraded from A to B\nUse case: clinical\nReason: ${reason}`,
      ]);
      expect(channels.textsAt(plain)).toEqual(['[Warning] Upgraded from A to B\nUse case: clinical']);
    });
    for (const id of ids) await channels.remove(id);
  });

  it('arrives by e-mail in the language of the channel', async () => {
    const id = await channels.channel({ ...channels.emailAddress(), language: 'de' });
    await channels.say('warn', ['Modell']);
    await soon(() => expect(channels.mail.mails).toHaveLength(1));
    const [mail] = channels.mail.mails;
    expect(mail).toMatch(/^To: ops@example\.com\r$/m);
    expect(mail).toMatch(/^Message-ID:\s+<[\da-f-]{36}@bedrock-model-orchestrator>\r$/m);
    expect(decoded(mail!)).toContain('[Warnung] Modell hat die Prüfung nicht bestanden');
    expect(mail).toContain('https://models.example.com/console/models/m');
    await channels.remove(id);
  });

  it('goes to the channels whose filter it fits', async () => {
    const filters = {
      '/kinds': { kinds: ['alert'] },
      '/use-cases': { useCases: ['health'] },
      '/page': { leastUrgency: 'page' },
    };
    const ids: string[] = [];
    for (const [path, filter] of Object.entries(filters))
      ids.push(await channels.channel({ ...channels.slackAddress(path), ...filter }));
    await channels.say('warn', ['w'], null);
    await channels.say('warn', ['h'], 'health');
    await channels.say('page', ['p']);
    await soon(() =>
      expect(
        Object.keys(filters).map((path) => channels.textsAt(path).map((text) => text.slice(0, 12))),
      ).toEqual([['[Urgent] cli'], ['[Warning] h '], ['[Urgent] cli']]),
    );
    for (const id of ids) await channels.remove(id);
  });
});

describe('a channel whose receiver is down', () => {
  it('gets everything later, in order, with the same ids', async () => {
    const id = await channels.channel({ ...channels.slackAddress('/down'), leastUrgency: 'warn' });
    channels.slack.behave(`/down/${SLACK_TOKEN}`, answering(503));
    await channels.say('warn', ['1', '2', '3']);
    await soon(async () =>
      expect(await channels.state(id)).toMatchObject({
        status: 'failing',
        lastError: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 503$/),
      }),
    );
    await channels.sql(`UPDATE channels SET failing_since = now() - interval '24 hours' WHERE id = $1`, [id]);
    channels.slack.behave(`/down/${SLACK_TOKEN}`, answering(200));
    await channels.tryNow(id);
    await soon(() => expect(new Set(channels.idsAt('/down')).size).toBe(3));
    const [first, ...others] = channels.messagesAt('/down');
    expect(first).toMatchObject({ text: expect.stringContaining('] 1 failed') });
    expect(first!.times).toBeGreaterThan(1);
    expect(others).toMatchObject([
      { text: expect.stringContaining('] 2 failed'), times: 1 },
      { text: expect.stringContaining('] 3 failed'), times: 1 },
    ]);
    await soon(async () => expect(await channels.state(id)).toMatchObject({ status: 'active', failures: 0 }));
    await channels.remove(id);
  });

  it('is disabled after days, with an alert to operators, until somebody resumes it', async () => {
    const id = await channels.channel({
      ...channels.slackAddress('/away'),
      leastUrgency: 'warn',
      kinds: ['validation'],
    });
    channels.slack.behave(`/away/${SLACK_TOKEN}`, answering(500));
    await channels.say('warn', ['kept']);
    await soon(async () => expect(await channels.state(id)).toMatchObject({ status: 'failing' }));
    await channels.sql(
      `UPDATE channels SET failures = 9, failing_since = now() - interval '4 days' WHERE id = $1`,
      [id],
    );
    await channels.tryNow(id);
    await soon(async () => expect(await channels.state(id)).toMatchObject({ status: 'disabled' }));
    await soon(async () => {
      const { items } = (await channels.system.get('/v1/notifications?kind=alert')).body;
      expect(items[0]).toMatchObject({
        title: 'Channel Switched Off',
        message: expect.stringContaining(`channels resume ${id}`),
      });
    });
    const { attention } = (await channels.system.get('/v1/overview')).body;
    expect(attention).toContainEqual(expect.objectContaining({ kind: 'channel_disabled', count: 1 }));
    channels.slack.behave(`/away/${SLACK_TOKEN}`, answering(200));
    expect((await channels.post(id, 'resume', {})).body).toMatchObject({ status: 'active', failures: 0 });
    await soon(async () => expect((await channels.state(id)).deliveredAt).not.toBeNull());
    expect(channels.messagesAt('/away')).toHaveLength(1);
    await channels.remove(id);
  });
});

describe('a digest', () => {
  it('collects notifications of urgency info, and counts them', async () => {
    const id = await channels.channel(channels.slackAddress('/digest'));
    const { position } = await channels.state(id);
    await channels.say('info', ['A', 'B', 'A']);
    await soon(async () => {
      const state = await channels.state(id);
      expect(state).toMatchObject({ position: position + 3, digestDueAt: expect.any(String) });
      const minutes = (Date.parse(state.digestDueAt) - Date.now()) / 60_000;
      expect(minutes).toBeGreaterThan(30);
      expect(minutes).toBeLessThanOrEqual(60);
    });
    expect(channels.textsAt('/digest')).toEqual([]);
    await channels.tryNow(id);
    await soon(() =>
      expect(channels.textsAt('/digest')).toEqual([
        '[Info] Notifications: 3\n2 × [Info] A answers again\n1 × [Info] B answers again',
      ]),
    );
    await soon(async () => expect(await channels.state(id)).toMatchObject({ digestDueAt: null }));
    await channels.remove(id);
  });

  it('has the same content and id when it is repeated, whatever came meanwhile', async () => {
    const id = await channels.channel(channels.slackAddress('/again'));
    const { position } = await channels.state(id);
    const at = (more: number) =>
      soon(async () => expect(await channels.state(id)).toMatchObject({ position: position + more }));
    channels.slack.behave(`/again/${SLACK_TOKEN}`, answering(500));
    await channels.say('info', ['A']);
    await at(1);
    await channels.tryNow(id);
    await soon(async () => expect(await channels.state(id)).toMatchObject({ status: 'failing' }));
    await channels.say('info', ['B']);
    channels.slack.behave(`/again/${SLACK_TOKEN}`, answering(200));
    await channels.tryNow(id);
    await at(2);
    await channels.tryNow(id);
    await soon(() => expect(channels.messagesAt('/again')).toHaveLength(2));
    const [first, next] = channels.messagesAt('/again');
    expect(first!.times).toBeGreaterThan(1);
    expect(first!.text).toBe('[Info] Notifications: 1\n1 × [Info] A answers again');
    expect(next!.text).toBe('[Info] Notifications: 1\n1 × [Info] B answers again');
    await channels.remove(id);
  });

  it('replaces what would be 10,000 messages within a minute', async () => {
    const id = await channels.channel({ ...channels.slackAddress('/flood'), leastUrgency: 'warn' });
    const { position } = await channels.state(id);
    await channels.say(
      'warn',
      Array.from({ length: 10_000 }, () => 'Nova'),
    );
    await soon(async () => expect((await channels.state(id)).position).toBe(position + 10_000));
    const counts = () =>
      channels.messagesAt('/flood').map(({ text }) => Number(/\] Notifications: (\d+)/.exec(text)?.[1] ?? 1));
    await soon(async () => {
      await channels.tryNow(id);
      expect(counts().reduce((sum, count) => sum + count, 0)).toBe(10_000);
    });
    expect(counts().slice(0, 11)).toEqual([...Array(10).fill(1), expect.any(Number)]);
    expect(counts().length).toBeLessThan(100);
    await channels.remove(id);
  });
});

describe('a test message', () => {
  it.each([401, 403, 404])('says that Slack refused the token: %d', async (status) => {
    const id = await channels.channel(channels.slackAddress(`/test-${status}`));
    channels.slack.behave(`/test-${status}/${SLACK_TOKEN}`, (response) =>
      response.writeHead(status).end('invalid_token'),
    );
    expect((await channels.post(id, 'test')).body).toEqual({
      delivered: false,
      status,
      cause: 'credentials',
      error: expect.stringMatching(/^127\.0\.0\.1:\d+ answered \d+ \(invalid_token\)$/),
    });
    await channels.remove(id);
  });

  it('arrives, and is none of the feed', async () => {
    const slack = await channels.channel({ name: 'night watch', ...channels.slackAddress('/tested') });
    const email = await channels.channel(channels.emailAddress());
    const before = channels.mail.mails.length;
    const arrived = { delivered: true, cause: null, error: null };
    expect((await channels.post(slack, 'test')).body).toEqual({ ...arrived, status: 204 });
    expect((await channels.post(email, 'test')).body).toEqual({ ...arrived, status: 250 });
    expect(channels.textsAt('/tested')).toEqual([
      '[Info] Test message\nNotifications for the channel night watch arrive here.',
    ]);
    expect(channels.mail.mails).toHaveLength(before + 1);
    for (const id of [slack, email]) await channels.remove(id);
  });

  it('names what is wrong with a mail server', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const secure = await new MailServer({ secure: true }).start();
    const cases: [object, string, RegExp][] = [
      [{ password: 'wrong' }, 'credentials', /refused the user or the password \(535\)$/],
      [{ port: secure.port, tls: 'implicit' }, 'tls', /^TLS with 127\.0\.0\.1 failed \(.+\)$/],
      [{ tls: 'starttls' }, 'tls', /^TLS with 127\.0\.0\.1 failed/],
      [{ port }, 'refused', /^127\.0\.0\.1 refused the connection/],
      [{ host: 'mail.invalid', port: 587, tls: 'starttls' }, 'dns', /^DNS does not know mail\.invalid/],
      [{ host: '10.0.0.1', port: 587, tls: 'starttls' }, 'address', /is not a public one$/],
    ];
    for (const [more, cause, error] of cases) {
      const id = await channels.channel(channels.emailAddress(more));
      const { body } = await channels.post(id, 'test');
      expect(body).toMatchObject({ delivered: false, cause, error: expect.stringMatching(error) });
      expect(JSON.stringify(body)).not.toContain('wrong');
      await channels.remove(id);
    }
    await secure.stop();
  });
});

describe('secrets', () => {
  it('are in no response, no table, no record of a change and no log', async () => {
    const slack = await channels.channel(channels.slackAddress('/secret'));
    const email = await channels.channel(channels.emailAddress());
    await channels.system.call('PATCH', `${CHANNELS}/${slack}`, channels.slackAddress('/other'));
    const seen = [
      (await channels.system.get(CHANNELS)).body,
      (await channels.system.get('/v1/access-changes?entity=channel')).body,
      await channels.sql('SELECT c::text FROM channels c'),
      await channels.sql('SELECT a::text FROM access_changes a'),
      logged,
    ];
    for (const secret of [SLACK_TOKEN, SMTP_PASSWORD]) expect(JSON.stringify(seen)).not.toContain(secret);
    expect(logged.join('\n')).toMatch(/channel [\da-f-]{36} was created by service:bootstrap/);
    expect(logged.join('\n')).toMatch(/channel [\da-f-]{36}: 127\.0\.0\.1:\d+ answered 503/);
    const changes = (await channels.system.get(`/v1/access-changes?entityId=${slack}`)).body.items;
    expect(changes).toMatchObject([
      { actor: 'service:bootstrap', before: { kind: 'slack' }, after: { kind: 'slack' } },
      { actor: 'service:bootstrap', before: null },
    ]);
    expect(changes[0].after.secret_id).not.toBe(changes[0].before.secret_id);
    for (const id of [slack, email]) await channels.remove(id);
  });

  it('go to no other server: a password is needed again', async () => {
    const id = await channels.channel(channels.emailAddress());
    const edit = (more: object) => {
      const { password, ...email } = channels.emailAddress(more).email as Record<string, unknown>;
      return channels.system.call('PATCH', `${CHANNELS}/${id}`, { email });
    };
    expect(await edit({ to: ['others@example.com'] })).toMatchObject({
      status: 200,
      body: { email: { to: ['others@example.com'] } },
    });
    expect((await channels.post(id, 'test')).body).toMatchObject({ delivered: true });
    for (const more of [{ host: '127.0.0.2' }, { user: 'else' }, { port: 2525 }])
      expect(await edit(more)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'email.password' }] },
      });
    await channels.remove(id);
  });
});

describe('bad input', () => {
  it.each([
    ['slack', { slack: { url: 'https://example.com/services/x' } }, 'slack.url'],
    ['a port of Slack', { slack: { url: 'https://hooks.slack.com:8443/x' } }, 'slack.url'],
    [
      'no TLS',
      { email: { host: 'mail.example.com', tls: 'none', from: 'a@b.c', to: ['a@b.co'] } },
      'email.tls',
    ],
    [
      'a port of SSH',
      { email: { host: 'mail.example.com', port: 22, from: 'a@b.c', to: ['a@b.co'] } },
      'email.port',
    ],
    [
      'a user without password',
      { email: { host: 'm.example.com', user: 'u', from: 'a@b.c', to: ['a@b.co'] } },
      'email.password',
    ],
    ['two senders', { email: { host: 'm.example.com', from: 'a@b.c,d@e.f', to: ['a@b.co'] } }, 'email.from'],
    ['neither', {}, 'slack'],
  ])('names the field: %s', async (_, body, field) => {
    expect(await channels.create(body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('is a name that another channel has, and the 21st channel', async () => {
    const id = await channels.channel({ name: 'one', ...channels.slackAddress('/one') });
    const again = { name: 'one', ...channels.slackAddress('/two') };
    expect(await channels.create(again)).toMatchObject({ status: 409, body: { code: 'channel_name_taken' } });
    const ids = [id];
    while (ids.length < 20) ids.push(await channels.channel(channels.slackAddress('/many')));
    expect(await channels.create(channels.slackAddress('/many'))).toMatchObject({
      status: 409,
      body: { code: 'too_many_channels' },
    });
    const renamed = await channels.system.call('PATCH', `${CHANNELS}/${ids[1]}`, { name: 'one' });
    expect(renamed).toMatchObject({ status: 409, body: { code: 'channel_name_taken' } });
    for (const each of ids) await channels.remove(each);
    expect((await channels.remove(id)).status).toBe(404);
  });
});

/** Undoes quoted-printable, in headers and in the text. */
function decoded(mail: string): string {
  const bytes = mail
    .replaceAll(/\?=\r?\n? =\?UTF-8\?Q\?/gi, '')
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
