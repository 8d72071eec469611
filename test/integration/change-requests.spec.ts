import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';

let changes: ChangeSystem;

beforeAll(async () => {
  changes = await ChangeSystem.start();
  await changes.review('clinical');
});
afterAll(() => changes?.close());

const toModel = (modelId: string) => ({ kind: 'switch-use-case', useCase: 'clinical', modelId });
const other = async () => ((await changes.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);

describe('a switch of a reviewed use case', () => {
  it('is refused, and says how to propose it', async () => {
    const before = await changes.activeModel('clinical');
    const refused = await changes.system.call('POST', '/orchestrate', {
      action: 'switch',
      useCase: 'clinical',
      modelId: await other(),
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'change_required' } });
    expect(refused.body.error).toContain('propose');
    expect(await changes.activeModel('clinical')).toBe(before);
  });

  it('happens when another person approves its change', async () => {
    const target = await other();
    const proposed = await changes.propose('ada', [toModel(target)]);
    expect(proposed).toMatchObject({
      status: 201,
      body: {
        state: 'proposed',
        useCases: ['clinical'],
        preview: [
          {
            switched: { toId: target, followers: expect.any(Number), pinned: expect.any(Number) },
            error: null,
          },
        ],
      },
    });
    expect(proposed.body.preview[0].switched.notification.message).toContain('Better answers');
    expect(await changes.activeModel('clinical')).not.toBe(target);
    const approved = await changes.judge('ben', 'approve', proposed.body);
    expect(approved).toMatchObject({ status: 200, body: { state: 'applied' } });
    expect(await changes.activeModel('clinical')).toBe(target);
    const events = await changes.rows('SELECT actor, new_model_id FROM switch_events WHERE request_id = $1', [
      proposed.body.id,
    ]);
    expect(events).toEqual([{ actor: proposed.body.proposer, new_model_id: target }]);
  });
});

describe('an approval', () => {
  it('is of another person, and not of a key', async () => {
    const { body } = await changes.propose('abe', [toModel(await other())]);
    expect(await changes.judge('abe', 'approve', body)).toMatchObject({
      status: 403,
      body: { code: 'own_change' },
    });
    const byKey = await changes.system.call('POST', `/v1/change-requests/${body.id}/approve`, {
      hash: body.hash,
    });
    expect(byKey).toMatchObject({ status: 403, body: { code: 'person_required' } });
    expect(await changes.judge('ada', 'approve', body)).toMatchObject({ status: 403 });
  });

  it('is of the present revision only', async () => {
    const { body } = await changes.propose('ada', [toModel(HAIKU)]);
    const revised = await changes.as(
      'ada',
      'PATCH',
      `/v1/change-requests/${body.id}`,
      { operations: [toModel(OPUS)], reason: 'Best answers' },
      { 'if-match': '"1"' },
    );
    expect(revised).toMatchObject({ status: 200, body: { revision: 2, state: 'proposed' } });
    expect(await changes.judge('ben', 'approve', body)).toMatchObject({
      status: 412,
      body: { code: 'stale_change', hash: revised.body.hash },
    });
    expect(await changes.judge('ben', 'reject', revised.body)).toMatchObject({ body: { state: 'rejected' } });
    expect(await changes.judge('bea', 'approve', revised.body)).toMatchObject({
      status: 409,
      body: { code: 'change_state', state: 'rejected' },
    });
  });
});

it('becomes conflicted if what it was made against has changed', async () => {
  const first = await changes.propose('ada', [toModel(await other())]);
  const second = await changes.propose('ada', [toModel(OPUS)]);
  expect(await changes.judge('ben', 'approve', first.body)).toMatchObject({ body: { state: 'applied' } });
  expect(await changes.judge('ben', 'approve', second.body)).toMatchObject({
    body: {
      state: 'conflicted',
      failure: { code: 'version_conflict', conflicts: [{ scope: 'use-case:clinical' }] },
    },
  });
  expect(await changes.activeModel('clinical')).not.toBe(OPUS);
});

it.each([
  [
    'an operation',
    `UPDATE change_operations SET operation = operation || '{"modelId":"${OPUS}"}' WHERE change_id = $1`,
  ],
  ['the time', `UPDATE change_requests SET apply_at = now() - interval '1 minute' WHERE id = $1`],
])('fails if %s was altered by SQL after the proposal', async (_altered, sql) => {
  const before = await changes.activeModel('clinical');
  const { body } = await changes.propose('ada', [toModel(await other())]);
  await changes.rows(sql, [body.id]);
  expect(await changes.judge('ben', 'approve', body)).toMatchObject({
    body: { state: 'failed', failure: { code: 'content_altered' } },
  });
  expect(await changes.activeModel('clinical')).toBe(before);
});

it('becomes conflicted if SQL has moved the use case, which changes no version', async () => {
  const before = await changes.activeModel('clinical');
  const { body } = await changes.propose('ada', [toModel(await other())]);
  await changes.rows(`UPDATE use_cases SET active_model_id = $1 WHERE name = 'clinical'`, [OPUS]);
  expect(await changes.judge('ben', 'approve', body)).toMatchObject({
    body: {
      state: 'conflicted',
      failure: { conflicts: [{ expected: { activeModelId: before }, present: { activeModelId: OPUS } }] },
    },
  });
  await changes.rows(`UPDATE use_cases SET active_model_id = $1 WHERE name = 'clinical'`, [before]);
});

it('applies all operations or none', async () => {
  const before = await changes.activeModel('clinical');
  const target = await other();
  const { body } = await changes.propose('ada', [
    toModel(target),
    { kind: 'edit-use-case', useCase: 'clinical', edit: { objective: 'cost' } },
    { kind: 'edit-model', modelId: OPUS, edit: { successorId: HAIKU } },
  ]);
  await changes.rows('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [target]);
  expect(await changes.judge('ben', 'approve', body)).toMatchObject({
    body: { state: 'failed', failure: { code: 'model_not_selectable', operation: 0 } },
  });
  expect(await changes.activeModel('clinical')).toBe(before);
  await changes.rows('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [target]);
});
