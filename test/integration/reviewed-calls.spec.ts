import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { InvocationsService } from '#libs/costs/invocations.service.js';
import { BacklogRepository } from '#libs/operations/backlog.repository.js';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { ChatSystem, HAIKU, NOVA_LITE, NOVA_MICRO, OPUS, SONNET } from '../support/chat-system.js';
import { anInvocation } from '../support/invocation-fixture.js';
import { type AnyCall, AnyWay, conversationIn, setControl, WAYS } from '../support/reviewed-calls.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { error, onSonnet } from '../support/wire-system.js';

const APPROVED = [SONNET, HAIKU, OPUS];
const RUNS = 200;

let chats: ChatSystem;
let ways: AnyWay;
/** A conversation of each use case, and those pinned before the review. */
let pinned: { toOther: string; toCandidate: string; follows: string; inHealth: string };
beforeAll(async () => {
  chats = await ChatSystem.start({ paceMs: 2 });
  ways = new AnyWay(chats);
  await chats.system.call('PUT', '/v1/assistants/triage', { name: 'triage', useCase: 'clinical' });
  pinned = {
    toOther: await conversationIn(chats, 'clinical', NOVA_LITE),
    toCandidate: await conversationIn(chats, 'clinical', HAIKU),
    follows: await conversationIn(chats, 'clinical'),
    inHealth: await conversationIn(chats, 'health'),
  };
  await setControl(chats, 'clinical', 'reviewed');
});
afterAll(async () => {
  ways.close();
  await chats.close();
});
const closeBreakers = () => {
  const breakers = chats.system.api.get(BreakersService, { strict: false });
  for (const id of [...APPROVED, NOVA_LITE, NOVA_MICRO]) breakers.close(id);
};
afterEach(() => {
  closeBreakers();
  chats.emulator.reset();
});

const unreviewed = () => chats.rows('SELECT id, model_id, control, model_role FROM unreviewed_calls');
const keyWith = async (settings: object): Promise<string> => {
  const scopes = ['switch', 'act-as', 'operate'];
  return (await chats.system.call('POST', '/v1/keys', { name: 'limited', scopes, ...settings })).body.key;
};
const modelsAsked = () => chats.emulator.calls().calls.map(({ modelId }) => modelId);

describe('a pin from before the review, on another model than a candidate', () => {
  const switchOf = (conversationId: string) =>
    chats.rows(
      `SELECT id, actor, previous_model_id, new_model_id, reason, notification_shown FROM switch_events
       WHERE conversation_id = $1 ORDER BY seq DESC LIMIT 1`,
      [conversationId],
    );

  it('has no effect, which its conversation explains', async () => {
    const url = `/v1/conversations/${pinned.toOther}`;
    expect((await chats.system.get(`${url}/model`)).body).toMatchObject({
      source: 'active',
      model: { id: SONNET },
    });
    expect((await chats.system.get(url)).body).toMatchObject({
      modelId: SONNET,
      explanation: expect.stringContaining('has no effect: clinical is reviewed'),
    });
    for (const way of WAYS.filter((each) => !/invoke|count/.test(each)))
      expect([
        way,
        (await ways.call({ way, name: 'auto', conversationId: pinned.toOther, userId: 'anna' })).status,
      ]).toEqual([way, 200]);
    expect(new Set(modelsAsked())).toEqual(new Set([SONNET]));
  });

  it('is released by a switch that is recorded and notified, and that nobody undoes', async () => {
    const conversationId = await conversationIn(chats, 'clinical');
    await chats.rows(`UPDATE ai_conversations SET pinned_model_id = $2, pin_kind = 'manual' WHERE id = $1`, [
      conversationId,
      NOVA_LITE,
    ]);
    await chats.system.api.get(ConversationRecoveryService, { strict: false }).unpinDue();
    const [released] = await switchOf(conversationId);
    expect(released).toEqual({
      id: expect.any(String),
      actor: 'system:release',
      previous_model_id: NOVA_LITE,
      new_model_id: SONNET,
      reason: 'Amazon Nova Lite is no candidate of clinical, which is reviewed',
      notification_shown: true,
    });
    const undone = await chats.system.call('POST', `/v1/switches/${released.id}/undo`, {});
    expect([undone.status, undone.body.code]).toEqual([409, 'not_a_reviewed_candidate']);
    const kept = await chats.rows('SELECT pinned_model_id FROM ai_conversations WHERE id = $1', [
      pinned.toCandidate,
    ]);
    expect(kept).toEqual([{ pinned_model_id: HAIKU }]);
  });
});

describe('another model than a candidate', () => {
  it('is refused to a switch with the models that are allowed, of any key', async () => {
    for (const token of [undefined, await keyWith({ limits: { models: 'any' } })])
      for (const dryRun of [true, false]) {
        const request = { action: 'switch', modelId: NOVA_LITE, conversationId: pinned.follows, dryRun };
        const { status, body } = await chats.system.act(request, token === undefined ? {} : { token });
        expect({ status, code: body.code, allowed: body.allowedModels }).toEqual({
          status: 409,
          code: 'not_a_reviewed_candidate',
          allowed: APPROVED,
        });
      }
  });

  it.each(WAYS.filter((way) => !way.startsWith('chat')))('is called by nobody over %s', async (way) => {
    for (const key of [undefined, await keyWith({ limits: { models: 'any' } })])
      for (const target of [{ useCase: 'clinical' }, { conversationId: pinned.follows, userId: 'anna' }])
        for (const mayFallBack of [true, false]) {
          const call = { way, name: NOVA_LITE, ...(key && { key }), ...target, mayFallBack };
          const { status, text } = await ways.call(call);
          expect([status, text]).toEqual([403, expect.stringContaining('which is reviewed')]);
        }
    expect(modelsAsked()).toEqual([]);
  });

  it('is called for a conversation of the use case under the name of another one by nobody', async () => {
    const call = { name: NOVA_LITE, useCase: 'health', userId: 'anna' };
    const inClinical = { ...call, way: 'converse', conversationId: pinned.follows };
    expect(await ways.call(inClinical)).toMatchObject({ status: 400, code: 'use_case_mismatch' });
    const inHealth = { ...call, way: 'converse', conversationId: pinned.inHealth };
    expect(await ways.call(inHealth)).toMatchObject({ status: 200 });
  });
});

describe('a count of tokens', () => {
  it.each(['count-tokens', 'anthropic-count'])(
    'in a conversation of the use case is of a candidate, over %s',
    async (way) => {
      const conversationId = pinned.follows;
      expect(await ways.call({ way, name: 'auto', conversationId, userId: 'anna' })).toMatchObject({
        status: 200,
      });
      expect(await ways.call({ way, name: 'auto', conversationId, userId: 'bert' })).toMatchObject({
        status: 404,
      });
      // The active model is not known to count.
      expect(modelsAsked()).toEqual([HAIKU]);
    },
  );
});

describe('the record of a call', () => {
  const lastRow = async () =>
    (
      await chats.rows(
        `SELECT model_id, control, model_role FROM model_invocations WHERE use_case <> 'operations'
         ORDER BY started_at DESC LIMIT 1`,
      )
    )[0];
  const recorded = async (call: AnyCall, row: object) => {
    const [{ count }] = await chats.rows('SELECT count(*)::int FROM model_invocations');
    expect(await ways.call(call)).toMatchObject({ status: 200 });
    await expect
      .poll(async () => (await chats.rows('SELECT count(*)::int FROM model_invocations'))[0].count, {
        timeout: 90_000,
      })
      .toBe(count + 1);
    expect(await lastRow()).toEqual(row);
  };

  it('has the role of the model that answered, by the catalogue that selected it', async () => {
    const reviewed = { control: 'reviewed', model_role: 'active', model_id: SONNET };
    await recorded({ way: 'chat', name: 'clinical' }, reviewed);
    await recorded({ way: 'openai', name: 'triage' }, reviewed);
    chats.faults(onSonnet(error('ServiceUnavailableException')));
    const byCandidate = { control: 'reviewed', model_role: 'candidate', model_id: HAIKU };
    await recorded({ way: 'anthropic', name: 'clinical' }, byCandidate);
    const direct = { control: 'direct', model_role: 'other', model_id: NOVA_MICRO };
    await recorded({ way: 'converse', name: NOVA_MICRO, useCase: 'health' }, direct);
    expect(await unreviewed()).toEqual([]);
  });
});

describe('calls that another model has answered', () => {
  const record = async (changes: Parameters<typeof anInvocation>[0]) => {
    const call = anInvocation({ useCase: 'clinical', modelId: NOVA_LITE, ...changes });
    await chats.system.api.get(InvocationsService, { strict: false }).record(call);
    return call.id;
  };
  const listed = async () => (await unreviewed()).map(({ id }) => id);
  const stored = (id: string) =>
    expect
      .poll(() => chats.rows('SELECT id FROM model_invocations WHERE id = $1', [id]), { timeout: 90_000 })
      .toHaveLength(1);
  const forget = (id: string) => chats.rows('DELETE FROM model_invocations WHERE id = $1', [id]);
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);

  it.each<[string, Parameters<typeof anInvocation>[0]]>([
    ['says so itself', { control: 'reviewed', modelRole: 'other' }],
    ['was written by somebody who records no role', { control: null, modelRole: null }],
    ['claims a review, and no role', { control: 'reviewed', modelRole: null }],
    [
      'comes from a copy of the catalogue that is too old',
      { control: 'direct', modelRole: 'other', startedAt: minutes(2) },
    ],
    ['was refused by the model', { control: 'reviewed', modelRole: 'other', outcome: 'refused' }],
  ])('are listed and raise the alarm: one that %s', async (_, changes) => {
    const id = await record(changes);
    await stored(id);
    expect(await listed()).toEqual([id]);
    const backlog = await chats.system.api.get(BacklogRepository, { strict: false }).read();
    expect(backlog.unreviewedCalls).toBe(1);
    await forget(id);
    expect(await listed()).toEqual([]);
  });

  it.each<[string, Parameters<typeof anInvocation>[0]]>([
    ['is of a direct use case', { useCase: 'health', control: 'direct', modelRole: 'other' }],
    ['is from before the review', { control: 'direct', modelRole: 'other', startedAt: minutes(-120) }],
    ['began within a minute after it', { control: 'direct', modelRole: 'other' }],
    ['is by a candidate', { control: 'reviewed', modelRole: 'candidate', modelId: HAIKU }],
    ['has failed', { control: 'reviewed', modelRole: 'other', outcome: 'failed' }],
  ])('are not: one that %s', async (_, changes) => {
    await chats.rows(`UPDATE use_cases SET control = 'direct' WHERE name = 'clinical'`);
    await chats.rows(`UPDATE use_cases SET control = 'reviewed' WHERE name = 'clinical'`);
    const id = await record(changes);
    await stored(id);
    expect(await listed()).toEqual([]);
    await forget(id);
  });

  it('stay listed after the review has ended, and its begin is nobody’s to set', async () => {
    const id = await record({ control: 'reviewed', modelRole: 'other' });
    await stored(id);
    const since = `SELECT reviewed_since FROM use_cases WHERE name = 'clinical'`;
    const [before] = await chats.rows(since);
    await chats.rows(`UPDATE use_cases SET reviewed_since = now() + interval '1 year'`);
    expect(await chats.rows(since)).toEqual([before]);
    await chats.rows(`UPDATE use_cases SET control = 'direct' WHERE name = 'clinical'`);
    expect([await listed(), await chats.rows(since)]).toEqual([[id], [{ reviewed_since: null }]]);
    await chats.rows(`UPDATE use_cases SET control = 'reviewed' WHERE name = 'clinical'`);
    await forget(id);
  });
});

describe('any call, of any key, on any way', () => {
  const SETTINGS = [
    {},
    { limits: { models: 'any' } },
    { limits: { models: [SONNET, NOVA_LITE] } },
    { limits: { useCases: ['clinical'], models: 'any' } },
    { defaults: { useCase: 'clinical', fallback: 'same-use-case' }, limits: { models: 'any' } },
    { defaults: { assistantId: 'triage', userId: 'anna' }, limits: { users: 'own', models: 'any' } },
    { limits: { users: ['an'] }, defaults: { fallback: 'same-use-case' } },
  ];
  const NAMES = [
    ...['auto', 'clinical', 'health', 'triage', SONNET, OPUS, NOVA_LITE, NOVA_MICRO],
    ...[NOVA_LITE.replace('eu.', ''), `arn:aws:bedrock:eu-central-1:1:inference-profile/${NOVA_MICRO}`],
  ];
  /** A call, in a conversation that a key may have tried to pin before, while the active model may fail. */
  interface Tried {
    call: AnyCall;
    fails: boolean;
    pins: string | undefined;
  }
  const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const triedWith = (keys: string[]): fc.Arbitrary<Tried> =>
    fc.record({
      call: fc.record({
        way: fc.constantFrom(...WAYS),
        name: fc.constantFrom(...NAMES),
        key: fc.constantFrom(SERVICE_KEY, ...keys),
        useCase: optional('clinical', 'health'),
        conversationId: optional(...Object.values(pinned), randomUUID()),
        userId: optional('anna', 'bert'),
        mayFallBack: fc.boolean(),
      }),
      fails: fc.boolean(),
      pins: optional(NOVA_LITE, HAIKU),
    });
  /** A call that is answered, so that each way is seen to work. */
  const plain = (way: string): Tried => ({
    call: { way, name: 'clinical', key: SERVICE_KEY },
    fails: false,
    pins: undefined,
  });
  const tryOut = async ({ call, fails, pins }: Tried): Promise<number> => {
    const { conversationId, userId } = call;
    if (pins && conversationId)
      await chats.system.act({ action: 'switch', modelId: pins, conversationId, userId });
    chats.faults(...(fails ? [onSonnet(error('ServiceUnavailableException'))] : []));
    const { status } = await ways.call(call);
    if (fails) closeBreakers();
    return status;
  };

  it('is answered by the active model, a candidate, or nobody', async () => {
    await setControl(chats, 'clinical', 'reviewed');
    const keys = await Promise.all(SETTINGS.map(keyWith));
    const [{ start }] = await chats.rows('SELECT now() AS start');
    const seen: string[] = [];
    await fc.assert(
      fc.asyncProperty(triedWith(keys), async (tried) => {
        seen.push(`${tried.call.way} ${await tryOut(tried)}`);
        expect(seen.at(-1)).not.toMatch(/ 500$/);
      }),
      { numRuns: RUNS, endOnFailure: true, examples: WAYS.map((way) => [plain(way)]) },
    );
    await ways.recorded(seen.filter((each) => / 200$/.test(each) && !/count/.test(each)).length);
    const rows = await chats.rows(
      `SELECT DISTINCT model_id, control, model_role FROM model_invocations
       WHERE use_case = 'clinical' AND outcome = 'answered' AND started_at >= $1`,
      [start],
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { model_id: id, control, model_role } of rows) {
      const role = id === SONNET ? 'active' : 'candidate';
      expect([APPROVED.includes(id), control, model_role]).toEqual([true, 'reviewed', role]);
    }
    expect(await unreviewed()).toEqual([]);
    for (const way of WAYS) expect(seen).toContain(`${way} 200`);
  });
});
