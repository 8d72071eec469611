import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { question } from '../support/chat-client.js';
import { ChatSystem, NOVA_LITE } from '../support/chat-system.js';
import { userToken } from '../support/test-system.js';

let chats: ChatSystem;
let anna: string;
beforeAll(async () => {
  chats = await ChatSystem.start();
  anna = await userToken('anna');
});
afterAll(() => chats.close());
afterEach(async () => {
  await edit('use-cases/clinical', { clients: 'both', systemPrompt: null });
  await edit('assistants/triage', { name: 'Triage', useCase: 'clinical', systemPrompt: null });
});

async function edit(path: string, body: object): Promise<void> {
  expect(await chats.system.call('PUT', `/v1/${path}`, body)).toMatchObject({ status: 200 });
}
const ask = (token: string | undefined, more: object = {}) =>
  chats.chat(
    { conversationId: randomUUID(), useCase: 'clinical', ...question('Hi'), ...more },
    token === undefined ? {} : { token },
  );

it.each([
  ['keys', 200, 403],
  ['users', 403, 200],
  ['both', 200, 200],
])('a use case for %s answers keys with %i and users with %i', async (clients, ofKey, ofUser) => {
  await edit('use-cases/clinical', { clients });
  const answers = [await ask(undefined), await ask(anna)];
  expect(answers.map(({ status }) => status)).toEqual([ofKey, ofUser]);
  const refused = answers.find(({ status }) => status === 403);
  expect(refused?.body.detail ?? 'clinical').toContain('clinical');
});

it('is for both where it existed before, and for keys where it is new', async () => {
  await edit('use-cases/fresh', { candidates: [NOVA_LITE] });
  const { items } = (await chats.system.get('/v1/use-cases')).body;
  const clients = Object.fromEntries(
    items.map((each: { name: string; clients: string }) => [each.name, each.clients]),
  );
  expect(clients).toMatchObject({ fresh: 'keys', platform: 'both', health: 'both' });
});

/** Tokens of a prompt, as the emulator counts them. */
const tokens = (system: string) => Math.ceil(`${system}\nHi`.length / 4);
const OF_BODY = 'b'.repeat(400);
const OF_USE_CASE = 'u'.repeat(800);
const OF_ASSISTANT = 'a'.repeat(1_200);
const inputOf = async (token: string | undefined, more: object) =>
  (await ask(token, { system: OF_BODY, ...more })).body.usage.inputTokens;

it('gives users the system prompt of the use case, and of the assistant before it', async () => {
  expect(await inputOf(anna, {})).toBe(tokens(OF_BODY));
  await edit('use-cases/clinical', { systemPrompt: OF_USE_CASE });
  expect(await inputOf(anna, {})).toBe(tokens(OF_USE_CASE));
  await edit('assistants/triage', { name: 'Triage', useCase: 'clinical', systemPrompt: OF_ASSISTANT });
  expect(await inputOf(anna, { assistantId: 'triage' })).toBe(tokens(OF_ASSISTANT));
  expect(await inputOf(anna, {})).toBe(tokens(OF_USE_CASE));
});

it('leaves service keys their own system prompt', async () => {
  await edit('use-cases/clinical', { systemPrompt: OF_USE_CASE });
  expect(await inputOf(undefined, {})).toBe(tokens(OF_BODY));
});

it('shows users that there is a system prompt, and not which', async () => {
  await edit('use-cases/clinical', { systemPrompt: OF_USE_CASE });
  const { body } = await chats.system.get('/v1/use-cases', { token: anna });
  const shown = body.items.find(({ name }: { name: string }) => name === 'clinical');
  expect(shown.hasSystemPrompt).toBe(true);
  expect(JSON.stringify(body)).not.toContain(OF_USE_CASE);
});

it('keeps the system prompt of an assistant that is edited without one', async () => {
  await edit('assistants/triage', { name: 'Triage', useCase: 'clinical', systemPrompt: OF_ASSISTANT });
  await edit('assistants/triage', { name: 'Renamed', useCase: 'clinical' });
  expect(await inputOf(anna, { assistantId: 'triage' })).toBe(tokens(OF_ASSISTANT));
});
