import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Acknowledged, brokenInvariants, expectInvariants } from '../support/invariants.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
const told: Acknowledged[] = [];

async function change(body: object, idempotencyKey: string | null = null): Promise<void> {
  const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
  const { body: answer } = await system.act({ action: 'switch', ...body }, { headers });
  const { switchId, fromId, toId, conversationId = null } = { ...body, ...answer.data };
  told.push({ switchId, conversationId, fromId, toId, idempotencyKey });
}

beforeAll(async () => {
  system = await TestSystem.start({ worker: true });
  const conversation = { conversationId: 'conv-123', userId: 'user-456' };
  await change({ ...conversation, modelId: 'eu.amazon.nova-lite-v1:0' }, 'the-key');
  await change({ ...conversation, modelId: 'eu.amazon.nova-pro-v1:0' });
  await change({ useCase: 'health', modelId: 'eu.amazon.nova-2-lite-v1:0' });
  await expectInvariants(system.environment.owner, told);
});
afterAll(() => system.close());

/** Invariants that are broken after these statements of a superuser, which are rolled back. */
async function brokenAfter(...statements: string[]): Promise<string> {
  const { owner } = system.environment;
  await owner.query('BEGIN');
  try {
    for (const table of ['switch_events', 'bedrock_model_switches'])
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const statement of statements) await owner.query(statement);
    return (await brokenInvariants(owner, told)).join('\n');
  } finally {
    await owner.query('ROLLBACK');
  }
}

const LAST = "conversation_id = 'conv-123' AND seq = 2";

it.each([
  ['every event has an audit row', `DELETE FROM bedrock_model_switches WHERE ${LAST}`],
  [
    'an audit row says what its event says',
    `UPDATE bedrock_model_switches SET reason = 'forged' WHERE ${LAST}`,
  ],
  ['every audit row has one notification', `DELETE FROM notifications WHERE conversation_id IS NULL`],
  [
    'every audit row has one notification',
    `UPDATE notifications SET silent = true WHERE user_id IS NOT NULL`,
  ],
  ['numbered 1 to n', `UPDATE switch_events SET seq = 3 WHERE ${LAST}`],
  ['is what was effective before it', `UPDATE switch_events SET previous_model_id = 'x' WHERE ${LAST}`],
  ['with the models that were answered', `UPDATE switch_events SET new_model_id = 'x' WHERE ${LAST}`],
  ['a conversation runs on', `UPDATE ai_conversations SET switch_seq = 1 WHERE id = 'conv-123'`],
  [
    'a conversation runs on',
    `UPDATE ai_conversations SET pinned_model_id = failed.model_id
     FROM bedrock_models failed WHERE id = 'conv-123' AND failed.name = 'Claude Opus 4.7'`,
  ],
  [
    'a use case runs on',
    `UPDATE use_cases SET active_model_id = 'eu.amazon.nova-lite-v1:0' WHERE name = 'health'`,
  ],
  ['an Idempotency-Key has one answer', 'DELETE FROM idempotency_keys'],
  [
    'an Idempotency-Key has one answer',
    `INSERT INTO idempotency_keys
     SELECT 'somebody else', key, request_hash, answer, created_at FROM idempotency_keys`,
  ],
  [
    'the outbox is empty',
    `INSERT INTO outbox (id, job) VALUES (gen_random_uuid(), 'a job that nobody does')`,
  ],
])('sees that "%s" is broken after %s', async (invariant, statement) => {
  expect(await brokenAfter()).toBe('');
  expect(await brokenAfter(statement)).toContain(invariant);
});

it('finds an acknowledged switch that is lost, one that is doubled, and one without an answer', async () => {
  const { owner } = system.environment;
  const lost = { ...told[0]!, switchId: randomUUID() };
  expect((await brokenInvariants(owner, [...told, lost])).join()).toContain(`${lost.switchId}: answered`);
  expect((await brokenInvariants(owner, [...told, told[0]!])).join()).toContain('acknowledged twice');
  expect((await brokenInvariants(owner, told.slice(1))).join()).toContain(
    'without an answer to a client: 1 violations',
  );
});
