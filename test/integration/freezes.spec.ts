import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { ChangeSystem } from '../support/change-system.js';
import { eventually } from '../support/eventually.js';
import { SERVICE_KEY } from '../support/test-env.js';

let people: ChangeSystem;

beforeAll(async () => {
  people = await ChangeSystem.start();
});
afterAll(() => people?.close());
afterEach(async () => {
  await people.rows('DELETE FROM freezes');
  await people.rows('UPDATE use_cases SET frozen_until = NULL, cool_downs = DEFAULT');
});

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const freeze = (body: object = {}, name = 'ben') =>
  people.as(name, 'POST', '/v1/freezes', { to: inHours(2), reason: 'Christmas', ...body });
const end = (id: string, name = 'bea') => people.as(name, 'DELETE', `/v1/freezes/${id}`);
const candidates = async (useCase: string): Promise<string[]> =>
  (await people.as('ada', 'GET', `/v1/use-cases/${useCase}`)).body.candidates;

/** Switches a use case to the candidate that it is not on. */
async function switchOn(useCase: string) {
  const active = await people.activeModel(useCase);
  const modelId = (await candidates(useCase)).find((id) => id !== active);
  return people.system.act({ action: 'switch', useCase, modelId });
}

describe('a freeze', () => {
  it('holds a direct use case, its switches and its settings, and no other one', async () => {
    const made = await freeze({ useCases: ['health'] });
    expect(made).toMatchObject({ status: 201, body: { useCases: ['health'], endedEarlyBy: null } });
    expect(await switchOn('health')).toMatchObject({
      status: 409,
      body: { code: 'frozen', freezeId: made.body.id, frozenUntil: made.body.to },
    });
    const edit = await people.as('ada', 'PUT', '/v1/use-cases/health', { objective: 'quality' });
    expect(edit).toMatchObject({ status: 409, body: { code: 'frozen' } });
    expect(await switchOn('operations')).toMatchObject({ status: 200 });
  });

  it('holds no conversation, and no safety move', async () => {
    await freeze({ useCases: ['health'] });
    const [modelId] = await candidates('health');
    const pinned = await people.system.act({
      action: 'switch',
      conversationId: 'conv-f',
      useCase: 'health',
      modelId,
    });
    expect(pinned.status).toBe(200);
    const before = await people.activeModel('health');
    const report = { action: 'fallback-switch', useCase: 'health', reason: 'it fails' };
    expect(await people.system.act(report)).toMatchObject({
      status: 200,
      body: { data: { switched: true } },
    });
    const after = await people.activeModel('health');
    expect(after).not.toBe(before);
    await people.system.api
      .get(SwitchService)
      .execute(
        { kind: 'fallback', useCase: 'health', reason: 'it fails', showNotification: true, dryRun: false },
        { principal: { kind: 'system', name: 'failover' }, requestId: randomUUID() },
      );
    expect(await people.activeModel('health')).not.toBe(after);
  });

  it('that is ahead holds nothing yet, and is known to the use case', async () => {
    const ahead = await freeze({ useCases: ['health'], from: inHours(1) });
    expect(ahead.status).toBe(201);
    expect(await switchOn('health')).toMatchObject({ status: 200 });
    const policy = await people.as('ada', 'GET', '/v1/use-cases/health/change-policy');
    expect(policy.body.frozenUntil).toBe(ahead.body.to);
  });

  it('of all holds a use case that is added meanwhile', async () => {
    const { body } = await freeze();
    const [first, second] = await candidates('operations');
    const added = await people.system.call('PUT', '/v1/use-cases/triage', {
      candidates: [first, second],
      objective: 'quality',
    });
    expect(added.status, added.text).toBe(200);
    expect(await switchOn('triage')).toMatchObject({ status: 409, body: { code: 'frozen' } });
    expect(await end(body.id)).toMatchObject({ status: 200 });
    expect(await switchOn('triage')).toMatchObject({ status: 200 });
  });

  it('is ended early by another person than who made it, once', async () => {
    const { body } = await freeze({ useCases: ['health'] });
    await freeze({ useCases: ['health'], to: inHours(1) });
    expect(await end(body.id, 'ben')).toMatchObject({ status: 403, body: { code: 'own_freeze' } });
    expect(await end(body.id)).toMatchObject({
      status: 200,
      body: { endedEarlyBy: expect.stringMatching(/:bea$/) },
    });
    expect(await end(body.id)).toMatchObject({ status: 409, body: { code: 'freeze_ended' } });
    // The other one is left.
    expect(await switchOn('health')).toMatchObject({ status: 409, body: { code: 'frozen' } });
    expect(await end('7d1f4f1e-0000-4000-8000-000000000000')).toMatchObject({ status: 404 });
  });

  it('is made by people who may approve only', async () => {
    expect(await freeze({}, 'ada')).toMatchObject({ status: 403 });
    const byKey = await people.system.call(
      'POST',
      '/v1/freezes',
      { to: inHours(1), reason: 'x' },
      { token: SERVICE_KEY },
    );
    expect(byKey).toMatchObject({ status: 403, body: { code: 'person_required' } });
  });

  it.each([
    ['ends before it begins', { from: inHours(2), to: inHours(1) }, 'to'],
    ['is over', { from: inHours(-2), to: inHours(-1) }, 'from'],
    ['lasts longer than 90 days', { to: inHours(91 * 24) }, 'to'],
    ['has no time zone', { to: '2099-01-01T00:00:00' }, 'to'],
    ['has a reason of blanks', { reason: ' \n ' }, 'reason'],
    ['has a reason of 2,001 characters', { reason: 'x'.repeat(2_001) }, 'reason'],
    ['has no use cases', { useCases: [] }, 'useCases'],
    ['has an unknown field', { until: inHours(1) }, 'until'],
  ])('is refused where it %s', async (_, body, field) => {
    const { status, text } = await freeze(body);
    expect(status).toBe(400);
    expect(text).toContain(field);
    expect(await people.rows('SELECT FROM freezes')).toEqual([]);
  });

  it('is refused for a use case that does not exist', async () => {
    expect(await freeze({ useCases: ['health', 'nothing'] })).toMatchObject({ status: 404 });
    expect(await people.rows('SELECT FROM freezes')).toEqual([]);
  });

  it('is listed, by use case and page', async () => {
    const first = (await freeze({ useCases: ['health'], to: inHours(3) })).body.id;
    const second = (await freeze({ to: inHours(2) })).body.id;
    const third = (await freeze({ useCases: ['platform'], to: inHours(1) })).body.id;
    const list = async (query: string) => {
      const { body } = await people.as('ada', 'GET', `/v1/freezes${query}`);
      return { ids: body.items.map(({ id }: { id: string }) => id), next: body.nextCursor };
    };
    expect(await list('?useCase=health')).toEqual({ ids: [first, second], next: null });
    const page = await list('?limit=2');
    expect(page).toEqual({ ids: [first, second], next: second });
    expect(await list(`?limit=2&cursor=${page.next}`)).toEqual({ ids: [third], next: null });
    await end(second);
    expect(await list('?open=true')).toEqual({ ids: [first, third], next: null });
  });
});

describe('operators are notified of a freeze', () => {
  const notified = async (id: string) => {
    const { body } = await people.system.get('/v1/notifications?kind=change', { token: SERVICE_KEY });
    return body.items.filter(({ change }: { change: { id: string } }) => change.id === id);
  };

  it('and of its early end, each with the use cases and without a person', async () => {
    const from = inHours(1);
    const { body } = await freeze({ useCases: ['health', 'operations'], from });
    await end(body.id);
    people.system.api.get(NotificationPublisher, { strict: false }).trigger();
    const made = { id: body.id, useCases: ['health', 'operations'], from, dueAt: body.to };
    await eventually(async () => {
      expect(await notified(body.id)).toEqual([
        expect.objectContaining({
          title: 'Freeze Ended Early',
          message: 'Freeze ended early: health, operations',
          change: { ...made, event: 'freeze_ended' },
        }),
        expect.objectContaining({
          ...{ kind: 'change', type: 'manual', title: 'Freeze Made', reason: 'Christmas', useCase: null },
          message: expect.stringMatching(/^Freeze from .* UTC to .* UTC: health, operations$/),
          change: { ...made, event: 'frozen' },
        }),
      ]);
    });
    expect(JSON.stringify(await notified(body.id))).not.toMatch(/person:|ben|bea/);
  });

  it('of all by the use cases that there are, and of a refused one not at all', async () => {
    const before = await people.rows(`SELECT id FROM notifications WHERE kind = 'change'`);
    expect(await freeze({ useCases: ['nobody-knows'] })).toMatchObject({ status: 404 });
    expect(await people.rows(`SELECT id FROM notifications WHERE kind = 'change'`)).toEqual(before);
    const { body } = await freeze({ useCases: null });
    const useCases = await people.rows(`SELECT json_agg(name ORDER BY name) AS names FROM use_cases`);
    expect(
      await people.rows(
        `SELECT details->'change'->'useCases' AS names FROM notifications WHERE details->'change'->>'id' = $1`,
        [body.id],
      ),
    ).toEqual(useCases);
    expect(await end(body.id, 'ben')).toMatchObject({ status: 403 });
    expect(
      await people.rows(`SELECT FROM notifications WHERE details->'change'->>'id' = $1`, [body.id]),
    ).toHaveLength(1);
  });
});
