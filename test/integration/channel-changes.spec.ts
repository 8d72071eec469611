import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeNotification, freezeNotification } from '#libs/change-control/change-notification.js';
import { REQUEST_EVENTS, type RequestEvent } from '#libs/notifications/notification.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { ChannelSystem, SLACK_TOKEN, soon } from '../support/channel-system.js';

/** Sent one by one; the other events wait for the digest. */
const URGENT: RequestEvent[] = [
  'conflicted',
  'failed',
  'expired',
  'missed',
  'broken_glass',
  'review_overdue',
];
const AT = new Date('2026-12-01T12:00:00Z');

let channels: ChannelSystem;
beforeAll(async () => {
  channels = await ChannelSystem.start();
});
afterAll(() => channels?.close());

/** Stores notifications about a change, in this order. */
async function notify(events: readonly RequestEvent[], useCases: string[]): Promise<string> {
  const id = randomUUID();
  const service = channels.system.api.get(NotificationsService, { strict: false });
  for (const [index, event] of events.entries()) {
    const change = { id, useCases, reason: 'of a patient', applyAt: AT, reviewDueAt: AT };
    const at = new Date(Date.now() + index);
    await service.write(changeNotification(change, { event, at, actor: 'system:test' }));
  }
  channels.system.api.get(NotificationPublisher, { strict: false }).trigger();
  return id;
}

/** Returns whether everything is delivered or waits for the digest, and no worker is at it. */
async function isAtRest(channelId: string): Promise<boolean> {
  const found = await channels.sql(
    `SELECT id FROM channels WHERE id = $1 AND lease IS NULL AND position = (SELECT max(seq) FROM notifications)`,
    [channelId],
  );
  return found.length > 0;
}

describe.each([
  [
    'en',
    [
      '[Warning] Change not applied, because something else was changed since its proposal: clinical',
      '[Warning] Change not applied, because one of its operations failed: clinical',
      '[Warning] Change expired before it was applied: clinical',
      '[Warning] Change expired, because it was too late for its time: clinical',
      '[Urgent] Change applied without approval, to be reviewed until 2026-12-01 12:00 UTC: clinical',
      '[Urgent] Review of a change without approval is overdue since 2026-12-01 12:00 UTC: clinical',
    ],
    '1 × [Info] Change approved for 2026-12-01 12:00 UTC: clinical',
  ],
  [
    'de',
    [
      '[Warnung] Änderung nicht angewendet, weil seit dem Vorschlag anderes geändert wurde: clinical',
      '[Warnung] Änderung nicht angewendet, weil ein Schritt fehlgeschlagen ist: clinical',
      '[Warnung] Änderung abgelaufen, bevor sie angewendet wurde: clinical',
      '[Warnung] Änderung abgelaufen, weil ihr Zeitpunkt zu lange vorbei war: clinical',
      '[Dringend] Änderung ohne Freigabe angewendet, zu prüfen bis 2026-12-01 12:00 UTC: clinical',
      '[Dringend] Prüfung einer Änderung ohne Freigabe ist seit 2026-12-01 12:00 UTC überfällig: clinical',
    ],
    '1 × [Info] Änderung für 2026-12-01 12:00 UTC freigegeben: clinical',
  ],
  [
    'fr',
    [
      '[Avertissement] Modification non appliquée, car autre chose a changé depuis la proposition : clinical',
      '[Avertissement] Modification non appliquée, car une de ses opérations a échoué : clinical',
      '[Avertissement] Modification expirée avant son application : clinical',
      '[Avertissement] Modification expirée, car son heure était dépassée : clinical',
      '[Urgent] Modification appliquée sans approbation, à vérifier avant le 2026-12-01 12:00 UTC : clinical',
      '[Urgent] Vérification d’une modification sans approbation en retard depuis le 2026-12-01 12:00 UTC : clinical',
    ],
    '1 × [Info] Modification approuvée pour le 2026-12-01 12:00 UTC : clinical',
  ],
])('a channel in %s', (language, urgent, scheduled) => {
  it('gets what needs somebody one by one, and the rest of the events in a digest', async () => {
    const path = `/${language}`;
    const id = await channels.channel({ ...channels.slackAddress(path), language, kinds: ['change'] });
    const changeId = await notify(REQUEST_EVENTS, ['clinical']);
    await soon(() => expect(channels.textsAt(path)).toHaveLength(URGENT.length));
    expect(channels.textsAt(path)).toEqual(urgent);
    const { message } = channels.slack.at(`${path}/${SLACK_TOKEN}`)[0]!;
    expect(JSON.stringify(message.blocks[1])).toContain(
      `https://models.example.com/console/changes/${changeId}|`,
    );
    await soon(async () => expect(await isAtRest(id)).toBe(true));
    await channels.tryNow(id);
    await soon(() => expect(channels.textsAt(path)).toHaveLength(URGENT.length + 1));
    const digest = channels.textsAt(path).at(-1)!.split('\n').slice(1);
    expect(digest).toHaveLength(REQUEST_EVENTS.length - URGENT.length);
    expect(digest).toContain(scheduled);
    expect(channels.textsAt(path).join()).not.toMatch(/patient|[{}]/);
    await channels.remove(id);
  });
});

it('a change of several use cases reaches the channels of each of them, and no other', async () => {
  const ids: string[] = [];
  for (const useCase of ['clinical', 'health', 'operations'])
    ids.push(await channels.channel({ ...channels.slackAddress(`/of-${useCase}`), useCases: [useCase] }));
  await notify(['broken_glass'], ['clinical', 'health']);
  await notify(['failed'], ['operations']);
  await soon(() => expect(channels.textsAt('/of-operations')).toHaveLength(1));
  await soon(() => {
    for (const useCase of ['clinical', 'health'])
      expect(channels.textsAt(`/of-${useCase}`)).toEqual([
        '[Urgent] Change applied without approval, to be reviewed until 2026-12-01 12:00 UTC: clinical, health',
      ]);
  });
  for (const id of ids) await channels.remove(id);
});

describe('a freeze', () => {
  const freeze = {
    ...{ id: randomUUID(), reason: 'of a patient' },
    ...{ from: new Date('2026-12-24T00:00:00Z'), to: new Date('2026-12-27T08:30:00Z') },
  };
  it.each([
    ['en', '[Warning] Freeze from 2026-12-24 00:00 UTC to 2026-12-27 08:30 UTC: clinical, health'],
    ['de', '[Warnung] Änderungssperre vom 2026-12-24 00:00 UTC bis 2026-12-27 08:30 UTC: clinical, health'],
    [
      'fr',
      '[Avertissement] Gel des modifications du 2026-12-24 00:00 UTC au 2026-12-27 08:30 UTC : clinical, health',
    ],
  ])(
    'reaches channels of its use cases in %s, and its early end waits for the digest',
    async (language, text) => {
      const path = `/freeze-${language}`;
      const ofHealth = { ...channels.slackAddress(path), language, useCases: ['health'] };
      const id = await channels.channel(ofHealth);
      const other = await channels.channel({
        ...channels.slackAddress('/no-freeze'),
        useCases: ['platform'],
      });
      const service = channels.system.api.get(NotificationsService, { strict: false });
      for (const [index, event] of (['frozen', 'freeze_ended'] as const).entries()) {
        const occasion = { event, at: new Date(Date.now() + index), useCases: ['clinical', 'health'] };
        await service.write(freezeNotification(freeze, occasion));
      }
      channels.system.api.get(NotificationPublisher, { strict: false }).trigger();
      await soon(() => expect(channels.textsAt(path)).toEqual([text]));
      const { message } = channels.slack.at(`${path}/${SLACK_TOKEN}`)[0]!;
      expect(JSON.stringify(message.blocks[1])).toContain('https://models.example.com/console/lifecycle|');
      await soon(async () => expect(await isAtRest(id)).toBe(true));
      await soon(async () => expect(await isAtRest(other)).toBe(true));
      await channels.tryNow(id);
      await soon(() => expect(channels.textsAt(path)).toHaveLength(2));
      expect(channels.textsAt(path).join()).not.toMatch(/patient|[{}]/);
      expect(channels.textsAt('/no-freeze')).toEqual([]);
      for (const channel of [id, other]) await channels.remove(channel);
    },
  );
});
