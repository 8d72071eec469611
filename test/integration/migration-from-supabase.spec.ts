import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerWithFallback } from '../../docs/workflows/4-fallback.js';
import { createApiClient } from '../../libs/client/client.js';
import { checkout } from '../../scripts/embedded/checkout.js';
import { ChatSystem, HAIKU, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';

/** Tables and rows of an edge function, as they are before the scripts of docs/migration.md run. */
const OLD_TABLES = `
CREATE SCHEMA legacy;
CREATE TABLE legacy.ai_assistants (id uuid PRIMARY KEY, name text, use_case text);
CREATE TABLE legacy.ai_conversations (id uuid PRIMARY KEY, user_id uuid NOT NULL, use_case text);
CREATE TABLE legacy.bedrock_model_switches (
  id UUID PRIMARY KEY, user_id UUID NOT NULL, conversation_id UUID NOT NULL, previous_model_id TEXT NOT NULL,
  new_model_id TEXT NOT NULL, switch_action TEXT, reason TEXT, notification_shown BOOLEAN, notification_title TEXT,
  notification_message TEXT, switch_type TEXT, timestamp TIMESTAMP, cost_impact_estimated DECIMAL(10, 6),
  created_at TIMESTAMP
);
INSERT INTO legacy.ai_assistants VALUES (gen_random_uuid(), 'Nurse', 'clinical'), (gen_random_uuid(), 'Old', 'dental');
INSERT INTO legacy.ai_conversations SELECT gen_random_uuid(), gen_random_uuid(), use_case
  FROM unnest(ARRAY['clinical', 'health', 'dental']) use_case;
INSERT INTO legacy.bedrock_model_switches
SELECT gen_random_uuid(), c.user_id, c.id, 'old-' || (n - 1), CASE n WHEN 3 THEN 'old-2' ELSE 'old-' || n END,
  'manual_switch', 'because', true, 'Switching AI Model', 'Upgraded', NULL, timestamp '2026-01-15' + n * interval '1 h', 0.5,
  now()
FROM legacy.ai_conversations c, generate_series(1, 4) n;`;

const file = (name: string) => readFileSync(join(checkout, 'docs', 'migration', name), 'utf8');

let chat: ChatSystem;
beforeAll(async () => {
  chat = await ChatSystem.start({ worker: true });
});
afterAll(() => chat.close());

const count = async (rows: string) =>
  (await chat.system.environment.owner.query(`SELECT count(*)::int AS count FROM ${rows}`)).rows[0].count;

it('copies assistants, conversations and switches once, however often it is run', async () => {
  const { owner } = chat.system.environment;
  await owner.query(OLD_TABLES);
  const before = await count('ai_conversations');
  const copy = `BEGIN; ${file('copy-edge-function-rows.sql').replaceAll('public.', 'legacy.')} COMMIT;`;
  await owner.query(copy);
  await owner.query(copy);
  expect(await count("ai_assistants WHERE name = 'Nurse'")).toBe(1);
  expect(await count('ai_conversations')).toBe(before + 3);
  // Four each, less one from a model to itself.
  expect(await count('bedrock_model_switches JOIN switch_events USING (id)')).toBe(9);
  await eventually(async () => expect(await count('audit_seals')).toBe(9));
  const { text } = await chat.system.call('POST', '/v1/audit/verify', {});
  expect(JSON.parse(text.trim().split('\n').at(-1)!)).toMatchObject({ checked: 9, problems: [] });
});

it('lets a copied conversation continue where it was: the next switch is number four', async () => {
  const { rows } = await chat.system.environment.owner.query(
    `SELECT id::text, user_id::text AS "userId" FROM legacy.ai_conversations WHERE use_case = 'clinical'`,
  );
  const { id: conversationId, userId } = rows[0];
  const { body } = await chat.system.act({ action: 'switch', modelId: HAIKU, conversationId, userId });
  expect(body.data).toMatchObject({ switched: true, fromId: SONNET });
  expect(await count(`switch_events WHERE conversation_id = '${conversationId}' AND seq = 4`)).toBe(1);
});

it('workflow 4 with the typed client: a throttled model is left for the next candidate, others are not', async () => {
  const authorization = `Bearer ${await chat.system.key(['switch', 'act-as'], 'workflow-4')}`;
  const api = createApiClient({ baseUrl: chat.url, headers: { authorization } });
  const conversation = { id: 'workflow-4', userId: 'patient-1' };
  const join = { action: 'auto-switch', useCase: 'clinical', conversationId: conversation.id };
  await chat.system.act({ ...join, userId: conversation.userId });
  const failingWith = (statusCode: number) =>
    answerWithFallback(api, conversation, async ({ id }) => {
      if (id === SONNET) throw Object.assign(new Error('no'), { statusCode });
      return id;
    });
  await expect(failingWith(400)).rejects.toMatchObject({ statusCode: 400 });
  expect(await count("switch_events WHERE conversation_id = 'workflow-4'")).toBe(1);
  expect(await failingWith(429)).toBe(HAIKU);
  expect(await count("switch_events WHERE conversation_id = 'workflow-4'")).toBe(2);
});
