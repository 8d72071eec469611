import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseContents } from '../support/database-contents.js';
import { TestSystem, userToken } from '../support/test-system.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const GUESSABLE = { status: 403, body: { code: 'conversation_id_guessable' } };

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

const begin = async (conversationId: string, subject = 'user-456', changes: object = {}) =>
  system.act(
    { action: 'auto-switch', useCase: 'clinical', conversationId, ...changes },
    { token: await userToken(subject) },
  );

describe('a conversation that a user begins', () => {
  it.each([
    { action: 'switch', modelId: HAIKU, useCase: 'clinical' },
    { action: 'auto-switch', useCase: 'clinical' },
    { action: 'fallback-switch', reason: 'x', useCase: 'clinical' },
  ])('needs an id that nobody can guess: %j', async (body) => {
    const before = await databaseContents(system.environment.owner);
    for (const dryRun of [true, false])
      expect(await begin('conv-of-somebody', 'mallory', { ...body, dryRun })).toMatchObject(GUESSABLE);
    const chat = { conversationId: 'conv-of-somebody', messages: [{ role: 'user', content: 'Hi' }] };
    const token = await userToken('mallory');
    expect(await system.call('POST', '/v1/chat', chat, { token })).toMatchObject(GUESSABLE);
    expect(await databaseContents(system.environment.owner)).toEqual(before);
  });

  it.each([
    'c232ab00-9414-11ec-b3c8-9f68deced846',
    '919108f7-52d1-4320-9bac-f847db4148a8',
    '919108F7-52D1-4320-9BAC-F847DB4148A9',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
  ])('may have a UUID of any version: %s', async (id) => {
    expect(await begin(id)).toMatchObject({ status: 200, body: { data: { switched: true } } });
    expect(await begin(id, 'mallory')).toMatchObject({ status: 404 });
  });

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '919108f752d143209bacf847db4148a8',
    ' 919108f7-52d1-4320-9bac-f847db4148a8',
    '919108f7-52d1-4320-9bac-f847db4148a80',
  ])('may not have %j', async (id) => {
    expect(await begin(id)).toMatchObject(GUESSABLE);
  });

  it('has another id where a service made it for the user: she continues it, others do not find it', async () => {
    const own = { action: 'auto-switch', useCase: 'clinical', conversationId: 'visit-7', userId: 'anna' };
    expect(await system.act(own)).toMatchObject({ status: 200 });
    expect(await begin('visit-7', 'anna')).toMatchObject({ status: 200 });
    expect(await begin('visit-7', 'mallory')).toMatchObject({ status: 404 });
  });
});

it('USER_CONVERSATION_IDS=any lets users choose any id', async () => {
  const lenient = await TestSystem.start({ overrides: { USER_CONVERSATION_IDS: 'any' } });
  const body = { action: 'auto-switch', useCase: 'clinical', conversationId: 'mine' };
  const answer = await lenient.act(body, { token: await userToken(randomUUID()) });
  await lenient.close();
  expect(answer).toMatchObject({ status: 200, body: { data: { switched: true } } });
});
