import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, TestSystem, userToken } from '../support/test-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system.close());

const act = async (body: object): Promise<string> => (await system.act(body)).body.data.switchId;
const begin = (conversationId: string) =>
  act({ action: 'auto-switch', useCase: 'clinical', conversationId, userId: 'ann' });
const pin = (conversationId: string, modelId: string) => act({ action: 'switch', modelId, conversationId });
const undo = (id: string, headers: Record<string, string> = {}, token?: string): Promise<Answer> =>
  system.call('POST', `/v1/switches/${id}/undo`, {}, { headers, ...(token && { token }) });
const stateOf = async (conversationId: string) =>
  (await system.get(`/v1/conversations/${conversationId}`)).body;

describe('an undo of a switch of a conversation', () => {
  it('makes it follow its use case again, as before', async () => {
    await begin('undo-follow');
    const undone = await undo(await pin('undo-follow', HAIKU));
    expect(undone).toMatchObject({
      status: 200,
      body: { switched: true, fromId: HAIKU, toId: SONNET, conversationId: 'undo-follow' },
    });
    expect(undone.headers.etag).toBeDefined();
    expect(await stateOf('undo-follow')).toMatchObject({ modelId: SONNET, pin: null });
    const { body } = await system.get(`/v1/switches/${undone.body.switchId}`);
    expect(body).toMatchObject({
      previousModelId: HAIKU,
      newModelId: SONNET,
      reason: /^Undo of the switch /,
    });
  });

  it('pins it again to the model that it was pinned to', async () => {
    await begin('undo-pin');
    await pin('undo-pin', NOVA_LITE);
    await undo(await pin('undo-pin', HAIKU));
    expect((await stateOf('undo-pin')).pin).toEqual({ kind: 'manual', modelId: NOVA_LITE });
  });

  it('is refused to others, and of the switch that began it', async () => {
    await begin('undo-others');
    const first = await begin('undo-first');
    const id = await pin('undo-others', HAIKU);
    const hidden = { status: 404, body: { code: 'conversation_not_found' } };
    expect(await undo(id, {}, await userToken('bob'))).toMatchObject(hidden);
    expect(await undo(id, {}, await userToken('ann'))).toMatchObject({ status: 200 });
    if (first) expect(await undo(first)).toMatchObject({ status: 409, body: { code: 'nothing_to_undo' } });
    const unknown = await undo('00000000-0000-4000-8000-000000000000');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'switch_not_found' } });
  });
});

describe('an undo of a switch of a use case', () => {
  it('takes it back, once: a replay with its key gets the first answer', async () => {
    const id = await act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', reason: 'cheaper' });
    const key = { 'idempotency-key': 'undo-it' };
    const undone = await undo(id, key);
    expect(undone).toMatchObject({ status: 200, body: { toId: SONNET, useCase: 'clinical' } });
    expect((await undo(id, key)).text).toBe(undone.text);
    expect(await undo(id)).toMatchObject({
      status: 409,
      body: { code: 'superseded', supersededBy: { switchId: undone.body.switchId } },
    });
  });

  it('is refused with who and when, if it was switched since', async () => {
    const id = await act({ action: 'switch', modelId: HAIKU, useCase: 'health', reason: 'cheaper' });
    const token = await system.key(['operate'], 'other');
    const other = await system.act({ action: 'switch', modelId: NOVA_LITE, useCase: 'health' }, { token });
    expect(await undo(id)).toMatchObject({
      status: 409,
      body: {
        code: 'superseded',
        detail: expect.stringContaining('service:other'),
        supersededBy: { switchId: other.body.data.switchId, actor: 'service:other', at: expect.any(String) },
      },
    });
  });

  it('happens once, however many ask for it at the same time', async () => {
    const id = await act({ action: 'switch', modelId: HAIKU, useCase: 'operations', reason: 'cheaper' });
    const all = await Promise.all(Array.from({ length: 5 }, () => undo(id)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('needs the right to switch it', async () => {
    const id = await act({ action: 'switch', modelId: HAIKU, useCase: 'platform', reason: 'better' });
    const auditor = await system.key(['audit']);
    expect((await undo(id, {}, auditor)).status).toBe(403);
    expect(await system.get(`/v1/switches/${id}`, { token: auditor })).toMatchObject({
      status: 200,
      body: { id, reason: 'better', newModelId: HAIKU },
    });
    const operator = await system.key(['operate']);
    expect((await undo(id, {}, operator)).status).toBe(200);
  });
});

describe('a list of switches', () => {
  it.each([
    ['actor', 'service:finder'],
    ['modelId', HAIKU],
    ['reason', 'CHEAP and'],
    ['requestId', 'request-of-finder'],
  ])('has only those with the asked %s', async (filter, value) => {
    const token = await system.key(['switch', 'act-as'], 'finder');
    const conversationId = `found-by-${filter}`;
    await begin(conversationId);
    const switched = await system.act(
      { action: 'switch', modelId: HAIKU, conversationId, reason: 'cheap AND good' },
      { token, headers: { 'x-request-id': 'request-of-finder' } },
    );
    const { body } = await system.get(`/v1/switches?${filter}=${encodeURIComponent(value)}&limit=100`);
    const found = body.items.find(({ id }: { id: string }) => id === switched.body.data.switchId);
    const tests: Record<string, (each: Record<string, string>) => boolean> = {
      actor: (each) => each.actor === value,
      modelId: (each) => each.previousModelId === value || each.newModelId === value,
      reason: (each) => each.reason?.toLowerCase().includes('cheap and') === true,
      requestId: (each) => each.requestId === value,
    };
    expect(found).toBeDefined();
    expect(body.items.every(tests[filter])).toBe(true);
  });
});
