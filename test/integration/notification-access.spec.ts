import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { HAIKU, OPUS } from '../support/catalogue-editing.js';
import { databaseContents } from '../support/database-contents.js';
import { type Answer, TestSystem, userToken } from '../support/test-system.js';

const LIST = '/v1/notifications';
let system: TestSystem;
/** One for the owner of conv-123, and one for everybody who follows clinical. */
let own: string;
let shared: string;
beforeAll(async () => {
  system = await TestSystem.start();
  const mine = { conversationId: 'conv-200', userId: 'user-456' };
  own = await switched({ action: 'switch', modelId: OPUS, ...mine });
  shared = await switched({ action: 'switch', modelId: HAIKU, useCase: 'clinical' });
  await system.api.get(NotificationPublisher, { strict: false }).publish();
});
afterAll(() => system.close());

async function switched(request: object): Promise<string> {
  const { body } = await system.act(request);
  await system.api.get(AuditService, { strict: false }).record(body.data.switchId);
  return body.data.switchId;
}
const idsIn = ({ body }: Answer): string[] => body.items.map(({ id }: { id: string }) => id);

describe('the list', () => {
  it.each<[string, () => Promise<string>, string, () => string[]]>([
    ['a user: its own', () => userToken('user-456'), '', () => [shared, own]],
    [
      'a user that names itself: its own',
      () => userToken('user-456'),
      '?userId=user-456',
      () => [shared, own],
    ],
    ['another follower: what it follows', () => userToken('user-457'), '', () => [shared]],
    ['a user without conversations: nothing', () => userToken('nobody'), '', () => []],
    ['read: the notifications of operators', () => system.key(['read'], 'r'), '', () => [shared]],
    ['operate: the notifications of operators', () => system.key(['operate'], 'o'), '', () => [shared]],
    ['act-as: that of a user', () => system.key(['act-as'], 'a'), '?userId=user-456', () => [shared, own]],
  ])('shows %s', async (_, token, query, expected) => {
    expect(idsIn(await system.get(`${LIST}${query}`, { token: await token() }))).toEqual(expected());
  });

  it.each<[string, () => Promise<string>, string]>([
    ['a user the feed of another', () => userToken('user-457'), '?userId=user-456'],
    ['a key without act-as that of a user', () => system.key(['read', 'operate'], 'ro'), '?userId=user-456'],
    ['act-as that of operators', () => system.key(['act-as'], 'ao'), ''],
    ['switch, audit and admin that of operators', () => system.key(['switch', 'audit', 'admin'], 's'), ''],
  ])('refuses %s with 403', async (_, token, query) => {
    const answer = await system.get(`${LIST}${query}`, { token: await token() });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('needs a token', async () => {
    expect(await system.get(LIST, { token: null })).toMatchObject({ status: 401 });
  });
});

describe('a receipt', () => {
  const mark = (id: string, path: string, token: string | null) =>
    system.call('POST', `${LIST}/${id}/${path}`, undefined, { token });

  it.each<[string, () => string, () => Promise<string>, number]>([
    ['of somebody else', () => own, () => userToken('user-457'), 404],
    ['that its user does not follow', () => shared, () => userToken('user-458'), 404],
    ['of one user, by an operator', () => own, () => system.key(['operate'], 'x1'), 404],
    ['that there is not', () => '00000000-0000-4000-8000-000000000000', () => userToken('user-456'), 404],
    ['with a key that may do neither', () => shared, () => system.key(['switch'], 'x2'), 403],
  ])('of a notification %s is refused and leaves no trace', async (_, id, token, status) => {
    const secret = await token();
    const before = await databaseContents(system.environment.owner);
    for (const path of ['ack', 'shown'])
      expect(await mark(id(), path, secret)).toMatchObject({ status, body: { detail: expect.any(String) } });
    expect(await databaseContents(system.environment.owner)).toMatchObject({
      notifications: before.notifications,
      notification_receipts: before.notification_receipts,
    });
  });

  it('for a user comes from a key with act-as, and is the user’s', async () => {
    const key = await system.key(['act-as'], 'x3');
    expect(await mark(own, 'ack?userId=user-457', key)).toMatchObject({ status: 404 });
    expect(await mark(own, 'ack?userId=user-456', key)).toMatchObject({ status: 200 });
    const { body } = await system.get(LIST, { token: await userToken('user-456') });
    expect(body.items[1]).toMatchObject({ id: own, acknowledgedAt: expect.any(String) });
  });

  it('needs a token', async () => {
    expect(await mark(own, 'ack', null)).toMatchObject({ status: 401 });
  });
});
