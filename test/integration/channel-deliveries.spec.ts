import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHANNELS, ChannelSystem, SLACK_TOKEN, soon } from '../support/channel-system.js';
import { answering } from '../support/webhook-receiver.js';

let channels: ChannelSystem;
beforeAll(async () => {
  channels = await ChannelSystem.start();
});
afterAll(() => channels?.close());

it('each attempt to deliver to a channel is listed, the newest first, and not with those of webhooks', async () => {
  const id = await channels.channel({ ...channels.slackAddress('/down'), leastUrgency: 'warn' });
  channels.slack.behave(`/down/${SLACK_TOKEN}`, answering(503));
  await channels.say('warn', ['1', '2']);
  await soon(async () => expect(await channels.state(id)).toMatchObject({ status: 'failing' }));
  await soon(async () =>
    expect(await channels.deliveries(id)).toEqual([
      {
        id: expect.any(Number),
        channelId: id,
        messageId: channels.idsAt('/down')[0],
        seq: expect.any(Number),
        kind: 'validation',
        title: 't',
        state: 'failed',
        attempt: 1,
        attemptedAt: expect.any(String),
        durationMs: expect.any(Number),
        status: 503,
        error: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 503$/),
        nextAttemptAt: expect.any(String),
      },
    ]),
  );
  channels.slack.behave(`/down/${SLACK_TOKEN}`, answering(200));
  await channels.tryNow(id);
  await soon(async () =>
    expect(await channels.deliveries(id)).toMatchObject([
      { state: 'delivered', attempt: 1, status: 200, error: null },
      { state: 'recovered', attempt: 2, messageId: channels.idsAt('/down')[0] },
      { state: 'failed', nextAttemptAt: null },
    ]),
  );
  expect(await channels.deliveries(id, '?state=recovered')).toHaveLength(1);
  const first = await channels.system.get(`${CHANNELS}/${id}/deliveries?limit=2`);
  expect(await channels.deliveries(id, `?limit=2&cursor=${first.body.nextCursor}`)).toMatchObject([
    { state: 'failed' },
  ]);
  expect((await channels.system.get('/v1/webhook-deliveries')).body.items).toEqual([]);
  await channels.remove(id);
  expect(await channels.system.get(`${CHANNELS}/${id}/deliveries`)).toMatchObject({ status: 404 });
});

it('a digest is one attempt, without a notification', async () => {
  const id = await channels.channel(channels.slackAddress('/digest'));
  await channels.say('info', ['A', 'B']);
  await soon(async () => expect(await channels.state(id)).toMatchObject({ digestDueAt: expect.any(String) }));
  await channels.tryNow(id);
  await soon(async () =>
    expect(await channels.deliveries(id)).toMatchObject([{ state: 'delivered', seq: null, title: null }]),
  );
  await channels.remove(id);
});
