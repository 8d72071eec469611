import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, NOVA_PRO, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { TestSystem } from '../support/test-system.js';

let changes: ChangeSystem;
beforeAll(async () => {
  changes = await ChangeSystem.start();
  await changes.review('clinical');
});
afterAll(() => changes?.close());

const toModel = (modelId: string) => ({ kind: 'switch-use-case', useCase: 'clinical', modelId });
const edit = (fields: object) => ({ kind: 'edit-use-case', useCase: 'clinical', edit: fields });
const setPolicy = (useCase: string, policy: object) =>
  changes.as('ada', 'PUT', `/v1/use-cases/${useCase}/change-policy`, policy);
const other = async () => ((await changes.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);

describe('a proposal', () => {
  it.each<[what: string, body: object, status: number, field: string | null, code?: string]>([
    ['51 operations', { operations: Array(51).fill(toModel(HAIKU)) }, 400, 'operations'],
    ['no operation', { operations: [] }, 400, 'operations'],
    ['two targets for one use case', { operations: [toModel(HAIKU), toModel(OPUS)] }, 400, 'operations.1'],
    ['an unknown kind', { operations: [{ kind: 'drop-table' }] }, 400, 'operations.0.kind'],
    ['a past time', { operations: [toModel(HAIKU)], applyAt: '2020-01-01T00:00:00Z' }, 400, 'applyAt'],
    ['blanks as reason', { operations: [toModel(HAIKU)], reason: '  \n' }, 400, 'reason'],
    [
      'a reason of 2,001 characters',
      { operations: [toModel(HAIKU)], reason: 'x'.repeat(2_001) },
      400,
      'reason',
    ],
    ['a model that is no candidate', { operations: [toModel(NOVA_PRO)] }, 400, 'operations.0.modelId'],
    ['an unknown model', { operations: [toModel('eu.nobody.model-1')] }, 404, null, 'model_not_found'],
    [
      'an unknown use case',
      { operations: [{ ...toModel(HAIKU), useCase: 'dentistry' }] },
      404,
      null,
      'use_case_not_found',
    ],
    [
      'a policy that no window ever allows',
      {
        operations: [
          {
            kind: 'edit-policy',
            useCase: 'clinical',
            policy: { windows: [{ cron: '0 0 30 2 *', durationMinutes: 60, timezone: 'UTC' }] },
          },
        ],
      },
      400,
      'operations.0.policy.windows.0.cron',
      'window_never_open',
    ],
  ])('of %s is refused', async (...[, body, status, field, code]) => {
    const answer = await changes.as('ada', 'POST', '/v1/change-requests', { reason: 'Why not', ...body });
    expect(answer).toMatchObject({ status, ...(code && { body: { code } }) });
    if (field) expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  it('with an Idempotency-Key is made once', async () => {
    const body = { operations: [toModel(await other())], reason: 'Once' };
    const send = () =>
      changes.as('ada', 'POST', '/v1/change-requests', body, { 'idempotency-key': 'once-1' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body.id]).toEqual([201, 201, first.body.id]);
  });

  it('is revised with the ETag of its revision only', async () => {
    const { body } = await changes.propose('ada', [toModel(await other())]);
    const content = { operations: [edit({ objective: 'cost' })], reason: 'Revised' };
    const url = `/v1/change-requests/${body.id}`;
    expect(await changes.as('ada', 'PATCH', url, content)).toMatchObject({ status: 400 });
    expect(await changes.as('ada', 'PATCH', url, content, { 'if-match': '"2"' })).toMatchObject({
      ...{ status: 412, body: { code: 'stale_change' } },
    });
    expect(await changes.as('abe', 'PATCH', url, content, { 'if-match': '"1"' })).toMatchObject({
      ...{ status: 403, body: { code: 'not_the_proposer' } },
    });
  });
});

describe('a policy', () => {
  it('of an unknown time zone is refused', async () => {
    const windows = [{ cron: '30 2 * * *', durationMinutes: 60, timezone: 'Mars/Olympus' }];
    const answer = await setPolicy('health', { control: 'reviewed', windows });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.errors[0].field).toBe('windows.0.timezone');
  });

  it('of a reviewed use case changes by a change that satisfies both', async () => {
    expect(await setPolicy('clinical', { control: 'direct' })).toMatchObject({
      ...{ status: 409, body: { code: 'change_required' } },
    });
    const { body } = await changes.propose('ada', [
      { kind: 'edit-policy', useCase: 'clinical', policy: { approvals: 2 } },
    ]);
    expect(await changes.judge('ben', 'approve', body)).toMatchObject({ body: { state: 'proposed' } });
    expect(await changes.judge('bea', 'approve', body)).toMatchObject({ body: { state: 'applied' } });
    const back = await changes.propose('ada', [
      { kind: 'edit-policy', useCase: 'clinical', policy: { approvals: 1 } },
    ]);
    for (const person of ['ben', 'bea']) await changes.judge(person, 'approve', back.body);
    expect((await changes.as('ben', 'GET', '/v1/use-cases/clinical/change-policy')).body).toMatchObject({
      ...{ control: 'reviewed', approvals: 1 },
    });
  });

  it('is not reviewed where nobody could approve', async () => {
    const alone = await TestSystem.start();
    try {
      const answer = await alone.call('PUT', '/v1/use-cases/clinical/change-policy', { control: 'reviewed' });
      expect(answer).toMatchObject({ status: 409, body: { code: 'no_persons' } });
    } finally {
      await alone.close();
    }
  });
});

describe('without a change', () => {
  it.each<[what: string, method: 'PUT' | 'POST', url: string, body: object]>([
    ['candidates', 'PUT', '/v1/use-cases/clinical', { candidates: [HAIKU] }],
    ['the objective', 'PUT', '/v1/use-cases/clinical', { objective: 'cost' }],
    ['regions', 'PUT', '/v1/use-cases/clinical', { allowedRegions: ['eu-central-1'] }],
    ['the reaction to a failure', 'PUT', '/v1/use-cases/clinical', { onModelFailure: 'alert' }],
  ])('nobody edits %s of a reviewed use case', async (_, method, url, body) => {
    expect(await changes.as('ada', method, url, body)).toMatchObject({
      ...{ status: 409, body: { code: 'change_required' } },
    });
  });

  it('nobody moves a reviewed use case, retires its model or switches it by its objective', async () => {
    const active = encodeURIComponent(await changes.activeModel('clinical'));
    const refused = { status: 409, body: { code: 'change_required' } };
    const move = { to: { follow: true }, reason: 'Away' };
    expect(await changes.as('ada', 'POST', `/v1/models/${active}/moves`, move)).toMatchObject(refused);
    expect(await changes.as('ada', 'POST', `/v1/models/${active}/retire`, {})).toMatchObject(refused);
    expect(await changes.as('ada', 'DELETE', '/v1/use-cases/clinical')).toMatchObject({ status: 409 });
  });

  it('other settings are edited as before', async () => {
    const answer = await changes.as('ada', 'PUT', '/v1/use-cases/clinical', { exchangesPer30Days: 20_000 });
    expect(answer).toMatchObject({ status: 200, body: { control: 'reviewed' } });
  });
});

it('an applied settings file proposes what it sets in a reviewed use case', async () => {
  const file = 'version: 1\nuseCases:\n  - name: clinical\n    objective: latency\n';
  const answer = await changes.system.call('POST', '/v1/config/apply', file, {
    headers: { 'content-type': 'application/yaml' },
  });
  expect(answer).toMatchObject({ status: 200, body: { applied: [], change: { state: 'proposed' } } });
  const proposed = await changes.as('ben', 'GET', answer.body.change.url);
  expect(proposed.body.operations).toMatchObject([{ operation: edit({ objective: 'latency' }) }]);
});

describe('an undo', () => {
  it('restores what was recorded, by another change', async () => {
    const [before, target] = [await changes.activeModel('clinical'), await other()];
    const { body } = await changes.propose('ada', [toModel(target), edit({ objective: 'latency' })]);
    expect(await changes.judge('ben', 'approve', body)).toMatchObject({ body: { state: 'applied' } });
    const undo = () => changes.as('ada', 'POST', `/v1/change-requests/${body.id}/undo`, {});
    const undone = await undo();
    expect(undone).toMatchObject({ status: 201, body: { state: 'proposed', undoes: body.id } });
    expect(await undo()).toMatchObject({ status: 409, body: { code: 'undo_exists' } });
    expect(await changes.judge('bea', 'approve', undone.body)).toMatchObject({ body: { state: 'applied' } });
    const { body: useCase } = await changes.as('ada', 'GET', '/v1/use-cases/clinical');
    expect(useCase).toMatchObject({ activeModelId: before, objective: 'quality' });
  });

  it('to a model that cannot be selected is refused, and the preview said so', async () => {
    const [before, target] = [await changes.activeModel('clinical'), await other()];
    await changes.rows(`UPDATE bedrock_models SET lifecycle_status = 'LEGACY' WHERE model_id = $1`, [before]);
    const { body } = await changes.propose('ada', [toModel(target)]);
    expect(body.preview[0].undo).toMatchObject({ isPossible: false, reasons: [{ code: 'legacy_idle' }] });
    expect(await changes.judge('ben', 'approve', body)).toMatchObject({ body: { state: 'applied' } });
    expect(await changes.as('ada', 'POST', `/v1/change-requests/${body.id}/undo`, {})).toMatchObject({
      ...{ status: 409, body: { code: 'undo_target_not_selectable' } },
    });
  });
});
