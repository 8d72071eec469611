import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditChain } from '../support/audit-chain.js';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { eventually } from '../support/eventually.js';
import { MoveSystem } from '../support/move-system.js';

let changes: ChangeSystem;
let chain: AuditChain;

beforeAll(async () => {
  changes = await ChangeSystem.start({ worker: true });
  chain = new AuditChain(changes.system);
  await changes.review('clinical');
});
afterAll(() => changes?.close());

const other = async () => ((await changes.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);
const unreviewed = () => changes.rows('SELECT what, actor, before, after FROM unreviewed_moves ORDER BY id');
/** Seals with the worker: while it does, nobody else can. */
const sealAll = () =>
  eventually(async () => {
    await chain.seal();
    expect(await chain.verify()).toMatchObject({ intact: true, waiting: 0 });
  });
const act = (body: object) => changes.system.call('POST', '/orchestrate', body);

it('names in the sealed audit row the change and who approved it', async () => {
  const target = await other();
  const { body } = await changes.propose('ada', [
    { kind: 'switch-use-case', useCase: 'clinical', modelId: target },
  ]);
  expect(await changes.judge('ben', 'approve', body)).toMatchObject({ body: { state: 'applied' } });
  const approver = expect.stringMatching(/^person:[\da-f]{8}:ben$/);
  const row = { basis: 'change', change_id: body.id, approved_by: [approver] };
  await eventually(async () =>
    expect(
      await changes.rows(
        'SELECT basis, change_id, approved_by FROM bedrock_model_switches WHERE request_id = $1',
        [body.id],
      ),
    ).toEqual([row]),
  );
  expect((await changes.system.get('/v1/switches?useCase=clinical&limit=1')).body.items[0]).toMatchObject({
    ...{ basis: 'change', changeId: body.id, approvedBy: [approver] },
  });
  await sealAll();
  const kinds = await changes.rows(
    `SELECT s.kind, s.format, d.kind AS decision FROM audit_seals s JOIN change_decisions d ON d.id = s.subject_id
     WHERE d.change_id = $1 ORDER BY d.seq`,
    [body.id],
  );
  expect(kinds).toEqual([
    { kind: 'decision', format: 1, decision: 'propose' },
    { kind: 'decision', format: 1, decision: 'approve' },
    { kind: 'decision', format: 1, decision: 'apply' },
  ]);
  expect(await unreviewed()).toEqual([]);
});

it('is a reviewed edit also where the model was effective already, so that nothing is switched', async () => {
  const effective = await other();
  await changes.setOthersAvailable(effective, false);
  const { body } = await changes.propose('ada', [
    { kind: 'switch-use-case', useCase: 'clinical', modelId: effective },
  ]);
  expect(await changes.judge('ben', 'approve', body)).toMatchObject({ body: { state: 'applied' } });
  expect(await changes.activeModel('clinical')).toBe(effective);
  expect(await changes.rows('SELECT id FROM switch_events WHERE request_id = $1', [body.id])).toEqual([]);
  expect(await unreviewed()).toEqual([]);
  await changes.setOthersAvailable(effective, true);
});

const FIRST_APPROVAL = `seq = (SELECT min(seq) FROM change_decisions WHERE kind = 'approve')`;

describe('the chain', () => {
  beforeAll(async () => {
    await chain.write(1, 1);
    await chain.seal();
    await chain.remember();
  });
  afterAll(() => chain.restore());

  it('has a row without a change in the first form, which earlier releases read after a rollback', async () => {
    const forms = await changes.rows(
      `SELECT DISTINCT a.basis, s.format FROM audit_seals s JOIN bedrock_model_switches a ON a.id = s.subject_id ORDER BY format`,
    );
    expect(forms).toEqual([
      { basis: null, format: 1 },
      { basis: 'change', format: 2 },
    ]);
  });

  it.each([
    `UPDATE bedrock_model_switches SET basis = 'direct' WHERE basis IS NULL`,
    `UPDATE bedrock_model_switches SET approved_by = '{person:00000000:eve}' WHERE basis = 'change'`,
    `UPDATE bedrock_model_switches SET basis = 'safety_move' WHERE basis = 'change'`,
    `UPDATE change_decisions SET actor = 'person:00000000:eve' WHERE ${FIRST_APPROVAL}`,
    `UPDATE change_decisions SET hash = repeat('0', 64) WHERE ${FIRST_APPROVAL}`,
  ])('shows %s', async (attack) => {
    expect(await chain.problems()).toEqual([]);
    const decisions = await changes.rows('SELECT * FROM change_decisions ORDER BY seq');
    await chain.attack(attack);
    expect(await chain.problems()).toEqual([expect.stringMatching(/^row_changed /)]);
    await chain.restore();
    for (const { id, actor, hash } of decisions)
      await chain.attack(
        `UPDATE change_decisions SET actor = '${actor}', hash = '${hash}' WHERE id = '${id}'`,
      );
  });
});

it('names in the sealed audit rows of a move and of its undo the change of each, also for its pins', async () => {
  const from = await changes.activeModel('clinical');
  const moves = await MoveSystem.on(changes.system);
  await moves.pin({ prefix: 'moved', count: 2, useCase: 'clinical', modelId: from });
  const move = { kind: 'move-off-model', modelId: from, toModelId: await other(), useCases: ['clinical'] };
  const { body: moved } = await changes.propose('ada', [move]);
  const ended = async (state: string) => {
    const { body } = await changes.as('ada', 'GET', `/v1/change-requests/${moved.id}`);
    const { moveId } = body.operations[0].result;
    await eventually(async () => expect(await moves.move(moveId)).toMatchObject({ state }));
  };
  await changes.judge('ben', 'approve', moved);
  await ended('done');
  const { body: undone } = await changes.as('ada', 'POST', `/v1/change-requests/${moved.id}/undo`, {});
  await changes.judge('bea', 'approve', undone);
  await ended('undone');
  const rowsOf = async ({ id }: { id: string }, approver: string) =>
    eventually(async () =>
      expect(
        await changes.rows(
          `SELECT coalesce(conversation_id, use_case) AS scope, basis, approved_by[1] AS by, cardinality(approved_by) AS count
           FROM bedrock_model_switches WHERE change_id = $1 ORDER BY 1`,
          [id],
        ),
      ).toEqual(
        ['clinical', 'moved-1', 'moved-2'].map((scope) => {
          return { scope, basis: 'change', by: expect.stringMatching(`:${approver}$`), count: 1 };
        }),
      ),
    );
  await rowsOf(moved, 'ben');
  await rowsOf(undone, 'bea');
  await sealAll();
  expect(await changes.activeModel('clinical')).toBe(from);
  expect(await unreviewed()).toEqual([]);
});

it('a switch is proposed where the caller asks for it', async () => {
  const target = await other();
  const proposed = await act({ action: 'switch', useCase: 'clinical', modelId: target, propose: true });
  expect(proposed).toMatchObject({
    status: 202,
    body: { success: true, data: { switched: false, toId: target, change: { state: 'proposed' } } },
  });
  const { url } = proposed.body.data.change;
  expect((await changes.as('ben', 'GET', url)).body).toMatchObject({ proposer: 'service:bootstrap' });
});

describe('around the review', () => {
  it('a report of a failure is obeyed within the candidates, once an hour, and is to be reviewed', async () => {
    const before = await changes.activeModel('clinical');
    const report = { action: 'fallback-switch', useCase: 'clinical', reason: 'It answers nonsense' };
    expect(await act(report)).toMatchObject({
      status: 200,
      body: { data: { switched: true, fromId: before } },
    });
    const { body } = await changes.as('ben', 'GET', '/v1/change-requests?useCase=clinical&limit=1');
    expect(body.items[0]).toMatchObject({
      origin: 'fallback',
      state: 'applied',
      reviewDueAt: expect.any(String),
    });
    expect(await act(report)).toMatchObject({ status: 409, body: { code: 'fallback_repeated' } });
    expect(await unreviewed()).toEqual([]);
  });

  it('an edit by SQL appears in the view, with who made it', async () => {
    const active = await changes.activeModel('clinical');
    const to = active === OPUS ? SONNET : OPUS;
    await changes.rows(`UPDATE use_cases SET active_model_id = $1 WHERE name = 'clinical'`, [to]);
    await changes.rows(`DELETE FROM use_case_candidates WHERE use_case = 'clinical' AND model_id = $1`, [to]);
    const actor = expect.stringMatching(/^sql:/);
    expect(await unreviewed()).toMatchObject([
      { what: 'active_model', actor, before: active, after: to },
      { what: 'candidates', actor, after: null },
    ]);
  });
});
