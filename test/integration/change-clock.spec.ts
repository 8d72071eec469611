import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChangeClock } from '#libs/change-control/change-clock.service.js';
import { createApi } from '../../apps/api/src/create-api.js';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { eventually } from '../support/eventually.js';
import { rescheduleChanges } from '../support/reschedule-changes.js';

let people: ChangeSystem;
let other: NestFastifyApplication;

beforeAll(async () => {
  people = await ChangeSystem.start();
  other = await createApi(people.system.environment.env);
  await other.init();
  await people.review('clinical');
});
afterAll(async () => {
  await other?.close();
  await people?.close();
});
afterEach(async () => {
  await people.rows(`UPDATE use_cases SET change_windows = '[]', frozen_until = NULL, late_by_minutes = 15`);
  await people.rows('DELETE FROM freezes');
  await people.rows('DELETE FROM person_groups');
  await people.rows(
    `UPDATE change_requests SET state = 'withdrawn', ended_at = now() WHERE ended_at IS NULL`,
  );
});

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
/** Seconds since 1970, as in tokens. */
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const clock = () => people.system.api.get(ChangeClock);
const toModel = (modelId: string) => ({ kind: 'switch-use-case', useCase: 'clinical', modelId });
const another = async () => ((await people.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);
const show = async (id: string) => (await people.as('ada', 'GET', `/v1/change-requests/${id}`)).body;
const eventsOf = (id: string) => people.rows('SELECT id FROM switch_events WHERE request_id = $1', [id]);
const CLOSED = [{ cron: '0 0 1 1 *', durationMinutes: 1, timezone: 'UTC' }];
const close = () =>
  people.rows(`UPDATE use_cases SET change_windows = $1 WHERE name = 'clinical'`, [JSON.stringify(CLOSED)]);

/** Proposes a switch to another model, and has it approved. */
async function approved(more: object = {}): Promise<{ id: string; target: string; state: string }> {
  const target = await another();
  const proposed = await people.propose('ada', [toModel(target)], more);
  expect(proposed.status, proposed.text).toBe(201);
  const { body, text } = await people.judge('ben', 'approve', proposed.body);
  expect(body?.state, text).toBeDefined();
  return { id: proposed.body.id, target, state: body.state };
}

/** Proposes a change for a time, has it approved, and lets that time be so many minutes ago. */
async function scheduled(minutesAgo: number) {
  const change = await approved({ applyAt: inHours(1) });
  expect(change.state).toBe('scheduled');
  await beDue(change.id, minutesAgo);
  return change;
}

/** Lets the time of a change be so many minutes ago. */
async function beDue(id: string, minutesAgo = 0): Promise<void> {
  const applyAt = new Date(Date.now() - minutesAgo * 60_000);
  await rescheduleChanges([id], applyAt, (sql, values) => people.system.environment.owner.query(sql, values));
}

describe('the clock', () => {
  it('applies a change at its time, and not before', async () => {
    const { id, target } = await scheduled(-1);
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'scheduled' });
    await beDue(id);
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
    expect(await people.activeModel('clinical')).toBe(target);
  });

  it('applies a change once, however many workers are at it', async () => {
    const { id } = await scheduled(1);
    const clocks = [clock(), other.get(ChangeClock)];
    await Promise.all([...clocks, ...clocks, ...clocks].map((each) => each.step()));
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('applies a change when it is triggered, as by a worker', async () => {
    const { id } = await scheduled(1);
    clock().trigger();
    await eventually(async () => expect(await show(id)).toMatchObject({ state: 'applied' }));
  });

  it('applies a change that is 15 minutes late at most, and lets others expire', async () => {
    const late = await scheduled(14);
    const missed = await scheduled(16);
    await clock().step();
    expect(await show(late.id)).toMatchObject({ state: 'applied' });
    expect(await show(missed.id)).toMatchObject({
      state: 'expired',
      failure: { code: 'missed' },
      decisions: expect.arrayContaining([
        expect.objectContaining({ kind: 'expire', actor: 'system:change-clock' }),
      ]),
    });
    expect(await eventsOf(missed.id)).toEqual([]);
  });

  it('works off more changes than a step takes, and leaves those that wait', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1)
      ids.push((await people.propose('ada', [toModel(await another())])).body.id);
    await people.rows(
      `UPDATE change_requests SET expires_at = now() - interval '1 second' WHERE id = ANY ($1::uuid[])`,
      [ids.slice(1)],
    );
    expect(await clock().step()).toBe(0);
    expect(await clock().step()).toBeUndefined();
    const left = await people.rows(
      `SELECT id FROM change_requests WHERE id = ANY ($1::uuid[]) AND state <> 'expired'`,
      [ids],
    );
    expect(left).toEqual([{ id: ids[0] }]);
  });

  it('is as late as the policy allows', async () => {
    await people.rows(`UPDATE use_cases SET late_by_minutes = 60 WHERE name = 'clinical'`);
    const { id } = await scheduled(40);
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
  });

  it('applies an approved change when a window opens', async () => {
    await close();
    const { id, state } = await approved();
    expect(state).toBe('approved');
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'approved' });
    await people.rows(`UPDATE use_cases SET change_windows = '[]'`);
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
  });

  it('applies an approved change when its freeze has ended', async () => {
    const { body: freeze } = await people.as('ben', 'POST', '/v1/freezes', {
      to: inHours(1),
      reason: 'Audit',
    });
    const { id, state } = await approved();
    expect(state).toBe('approved');
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'approved' });
    expect(await people.as('bea', 'DELETE', `/v1/freezes/${freeze.id}`)).toMatchObject({ status: 200 });
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
  });

  it('lets a change expire that nobody approved in its days', async () => {
    const { body } = await people.propose('ada', [toModel(await another())]);
    await clock().step();
    expect(await show(body.id)).toMatchObject({ state: 'proposed' });
    await people.rows(`UPDATE change_requests SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      body.id,
    ]);
    await clock().step();
    expect(await show(body.id)).toMatchObject({ state: 'expired', failure: { code: 'old' } });
    expect(await people.judge('ben', 'approve', body)).toMatchObject({ status: 409 });
  });

  it('takes a change back to proposed whose approver has lost the right', async () => {
    const { id } = await scheduled(1);
    const [{ actor }] = (await people.rows(
      `SELECT actor FROM change_decisions WHERE change_id = $1 AND kind = 'approve'`,
      [id],
    )) as [{ actor: string }];
    await people.rows(
      'INSERT INTO revoked_sessions (person_id, session_id, revoked_at) VALUES ($1, NULL, now())',
      [actor.slice('person:'.length)],
    );
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'proposed' });
    expect(await eventsOf(id)).toEqual([]);
    await people.rows('DELETE FROM revoked_sessions');
  });

  it('takes a change back to proposed whose approver came again without the group', async () => {
    const { id } = await scheduled(1);
    await people.showRoles('ben', ['ml-ops']);
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'proposed' });
    expect(await eventsOf(id)).toEqual([]);
  });

  it('counts the newest token of an approver, in whatever order the tokens are used', async () => {
    const { id } = await scheduled(1);
    await people.showRoles('ben', ['leads'], { iat: inSeconds(60) });
    await people.showRoles('ben', ['ml-ops'], { iat: inSeconds(30) });
    await clock().step();
    expect(await show(id)).toMatchObject({ state: 'applied' });
  });

  it('beats its heart', async () => {
    await people.rows(`DELETE FROM singleton_loops`);
    await clock().step();
    expect(await people.rows('SELECT name FROM singleton_loops')).toEqual([{ name: 'change-clock' }]);
  });
});

describe('a schedule', () => {
  const schedule = (id: string, applyAt: string, name = 'ada') =>
    people.as(name, 'POST', `/v1/change-requests/${id}/schedule`, { applyAt });

  it('is a new revision, which nobody has approved', async () => {
    await close();
    const { id } = await approved();
    await people.rows(`UPDATE use_cases SET change_windows = '[]'`);
    const applyAt = inHours(3);
    const answer = await schedule(id, applyAt);
    expect(answer).toMatchObject({ status: 200, body: { state: 'proposed', revision: 2, applyAt } });
    expect(await people.judge('ben', 'approve', answer.body)).toMatchObject({ body: { state: 'scheduled' } });
    expect(await schedule(id, applyAt, 'abe')).toMatchObject({ status: 403 });
  });

  it('is refused for a time that is past, in a freeze, or outside of the windows', async () => {
    const { body } = await people.propose('ada', [toModel(await another())]);
    const past = await schedule(body.id, inHours(-1));
    expect(past.status).toBe(400);
    expect(past.text).toContain('applyAt');
    await people.as('ben', 'POST', '/v1/freezes', { from: inHours(1), to: inHours(3), reason: 'Audit' });
    expect(await schedule(body.id, inHours(2))).toMatchObject({ status: 409, body: { code: 'frozen' } });
    const proposal = await people.propose('ada', [toModel(await another())], { applyAt: inHours(2) });
    expect(proposal).toMatchObject({ status: 409, body: { code: 'frozen' } });
    expect(await schedule(body.id, inHours(4))).toMatchObject({ status: 200 });
    await close();
    expect(await schedule(body.id, inHours(4))).toMatchObject({
      status: 409,
      body: { code: 'window_closed', notBefore: expect.stringMatching(/-01-01T00:00:00.000Z$/) },
    });
  });
});

it('applies nothing of a change whose model was retired meanwhile', async () => {
  const proposed = await people.propose('ada', [toModel(OPUS)], { applyAt: inHours(1) });
  await people.judge('ben', 'approve', proposed.body);
  await people.rows('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [OPUS]);
  await beDue(proposed.body.id);
  await clock().step();
  expect(await show(proposed.body.id)).toMatchObject({
    state: 'failed',
    failure: { code: 'model_not_selectable' },
  });
  await people.rows('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [OPUS]);
});
