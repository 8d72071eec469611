import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, framesOf, shownText } from '../support/chat-client.js';
import { eventually } from '../support/eventually.js';
import { SupabaseProject } from '../support/supabase-project.js';
import { userToken } from '../support/test-system.js';

const NAME = 'bedrock-ai-chat';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const PATIENT = '7d1c1c7e-5b0a-4d0c-9f6e-0d4b8b7e4a01';
/** A slow machine is no silent model, and a model that failed is not tried again by another test. */
const LIMITS = {
  CHAT_DEADLINE_SECONDS: '100',
  CHAT_FIRST_TEXT_SECONDS: '60',
  CHAT_IDLE_SECONDS: '60',
  BREAKER_PROBE_SECONDS: '3600',
};

let project: SupabaseProject;
beforeAll(async () => {
  project = await SupabaseProject.start(LIMITS);
  await project.deploy(NAME);
});
afterAll(() => project.close());
afterEach(() => project.system.emulator.reset());

const hello = (conversationId = randomUUID()) => ({
  conversationId,
  page: 'medical-assistant',
  text: 'What helps against a cold?',
});
const invoke = async (body: object, user = PATIENT) =>
  (await project.clientFor(user)).functions.invoke(NAME, { body: body as Record<string, unknown> });
const rowsOf = async (statement: string, values: unknown[]) =>
  (await project.system.environment.owner.query(statement, values)).rows;
const switchesOf = (conversationId: string) =>
  rowsOf('SELECT switch_action, user_id FROM switch_events WHERE conversation_id = $1 ORDER BY seq', [
    conversationId,
  ]);

describe('workflow 2: a patient opens the clinical chat', () => {
  it('is on its model, is notified, and gets an answer with the fields of before', async () => {
    const { conversationId, ...asked } = hello();
    const { data, error } = await invoke({ conversationId, ...asked });
    expect(error).toBeNull();
    expect(data).toMatchObject({
      success: true,
      useCase: 'clinical',
      modelId: SONNET,
      text: expect.stringMatching(/\w/),
      stopReason: 'end_turn',
      notification: { title: 'Auto-Switching AI Model', type: 'auto', modelId: SONNET },
    });
    expect(data.text).toBe(data.message.content);
    expect(await switchesOf(conversationId)).toEqual([{ switch_action: 'auto_switch', user_id: PATIENT }]);
    await eventually(async () => {
      const rows = await rowsOf('SELECT FROM bedrock_model_switches WHERE conversation_id = $1', [
        conversationId,
      ]);
      expect(rows).toHaveLength(1);
    });
  });

  it('continues with the history, in the use case of the conversation', async () => {
    const { conversationId, ...asked } = hello();
    await invoke({ conversationId, ...asked });
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hello!' },
      { role: 'user', content: 'And now?' },
    ];
    const { data } = await invoke({ conversationId, messages });
    expect([data.useCase, data.notification]).toEqual(['clinical', undefined]);
  });

  it('streams: the events of the orchestrator, before the answer is complete', async () => {
    project.system.emulator.setFaults([{ kind: 'stall', modelId: SONNET, afterEvents: 4 }]);
    const { data } = await invoke({ ...hello(), stream: true });
    const begin = [];
    for await (const frame of framesOf(data as Response)) {
      begin.push(frame);
      if (frame.event === 'delta') break;
    }
    // The model is silent now: what came was passed on without its end.
    expect(eventsOf(begin)).toEqual(['model', 'delta']);
    expect(begin[0]!.data.notification.title).toBe('Auto-Switching AI Model');
  });

  it('stops the model when the app leaves', async () => {
    project.system.emulator.setFaults([{ kind: 'stall', modelId: SONNET, afterEvents: 4 }]);
    const { conversationId, ...asked } = hello();
    const { data } = await invoke({ conversationId, ...asked, stream: true });
    for await (const frame of framesOf(data as Response)) if (frame.event === 'delta') break;
    await eventually(async () => {
      const rows = await rowsOf('SELECT outcome FROM model_invocations WHERE conversation_id = $1', [
        conversationId,
      ]);
      expect(rows).toEqual([{ outcome: 'cancelled' }]);
    });
  });
});

describe('workflow 4: the model is throttled', () => {
  const begun = hello();
  beforeAll(async () => {
    expect((await invoke(begun)).data.modelId).toBe(SONNET);
  });
  const throttle = () =>
    project.system.emulator.setFaults([{ kind: 'error', modelId: SONNET, name: 'ThrottlingException' }]);

  it('answers with the next candidate, and records both attempts', async () => {
    throttle();
    const { conversationId, ...asked } = hello();
    const { data } = await invoke({ conversationId, ...asked });
    expect(data).toMatchObject({ modelId: HAIKU, text: expect.stringMatching(/\w/) });
    const rows = await rowsOf('SELECT model_id, attempts FROM model_invocations WHERE conversation_id = $1', [
      conversationId,
    ]);
    expect(rows).toMatchObject([{ model_id: HAIKU }]);
    expect(rows[0].attempts[0]).toMatchObject({ modelId: SONNET, outcome: 'failed' });
  });

  it('streams the answer of the next candidate to its end', async () => {
    throttle();
    const { data } = await invoke({ ...hello(), stream: true });
    const frames = [];
    for await (const frame of framesOf(data as Response)) frames.push(frame);
    expect(eventsOf(frames).at(-1)).toBe('done');
    expect(frames.at(-1)!.data.model.id).toBe(HAIKU);
    expect(shownText(frames)).toBe(frames.at(-1)!.data.message.content);
  });

  it('switches the conversation with a notification, once the model has failed repeatedly', async () => {
    throttle();
    await eventually(async () => {
      const { data } = await invoke(begun);
      expect(data.notification).toMatchObject({ title: 'Auto-Switching AI Model', modelId: HAIKU });
    });
    expect((await switchesOf(begun.conversationId)).at(-1)).toEqual({
      switch_action: 'fallback_switch',
      user_id: PATIENT,
    });
  });
});

describe('requests that are refused', () => {
  const statusOf = async (headers: Record<string, string>, body: object | string = hello()) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(project.functionUrl(NAME), { method: 'POST', headers, body: text });
    await response.body?.cancel();
    return response.status;
  };
  const as = async (user: string) => ({ authorization: `Bearer ${await userToken(user)}` });

  it('takes nobody’s word for who asks: without a token, with a bad one, with the id of somebody else', async () => {
    const { conversationId, ...asked } = hello();
    const body = { conversationId, ...asked, userId: PATIENT };
    expect((await invoke(body)).error).toBeNull();
    const called = project.system.emulator.calls().total;
    const forged = await userToken(PATIENT, {}, 'a-secret-of-somebody-else-with-32-characters');
    expect(await statusOf({}, body)).toBe(401);
    for (const token of [forged, await userToken(PATIENT, { role: 'anon' }), 'nonsense'])
      expect(await statusOf({ authorization: `Bearer ${token}` }, body)).toBe(401);
    const { response } = await invoke(body, 'mallory');
    expect([response!.status, (await response!.json()).code]).toEqual([404, 'conversation_not_found']);
    expect(project.system.emulator.calls().total).toBe(called);
    expect(await rowsOf("SELECT FROM switch_events WHERE user_id = 'mallory'", [])).toEqual([]);
  });

  it('says what to send instead of a body that is none, is too large, or has unknown fields', async () => {
    const token = await as(PATIENT);
    expect(await statusOf(token, '"what?"')).toBe(400);
    expect(await statusOf(token, 'no JSON')).toBe(400);
    expect(await statusOf(token, { conversationId: randomUUID() })).toBe(400);
    expect(await statusOf(token, { ...hello(), text: 'x'.repeat(1024 * 1024) })).toBe(413);
    const { response } = await invoke({ ...hello(), colour: 'blue' });
    expect([response!.status, (await response!.json()).code]).toEqual([400, 'invalid_request']);
  });

  it('logs nothing of what was asked', async () => {
    await invoke({ ...hello(), text: 'a-secret-complaint' });
    await statusOf(await as(PATIENT), 'a-secret-complaint');
    expect(project.logs).not.toContain('a-secret-complaint');
    expect(project.logs).not.toContain(PATIENT);
  });
});
