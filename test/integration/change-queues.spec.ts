import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HAIKU, OPUS, SONNET } from '../support/catalogue-fixture.js';
import { ChangeSystem } from '../support/change-system.js';
import { userToken } from '../support/test-system.js';

const EVERYONE = ['ada', 'abe', 'ben', 'bea', 'bob'];
let people: ChangeSystem;

beforeAll(async () => {
  people = await ChangeSystem.start();
  await people.review('clinical', { approvals: 2, approverGroup: 'leads' });
});
afterAll(() => people?.close());
afterEach(async () => {
  await people.rows(
    `UPDATE change_requests SET state = 'withdrawn', ended_at = now() WHERE ended_at IS NULL`,
  );
  await people.rows('UPDATE change_requests SET reviewed_at = now() WHERE review_due_at IS NOT NULL');
});

const toModel = (modelId: string) => ({ kind: 'switch-use-case', useCase: 'clinical', modelId });
const target = async () => toModel((await people.activeModel('clinical')) === HAIKU ? SONNET : HAIKU);
const setPolicy = (policy: object) => ({ kind: 'edit-policy', useCase: 'clinical', policy });
const list = (name: string, query = 'waiting=true') => people.as(name, 'GET', `/v1/change-requests?${query}`);
const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

/** Returns the people for whom a change waits. */
async function waitedFor(id: string): Promise<string[]> {
  const lists = await Promise.all(EVERYONE.map((name) => list(name)));
  return EVERYONE.filter((_, index) => idsOf(lists[index]!).includes(id));
}

async function proposed(name: string, operations: object[]): Promise<{ id: string; hash: string }> {
  const { status, body, text } = await people.propose(name, operations);
  expect(status, text).toBe(201);
  return body;
}

describe('the changes that wait for the approval of a person', () => {
  it('are those of others, for whose policy the approval counts, until it is given', async () => {
    const change = await proposed('abe', [await target()]);
    // Ada may not approve, Abe has proposed it, Bob is of another group.
    expect(await waitedFor(change.id)).toEqual(['ben', 'bea']);
    expect(await people.judge('ben', 'approve', change)).toMatchObject({ body: { state: 'proposed' } });
    expect(await waitedFor(change.id)).toEqual(['bea']);
    expect(await people.judge('bob', 'approve', change)).toMatchObject({ status: 403 });
  });

  it('wait again after a revision, and when an approval has lapsed', async () => {
    const change = await proposed('ada', [await target()]);
    await people.judge('ben', 'approve', change);
    await people.rows(
      `INSERT INTO change_decisions (id, change_id, revision, hash, kind, actor, decided_at)
       SELECT gen_random_uuid(), change_id, revision, hash, 'lapse', actor, now() FROM change_decisions
       WHERE change_id = $1 AND kind = 'approve'`,
      [change.id],
    );
    expect(await waitedFor(change.id)).toEqual(['abe', 'ben', 'bea']);
    await people.judge('ben', 'approve', change);
    expect(await waitedFor(change.id)).toEqual(['abe', 'bea']);
    const body = { operations: [toModel(OPUS)], reason: 'Best answers' };
    const url = `/v1/change-requests/${change.id}`;
    expect(await people.as('ada', 'PATCH', url, body, { 'if-match': '"1"' })).toMatchObject({ status: 200 });
    expect(await waitedFor(change.id)).toEqual(['abe', 'ben', 'bea']);
  });

  it('count a policy that the change sets, and one that it takes away', async () => {
    const chiefs = await proposed('ada', [setPolicy({ approverGroup: 'chiefs' })]);
    expect(await waitedFor(chiefs.id)).toEqual(['abe', 'ben', 'bea', 'bob']);
    const anybody = await proposed('ada', [setPolicy({ approverGroup: null })]);
    expect(await waitedFor(anybody.id)).toEqual(['abe', 'ben', 'bea', 'bob']);
    const direct = await proposed('ada', [setPolicy({ control: 'direct', approverGroup: 'chiefs' })]);
    expect(await waitedFor(direct.id)).toEqual(['abe', 'ben', 'bea']);
    const reviewed = { ...setPolicy({ control: 'reviewed', approverGroup: 'chiefs' }), useCase: 'health' };
    const first = await proposed('ada', [reviewed]);
    expect(await waitedFor(first.id)).toEqual(['bea', 'bob']);
  });

  it('are also those without a reviewed use case, of which anybody may approve', async () => {
    const edit = { kind: 'edit-use-case', useCase: 'operations', edit: { objective: 'quality' } };
    const change = await proposed('ada', [edit]);
    expect(await waitedFor(change.id)).toEqual(['abe', 'ben', 'bea', 'bob']);
  });

  it('do not wait any more when they have expired or ended', async () => {
    const [first, second] = [await proposed('ada', [await target()]), await proposed('ada', [toModel(OPUS)])];
    await people.rows(`UPDATE change_requests SET expires_at = now() WHERE id = $1`, [first.id]);
    await people.judge('bea', 'reject', second);
    expect(idsOf(await list('ben'))).toEqual([]);
  });

  it('come a page at a time, the newest first, however many others there are', async () => {
    const mine: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      mine.unshift((await proposed('ada', [await target()])).id);
      await proposed('ben', [await target()]);
    }
    const first = await list('ben', 'waiting=true&limit=2&useCase=clinical');
    expect(idsOf(first)).toEqual(mine.slice(0, 2));
    const rest = await list('ben', `waiting=true&limit=2&useCase=clinical&cursor=${first.body.nextCursor}`);
    expect(idsOf(rest)).toEqual(mine.slice(2));
    expect(rest.body.nextCursor).toBeNull();
  });

  it('are none for a key', async () => {
    await proposed('ada', [await target()]);
    const answer = await people.system.get('/v1/change-requests?waiting=true');
    expect(answer).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    expect((await people.system.get('/v1/change-requests?waiting=false')).body.items).not.toEqual([]);
    expect(await people.system.get('/v1/change-requests?waiting=perhaps')).toMatchObject({ status: 400 });
  });
});

describe('the changes to review', () => {
  /** Applies a change without approvals. */
  async function broken(): Promise<string> {
    const { id } = await proposed('ada', [await target()]);
    const timestamp = Math.floor(Date.now() / 1000);
    const token = await userToken('bob', {
      app_metadata: { orchestrator_roles: ['chiefs'] },
      aal: 'aal2',
      amr: [{ method: 'totp', timestamp }],
    });
    const reason = 'The model answers wrongly at night';
    const url = `/v1/change-requests/${id}/break-glass`;
    expect(await people.system.call('POST', url, { reason }, { token })).toMatchObject({ status: 200 });
    return id;
  }

  it('are those that were applied without approvals, and of them those that are overdue', async () => {
    const [first, second] = [await broken(), await broken()];
    await proposed('ada', [await target()]);
    expect(idsOf(await list('ben', 'review=open'))).toEqual([second, first]);
    expect(idsOf(await list('ben', 'review=overdue'))).toEqual([]);
    await people.rows('UPDATE change_requests SET review_due_at = now() WHERE id = $1', [first]);
    expect(idsOf(await list('ada', 'review=overdue'))).toEqual([first]);
    const page = await list('ada', 'review=open&limit=1');
    expect(idsOf(await list('ada', `review=open&limit=1&cursor=${page.body.nextCursor}`))).toEqual([first]);
    const review = { verdict: 'accepted', comment: 'It was needed' };
    await people.as('ben', 'POST', `/v1/change-requests/${first}/review`, review);
    expect(idsOf(await list('ben', 'review=open'))).toEqual([second]);
    expect(idsOf(await list('ben', 'review=overdue'))).toEqual([]);
    expect(await list('ben', 'review=closed')).toMatchObject({ status: 400 });
  });
});
