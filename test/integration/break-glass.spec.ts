import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { userToken } from '../support/test-system.js';

const REASON = 'The model answers wrongly at night';
let people: ChangeSystem;

beforeAll(async () => {
  people = await ChangeSystem.start();
  await people.review('clinical');
});
afterAll(() => people?.close());
afterEach(async () => {
  await people.rows('UPDATE change_requests SET reviewed_at = now() WHERE review_due_at IS NOT NULL');
  await people.rows(`UPDATE use_cases SET change_windows = '[]', frozen_until = NULL`);
  await people.rows('DELETE FROM freezes');
});

/** Token of Supabase Auth for a person of the group that may break the glass. */
const chief = ({ name = 'bob', minutesAgo = 0, aal = 'aal2', roles = ['chiefs'] } = {}) =>
  userToken(name, {
    app_metadata: { orchestrator_roles: roles },
    aal,
    amr: [
      { method: 'password', timestamp: Math.floor(Date.now() / 1000) - 86_400 },
      { method: 'totp', timestamp: Math.floor(Date.now() / 1000) - minutesAgo * 60 },
    ],
  });
const breakGlass = async (id: string, { token = chief(), reason = REASON } = {}) =>
  people.system.call('POST', `/v1/change-requests/${id}/break-glass`, { reason }, { token: await token });
const review = (name: string, id: string, verdict = 'accepted', comment = 'It was needed') =>
  people.as(name, 'POST', `/v1/change-requests/${id}/review`, { verdict, comment });

async function proposed(): Promise<{ id: string; target: string }> {
  const target = (await people.activeModel('clinical')) === HAIKU ? SONNET : HAIKU;
  const { body } = await people.propose('ada', [
    { kind: 'switch-use-case', useCase: 'clinical', modelId: target },
  ]);
  return { id: body.id, target };
}

describe('a broken glass', () => {
  it('applies a change without approvals, in a freeze and outside of the windows, for a review', async () => {
    const { id, target } = await proposed();
    const closed = [{ cron: '0 0 1 1 *', durationMinutes: 1, timezone: 'UTC' }];
    await people.rows(`UPDATE use_cases SET change_windows = $1`, [JSON.stringify(closed)]);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect((await people.as('ben', 'POST', '/v1/freezes', { to: until, reason: 'Audit' })).status).toBe(201);
    const answer = await breakGlass(id);
    expect(answer, answer.text).toMatchObject({ status: 200, body: { state: 'applied', reviewedAt: null } });
    expect(Date.parse(answer.body.reviewDueAt) - Date.parse(answer.body.endedAt)).toBeGreaterThan(86_000_000);
    expect(await people.activeModel('clinical')).toBe(target);
    const kinds = answer.body.decisions.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['propose', 'break_glass']);
  });

  it.each([
    ['whose sign-in is 16 minutes old', () => chief({ minutesAgo: 16 }), 'sign_in_again'],
    ['without a second factor', () => chief({ aal: 'aal1' }), 'second_factor_required'],
    ['who may only approve', () => chief({ roles: ['leads'] }), 'forbidden'],
  ])('is refused to a person %s', async (_, token, code) => {
    const { id } = await proposed();
    const before = await people.activeModel('clinical');
    expect(await breakGlass(id, { token: token() })).toMatchObject({ status: 403, body: { code } });
    expect(await people.activeModel('clinical')).toBe(before);
  });

  it('is refused to a key', async () => {
    const { id } = await proposed();
    const answer = await people.system.call('POST', `/v1/change-requests/${id}/break-glass`, {
      reason: REASON,
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'person_required' } });
  });

  it.each([
    ['of blanks', ' '.repeat(40)],
    ['of 19 characters', `${'x'.repeat(19)}     `],
    ['of 2,001 characters', 'x'.repeat(2_001)],
  ])('is refused with a reason %s', async (_, reason) => {
    const { id } = await proposed();
    const answer = await breakGlass(id, { reason });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('reason');
  });

  it('does not make a model selectable', async () => {
    const { id, target } = await proposed();
    await people.rows('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [target]);
    expect(await breakGlass(id)).toMatchObject({
      body: { state: 'failed', failure: { code: 'model_not_selectable' } },
    });
    await people.rows('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [target]);
  });

  it('breaks once: a second attempt changes nothing', async () => {
    const { id } = await proposed();
    await breakGlass(id);
    await breakGlass(id);
    expect(await people.rows('SELECT id FROM switch_events WHERE request_id = $1', [id])).toHaveLength(1);
  });
});

describe('the review of a broken glass', () => {
  it('is by another person, once', async () => {
    const { id } = await proposed();
    expect(await review('ben', id)).toMatchObject({ status: 409, body: { code: 'no_review_due' } });
    await breakGlass(id);
    expect(await review('bob', id)).toMatchObject({ status: 403, body: { code: 'own_change' } });
    expect(await review('ada', id)).toMatchObject({ status: 403 });
    expect(await review('ben', id, 'perhaps')).toMatchObject({ status: 400 });
    expect(await review('ben', id, 'accepted', ' ')).toMatchObject({ status: 400 });
    const closed = await review('ben', id);
    expect(closed, closed.text).toMatchObject({ status: 200, body: { reviewedAt: expect.any(String) } });
    expect(closed.body.decisions.at(-1)).toMatchObject({ kind: 'review_accepted', comment: 'It was needed' });
    expect(await review('bea', id)).toMatchObject({ status: 409, body: { code: 'no_review_due' } });
  });

  it('proposes the inverse with the verdict undo', async () => {
    const { id } = await proposed();
    await breakGlass(id);
    expect((await review('ben', id, 'undo', 'Not needed')).body.decisions.at(-1).kind).toBe('review_undo');
    expect(
      await people.rows('SELECT state, reason, proposer FROM change_requests WHERE undoes = $1', [id]),
    ).toEqual([{ state: 'proposed', reason: 'Not needed', proposer: expect.stringMatching(/:ben$/) }]);
  });

  it('that is overdue keeps its person from breaking the next one', async () => {
    const { id } = await proposed();
    await breakGlass(id);
    await people.rows(
      `UPDATE change_requests SET review_due_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    const next = await proposed();
    expect(await breakGlass(next.id)).toMatchObject({
      status: 409,
      body: { code: 'review_overdue', changeId: id },
    });
    const metrics = (await people.system.get('/metrics')).text;
    expect(metrics).toContain('orchestrator_change_reviews_overdue 1');
    expect(await breakGlass(next.id, { token: chief({ name: 'bea' }) })).toMatchObject({
      body: { state: 'applied' },
    });
    await review('ben', id);
    const third = await proposed();
    expect(await breakGlass(third.id)).toMatchObject({ body: { state: 'applied' } });
  });

  it('is also of a failure that a key has reported without evidence', async () => {
    const report = { action: 'fallback-switch', useCase: 'clinical', reason: 'it fails' };
    const answer = await people.system.act(report);
    expect(answer, answer.text).toMatchObject({ status: 200, body: { data: { switched: true } } });
    const [change] = await people.rows(
      `SELECT id, review_due_at FROM change_requests WHERE origin = 'fallback' AND reviewed_at IS NULL`,
    );
    expect(change).toMatchObject({ review_due_at: expect.any(Date) });
    expect(await people.system.act(report)).toMatchObject({
      status: 409,
      body: { code: 'fallback_repeated' },
    });
    // The model that was reported is cooling down.
    const id = String(change!.id);
    expect(await review('ben', id, 'undo')).toMatchObject({ body: { code: 'undo_target_not_selectable' } });
    expect(await review('ben', id)).toMatchObject({ body: { reviewedAt: expect.any(String) } });
  });
});
