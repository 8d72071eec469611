import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, OPUS, SONNET } from '../support/chat-system.js';

/** The emulated account has it. */
const GUARDRAIL = { id: 'emulated0001', version: '2', required: true };

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
});
afterAll(() => chats.close());
beforeEach(() => guard(GUARDRAIL));
afterEach(async () => {
  chats.emulator.reset();
  const breakers = chats.system.api.get(BreakersService, { strict: false });
  for (const id of [SONNET, HAIKU, OPUS]) breakers.close(id);
  await chats.rows(`UPDATE bedrock_models SET capabilities = capabilities - 'guardrail'`);
});

async function guard(guardrail: object | null): Promise<void> {
  const { status } = await chats.system.call('PUT', '/v1/use-cases/clinical', { guardrail });
  expect(status).toBe(200);
}
const ask = (more: object = {}) =>
  chats.chat({ conversationId: randomUUID(), useCase: 'clinical', ...question(), ...more });
const calls = () => chats.emulator.calls().calls.map(({ modelId, guardrail }) => [modelId, guardrail]);
const refusesGuardrail = async (modelId: string) => {
  const fact = { guardrail: { supported: false, source: 'a test', readOn: '2026-11-30' } };
  await chats.rows('UPDATE bedrock_models SET capabilities = capabilities || $2 WHERE model_id = $1', [
    modelId,
    fact,
  ]);
  await chats.system.api.get(CatalogueService, { strict: false }).refresh();
};

it('is applied to whole answers, to streams and to fallbacks', async () => {
  chats.faults({ kind: 'error', name: 'ModelNotReadyException', modelId: SONNET });
  expect((await ask()).body.model.id).toBe(HAIKU);
  const frames = await chats.stream({ conversationId: randomUUID(), useCase: 'clinical', ...question() });
  expect(frames.at(-1)).toMatchObject({ event: 'done' });
  expect(new Set(calls().map(([, guardrail]) => guardrail))).toEqual(new Set(['emulated0001']));
  expect(new Set(calls().map(([modelId]) => modelId))).toEqual(new Set([SONNET, HAIKU]));
});

it('is not for callers to set or remove', async () => {
  for (const guardrail of [null, { id: 'other', version: '1' }]) {
    const refused = await ask({ guardrail });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([expect.objectContaining({ field: 'body' })]);
  }
  expect(calls()).toEqual([]);
});

it('is shown with its use case, and null removes it', async () => {
  const shown = async () => {
    const { items } = (await chats.system.get('/v1/use-cases')).body;
    return items.find(({ name }: { name: string }) => name === 'clinical').guardrail;
  };
  expect(await shown()).toEqual(GUARDRAIL);
  await guard(null);
  expect(await shown()).toBeNull();
  await ask();
  expect(calls().map(([, guardrail]) => guardrail)).toEqual([null]);
});

it('passes over a model that takes none', async () => {
  await refusesGuardrail(SONNET);
  const answer = await ask();
  expect(answer.body).toMatchObject({
    model: { id: HAIKU },
    attempts: [
      { modelId: SONNET, outcome: 'skipped', errorKind: 'guardrail_not_supported' },
      { modelId: HAIKU },
    ],
  });
});

it('passes over a model of which only Bedrock knows that it takes none', async () => {
  chats.emulator.putModel('anthropic.claude-sonnet-4-6', { refuses: ['guardrail'] });
  const answer = await ask();
  expect(answer.body).toMatchObject({
    model: { id: HAIKU },
    attempts: [{ modelId: SONNET, errorKind: 'guardrail_unavailable' }, { modelId: HAIKU }],
  });
});

it('that AWS does not have stops every chat, opens no breaker and switches nobody', async () => {
  await guard({ ...GUARDRAIL, version: '9' });
  const refused = await ask();
  expect(refused).toMatchObject({ status: 503, body: { code: 'model_unavailable' } });
  const kinds = refused.body.attempts.map(({ errorKind }: { errorKind: string }) => errorKind);
  expect(new Set(kinds)).toEqual(new Set(['guardrail_unavailable']));
  expect(chats.system.api.get(BreakersService, { strict: false }).openModels()).toEqual([]);
});

it('that AWS does not have makes its models invalid, and says why', async () => {
  const validate = async () => (await chats.system.act({ action: 'validate', modelId: HAIKU })).body.data;
  expect(await validate()).toMatchObject({ valid: true, reasons: [] });
  await guard({ ...GUARDRAIL, version: '77' });
  expect(await validate()).toMatchObject({
    valid: false,
    reasons: [{ code: 'guardrail_not_found', detail: expect.stringContaining('version 77') }],
  });
  await guard({ ...GUARDRAIL, version: '77', required: false });
  expect(await validate()).toMatchObject({ valid: true });
});

it.each([
  ['an id that is none', { id: 'a b', version: '1' }, 'guardrail.id'],
  ['a version that is none', { id: 'gr1', version: 'latest' }, 'guardrail.version'],
  ['a field that there is not', { id: 'gr1', version: '1', trace: true }, 'guardrail'],
])('is refused with %s', async (_, guardrail, field) => {
  const { status, body } = await chats.system.call('PUT', '/v1/use-cases/clinical', { guardrail });
  expect([status, body.errors[0].field]).toEqual([400, field]);
});

it('is refused by the database if it is not complete', async () => {
  const incomplete = chats.rows(`UPDATE use_cases SET guardrail = '{"id": "gr1"}' WHERE name = 'clinical'`);
  await expect(incomplete).rejects.toThrow('guardrail_is_complete');
});
