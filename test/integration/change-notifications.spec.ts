import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChangeClock } from '#libs/change-control/change-clock.service.js';
import { HAIKU, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { rescheduleChanges } from '../support/reschedule-changes.js';
import { userToken } from '../support/test-system.js';

let people: ChangeSystem;

beforeAll(async () => {
  people = await ChangeSystem.start();
  await people.review('clinical');
});
afterAll(() => people?.close());
afterEach(async () => {
  await people.rows('UPDATE change_requests SET reviewed_at = now() WHERE review_due_at IS NOT NULL');
  await people.rows(
    `UPDATE change_requests SET state = 'withdrawn', ended_at = now() WHERE ended_at IS NULL`,
  );
});

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const clock = () => people.system.api.get(ChangeClock);
const another = async () => ((await people.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);

async function proposed(more: object = {}): Promise<{ id: string; hash: string }> {
  const operation = { kind: 'switch-use-case', useCase: 'clinical', modelId: await another() };
  const { status, body, text } = await people.propose('ada', [operation], more);
  expect(status, text).toBe(201);
  return body;
}

/** Notifications of operators about a change, in the order in which they were stored. */
const notificationsOf = (id: string) =>
  people.rows(
    `SELECT details->'change'->>'event' AS event, kind, audience, use_case, type, title, message, reason,
       details->'change'->>'dueAt' AS due_at
     FROM notifications WHERE details->'change'->>'id' = $1 ORDER BY occurred_at, details->'change'->>'event' = 'applied'`,
    [id],
  );
const eventsOf = async (id: string) => (await notificationsOf(id)).map(({ event }) => event);

const chief = () =>
  userToken('bob', {
    app_metadata: { orchestrator_roles: ['chiefs'] },
    aal: 'aal2',
    amr: [{ method: 'totp', timestamp: Math.floor(Date.now() / 1000) }],
  });
const breakGlass = async (id: string) =>
  people.system.call(
    'POST',
    `/v1/change-requests/${id}/break-glass`,
    { reason: 'The model answers wrongly at night' },
    { token: await chief() },
  );

describe('operators are notified', () => {
  it('of a proposal, with its reason and its use case, and of what becomes of it', async () => {
    const change = await proposed();
    await people.judge('ben', 'approve', change);
    const [first, ...others] = await notificationsOf(change.id);
    expect(first).toEqual({
      event: 'proposed',
      kind: 'change',
      audience: 'operators',
      use_case: 'clinical',
      type: 'manual',
      title: 'Change Proposed',
      message: 'Change proposed, which waits for approval: clinical',
      reason: 'Better answers',
      due_at: null,
    });
    expect(others.map(({ event, type }) => [event, type])).toEqual([
      ['approved', 'auto'],
      ['applied', 'auto'],
    ]);
  });

  it('of a time, a revision, a rejection and a withdrawal', async () => {
    const applyAt = inAnHour();
    const change = await proposed({ applyAt });
    await people.judge('ben', 'approve', change);
    const [, scheduled] = await notificationsOf(change.id);
    expect(scheduled).toMatchObject({ event: 'scheduled', due_at: applyAt });
    const operations = [{ kind: 'switch-use-case', useCase: 'clinical', modelId: await another() }];
    const revision = await people.as(
      'ada',
      'PATCH',
      `/v1/change-requests/${change.id}`,
      { operations, reason: 'Sooner' },
      { 'if-match': '"1"' },
    );
    expect(revision.status, revision.text).toBe(200);
    await people.judge('ben', 'reject', revision.body);
    expect(await eventsOf(change.id)).toEqual(['proposed', 'scheduled', 'proposed', 'rejected']);
    const other = await proposed();
    await people.as('ada', 'POST', `/v1/change-requests/${other.id}/withdraw`);
    expect(await eventsOf(other.id)).toEqual(['proposed', 'withdrawn']);
  });

  it('of one approval of two only when the second is there', async () => {
    await people.rows(`UPDATE use_cases SET approvals = 2 WHERE name = 'clinical'`);
    const change = await proposed();
    await people.judge('ben', 'approve', change);
    expect(await eventsOf(change.id)).toEqual(['proposed']);
    await people.judge('bea', 'approve', change);
    expect(await eventsOf(change.id)).toEqual(['proposed', 'approved', 'applied']);
    await people.rows(`UPDATE use_cases SET approvals = 1 WHERE name = 'clinical'`);
  });

  it('of a conflict, and of an operation that fails', async () => {
    const stale = await proposed();
    await people.rows(`UPDATE use_cases SET version = version + 1 WHERE name = 'clinical'`);
    await people.judge('ben', 'approve', stale);
    expect(await eventsOf(stale.id)).toEqual(['proposed', 'approved', 'conflicted']);
    const target = await another();
    const failing = await proposed();
    await people.rows('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [target]);
    await people.judge('ben', 'approve', failing);
    await people.rows('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [target]);
    expect(await eventsOf(failing.id)).toEqual(['proposed', 'approved', 'failed']);
  });

  it('of an approver who has lost the group', async () => {
    const change = await proposed({ applyAt: inAnHour() });
    await people.judge('bea', 'approve', change);
    await rescheduleChanges([change.id], new Date(), (sql, values) =>
      people.system.environment.owner.query(sql, values),
    );
    await people.showRoles('bea', ['ml-ops']);
    await clock().step();
    expect(await eventsOf(change.id)).toEqual(['proposed', 'scheduled', 'lapsed']);
    await people.rows('DELETE FROM person_groups');
  });

  it('of a change that nobody approved in time, and of one that missed its time', async () => {
    const old = await proposed();
    await people.rows(`UPDATE change_requests SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      old.id,
    ]);
    const late = await proposed({ applyAt: inAnHour() });
    await people.judge('ben', 'approve', late);
    await people.rows(`UPDATE change_requests SET apply_at = now() - interval '1 hour' WHERE id = $1`, [
      late.id,
    ]);
    await clock().step();
    expect(await eventsOf(old.id)).toEqual(['proposed', 'expired']);
    expect(await eventsOf(late.id)).toEqual(['proposed', 'scheduled', 'missed']);
  });

  it('of a broken glass with its review, which is overdue once a day', async () => {
    const change = await proposed();
    const { body } = await breakGlass(change.id);
    const [, broken] = await notificationsOf(change.id);
    expect(broken).toMatchObject({
      event: 'broken_glass',
      type: 'manual',
      reason: 'The model answers wrongly at night',
      due_at: body.reviewDueAt,
    });
    for (const hours of [1, 2, 25]) {
      await people.rows(
        'UPDATE change_requests SET review_due_at = now() - make_interval(hours => $2) WHERE id = $1',
        [change.id, hours],
      );
      await clock().step();
    }
    expect(await eventsOf(change.id)).toEqual([
      'proposed',
      'broken_glass',
      'review_overdue',
      'review_overdue',
    ]);
    await people.as('ben', 'POST', `/v1/change-requests/${change.id}/review`, {
      verdict: 'accepted',
      comment: 'It was needed',
    });
    expect((await eventsOf(change.id)).at(-1)).toBe('reviewed');
    await clock().step();
    expect((await eventsOf(change.id)).at(-1)).toBe('reviewed');
  });

  it('of a fallback that a key has reported, which needs a review', async () => {
    await people.system.act({ action: 'fallback-switch', useCase: 'clinical', reason: 'it fails' });
    const [{ id }] = (await people.rows(
      `SELECT id FROM change_requests WHERE origin = 'fallback' ORDER BY created_at DESC LIMIT 1`,
    )) as [{ id: string }];
    expect(await notificationsOf(id)).toMatchObject([
      { event: 'reported', reason: 'it fails', due_at: expect.any(String) },
    ]);
  });
});

it('nobody is notified of a proposal that is refused', async () => {
  const count = async () =>
    (await people.rows(`SELECT count(*)::int AS n FROM notifications WHERE kind = 'change'`))[0]!.n;
  const before = await count();
  const operation = { kind: 'switch-use-case', useCase: 'clinical', modelId: randomUUID() };
  expect((await people.propose('ada', [operation])).status).toBe(404);
  expect(await count()).toBe(before);
});
