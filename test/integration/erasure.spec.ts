import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newSigningKey } from '../support/audit-chain.js';
import { ErasureSubject } from '../support/erasure-fixture.js';
import { insertAuditRow } from '../support/switch-rows.js';
import { TestSystem, userToken } from '../support/test-system.js';

let system: TestSystem;
let user: ErasureSubject;
let kept: Record<string, unknown>;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { AUDIT_SIGNING_KEY: newSigningKey() } });
});
afterAll(() => system.close());
beforeEach(async () => {
  user = new ErasureSubject(system, `anna-${randomUUID()}`, `secret-${randomUUID()}`);
  await user.live();
  await user.chain.seal();
  kept = await user.chain.newestCheckpoint();
});

const asOwner = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;

describe('forgetting a user', () => {
  it('takes the user out of every table, and the audit rows still verify', async () => {
    expect(await user.traces()).toEqual([
      ...[
        'ai_conversation_follows',
        'ai_conversations',
        'bedrock_model_switches',
        'idempotency_keys',
        'model_invocations',
      ],
      ...[
        'notification_receipts',
        'notifications',
        'switch_events',
        'switches_daily',
        'usage_daily',
        'user_months',
      ],
    ]);
    const { status, body } = await user.erase();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      pseudonym: `erased:${body.id}`,
      requestedBy: 'service:bootstrap',
      completedAt: null,
      erasedRows: {
        ...{ ai_conversations: 1, switch_events: 3, model_invocations: 2, notifications: 2 },
        ...{ notification_receipts: 2, idempotency_keys: 1, switches_daily: 2, usage_daily: 1 },
      },
    });
    expect(await user.traces()).toEqual(['erasures']);
    expect(await user.chain.verify(kept)).toMatchObject({ intact: true, erased: 2 });
    await user.complete();
    expect(await user.traces()).toEqual([]);
    await user.chain.seal();
    const after = await user.chain.verify(kept);
    expect(after).toMatchObject({ intact: true, waiting: 0 });
    expect(after.checked).toBe(Number(kept.position) + 1);
    const { body: list } = await system.get('/v1/erasures?limit=1');
    expect(list.items).toMatchObject([
      { id: body.id, completedAt: expect.any(String), erasedRows: body.erasedRows },
    ]);
    expect(JSON.stringify(list)).not.toContain(user.id);
  });

  it('leaves a key that was bound to the user bound to the pseudonym', async () => {
    const { body: key } = await system.call('POST', '/v1/keys', {
      name: 'bound',
      scopes: ['switch'],
      defaults: { userId: user.id },
    });
    const { text } = await system.get(`/v1/users/${user.id}/export`);
    const [exported] = text.split('\n').filter((line) => line.includes('"service_keys"'));
    expect(JSON.parse(exported!).row).toMatchObject({ id: key.id, defaults: { userId: user.id } });
    expect(JSON.parse(exported!).row).not.toHaveProperty('hash');
    expect(await user.traces()).toContain('service_keys');
    const { body } = await user.erase();
    expect((await system.get(`/v1/keys/${key.id}`)).body.defaults.userId).toBe(body.pseudonym);
    await user.complete();
    expect(await user.traces()).toEqual([]);
  });

  it('leaves what was switched when, by what and what it saves', async () => {
    const rows = () =>
      asOwner(
        `SELECT id, previous_model_id, new_model_id, seq, conversation_id, cost_impact_estimated, timestamp
         FROM bedrock_model_switches ORDER BY id`,
      );
    const before = await rows();
    const { body } = await user.erase();
    expect(await rows()).toEqual(before);
    const [row] = await asOwner(
      `SELECT user_id, reason, notification_message, request_id FROM bedrock_model_switches
       WHERE user_id = $1 AND reason IS NOT NULL`,
      [body.pseudonym],
    );
    expect(row).toEqual({
      ...{ user_id: body.pseudonym, reason: 'erased', notification_message: 'erased', request_id: 'erased' },
    });
  });

  it('touches nobody else', async () => {
    const other = new ErasureSubject(system, `ben-${randomUUID()}`, `secret-${randomUUID()}`);
    await other.live();
    const before = await system.get(`/v1/users/${other.id}/export`);
    await user.erase();
    await user.complete();
    expect((await system.get(`/v1/users/${other.id}/export`)).text).toBe(before.text);
  });

  it('also holds for an audit row that is written afterwards', async () => {
    const [{ id }] = await asOwner(
      'SELECT o.id FROM outbox o JOIN switch_events e USING (id) WHERE e.user_id = $1',
      [user.id],
    );
    const { body } = await user.erase();
    await user.record(id);
    await user.chain.seal();
    expect(await asOwner('SELECT user_id FROM bedrock_model_switches WHERE id = $1', [id])).toEqual([
      { user_id: body.pseudonym },
    ]);
    expect(await user.chain.verify(kept)).toMatchObject({ intact: true });
  });

  it('waits for a worker that is writing one of the audit rows', async () => {
    const { app } = system.environment;
    await app.query('BEGIN');
    const { rows } = await app.query(
      `DELETE FROM outbox o USING switch_events e WHERE e.id = o.id AND e.user_id = $1 RETURNING o.id`,
      [user.id],
    );
    const erasing = user.erase();
    await insertAuditRow(app, rows[0].id);
    await app.query('COMMIT');
    expect((await erasing).status).toBe(200);
    expect(await user.traces()).toEqual(['erasures']);
    await user.chain.seal();
    expect(await user.chain.verify(kept)).toMatchObject({ intact: true });
  });

  it('erases what was under way when it was asked for, a minute later', async () => {
    await user.erase();
    await user.calls(3);
    expect(await user.traces()).toEqual(['erasures', 'model_invocations']);
    await user.complete();
    expect(await user.traces()).toEqual([]);
    const { body } = await system.get('/v1/erasures?limit=1');
    expect(body.items[0].erasedRows.model_invocations).toBe(5);
  });

  it('is one erasure however often it is asked for, and a 404 when it is done', async () => {
    const all = await Promise.all([user.erase(), user.erase(), user.erase()]);
    expect(new Set(all.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    await user.complete();
    expect(await user.erase()).toMatchObject({ status: 404, body: { code: 'user_unknown' } });
  });

  it.each(['service:bootstrap', 'system:recovery', 'erased:00000000-0000-4000-8000-000000000000'])(
    'is not for %s, who is nobody',
    async (id) => {
      const { status } = await system.call('POST', `/v1/users/${encodeURIComponent(id)}/erase`);
      expect(status).toBe(400);
    },
  );

  it('ends the access of the user to the conversation', async () => {
    const token = await userToken(user.id);
    const url = `/v1/conversations/of-${user.secret}/history`;
    expect((await system.get(url, { token })).status).toBe(200);
    await user.erase();
    const again = { action: 'auto-switch', useCase: 'health', conversationId: `of-${user.secret}` };
    expect((await system.act(again, { token })).status).toBe(404);
  });
});

describe('an erasure is no way to hide a change:', () => {
  const S = 'bedrock_model_switches';
  let pseudonym: string;
  beforeEach(async () => {
    pseudonym = (await user.erase()).body.pseudonym;
    await user.complete();
    await user.chain.seal();
    expect(await user.chain.problems()).toEqual([]);
    await user.chain.remember();
    return () => user.chain.restore();
  });

  it.each([
    ['another reason', `UPDATE ${S} SET reason = 'x' WHERE user_id = '%'`],
    ['another message', `UPDATE ${S} SET notification_message = 'x' WHERE user_id = '%'`],
    ['another user', `UPDATE ${S} SET user_id = 'x' WHERE user_id = '%'`],
    [
      'another key as the actor',
      `UPDATE ${S} SET actor = 'service:x' WHERE user_id = '%' AND actor LIKE 'service:%'`,
    ],
    ['another model', `UPDATE ${S} SET new_model_id = 'x' WHERE user_id = '%'`],
  ])('%s', async (_, attack) => {
    await user.chain.attack(attack.replace('%', pseudonym));
    expect((await user.chain.problems())[0]).toMatch(/^row_changed \d+$/);
  });

  it('an erasure that nobody recorded', async () => {
    const other = new ErasureSubject(system, `cleo-${randomUUID()}`, `secret-${randomUUID()}`);
    await other.live();
    await other.chain.seal();
    await user.chain.attack(`SELECT * FROM erase_switches('${other.id}', 'erased:${randomUUID()}', 100)`);
    expect(await user.chain.problems()).toEqual(['erasure_mismatch null']);
  });

  it('a row slipped under an erasure that was recorded', async () => {
    const other = new ErasureSubject(system, `cleo-${randomUUID()}`, `secret-${randomUUID()}`);
    await other.live();
    await other.chain.seal();
    await user.chain.attack(`SELECT * FROM erase_switches('${other.id}', '${pseudonym}', 100)`);
    const { problems } = await user.chain.verify();
    expect(problems).toMatchObject([
      { code: 'erasure_mismatch', detail: expect.stringContaining(pseudonym) },
    ]);
  });

  it('a record of an erasure that was changed or removed', async () => {
    await user.chain.attack(`UPDATE erasures SET requested_by = 'somebody' WHERE pseudonym = '${pseudonym}'`);
    expect(await user.chain.problems()).toEqual([expect.stringMatching(/^row_changed \d+$/)]);
    await user.chain.attack(`DELETE FROM erasures WHERE pseudonym = '${pseudonym}'`);
    expect(await user.chain.problems()).toEqual([
      expect.stringMatching(/^row_missing \d+$/),
      'erasure_mismatch null',
    ]);
  });
});

describe('exporting a user', () => {
  const lines = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('gives every row of every table, to the user and to an auditor', async () => {
    await user.calls(1_001);
    const token = await userToken(user.id);
    const own = await system.get(`/v1/users/${user.id}/export`, { token });
    expect(own.headers['content-type']).toBe('application/x-ndjson');
    const rows = lines(own.text);
    const last = rows.pop();
    expect(last).toEqual({ complete: true, rows: rows.length });
    const count = (table: string) => rows.filter((each) => each.table === table).length;
    expect(count('model_invocations')).toBe(1_003);
    expect(new Set(rows.map(({ row }) => JSON.stringify(row))).size).toBe(rows.length);
    expect(
      ['switch_events', 'bedrock_model_switches', 'notifications', 'ai_conversations'].map(count),
    ).toEqual([1, 2, 2, 1]);
    expect(rows.filter(({ row }) => row.user_id === user.id && row.reason === user.secret)).toHaveLength(3);
    expect((await system.get(`/v1/users/${user.id}/export`)).text).toBe(own.text);
  });

  it('is a 404 for a user of whom there is nothing', async () => {
    expect(await system.get(`/v1/users/${randomUUID()}/export`)).toMatchObject({
      ...{ status: 404, body: { code: 'user_unknown' } },
    });
  });
});

describe('the rules', () => {
  it('know every column that can name a person', async () => {
    const rows = await asOwner(
      `SELECT DISTINCT relname AS name FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         AND attname IN ('user_id', 'actor', 'on_behalf_of', 'recipient', 'person', 'created_by', 'requested_by')
         AND relname NOT IN (SELECT table_name FROM personal_data_rules) ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      // Only keys and operators of the database change keys and webhooks.
      ...['access_changes'],
      // Erased by a separate function.
      ...['bedrock_model_switches'],
      // Only keys and operators of the database change budgets; it leaves their users out.
      ...['budget_changes'],
      // Only keys and operators of the database change the catalogue.
      ...['catalogue_changes'],
      // Keys and people who operate decide.
      ...['change_decisions'],
      // Forgets the person itself when it is completed.
      ...['erasures'],
      // Keys and people who operate order them.
      ...['model_moves'],
      // Keys and people who operate edit use cases.
      ...['reviewed_edits'],
      // Made by keys.
      ...['switch_events'],
      // Keys and people who operate request them.
      ...['validation_sweeps'],
    ]);
  });

  it.each([
    `SELECT erase_personal_data('bedrock_models', 'a', 'erased:${randomUUID()}', 10)`,
    `SELECT erase_personal_data('ai_conversations', 'user-456', 'mallory', 10)`,
    `SELECT erase_switches('user-456', 'mallory', 10)`,
    `SELECT expire_rows('bedrock_model_switches', 1, 10)`,
  ])('let the application do no more than they say: %s', async (statement) => {
    await expect(system.environment.app.query(statement)).rejects.toThrow();
  });

  it.each([
    `INSERT INTO personal_data_rules VALUES ('service_keys', 'id', 'true', NULL)`,
    `UPDATE retention_rules SET at_least = 1`,
    'DELETE FROM erasures',
  ])('are not the application’s to change: %s', async (statement) => {
    await expect(system.environment.app.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    `user_id = 'erased:x'`,
    `user_id = 'erased:x', reason = 'x', notification_message = 'erased', request_id = 'erased'`,
    `user_id = 'erased:x', reason = 'erased', notification_message = 'erased', request_id = 'erased', new_model_id = 'x'`,
  ])('let not even the owner change a switch but by erasing: %s', async (change) => {
    for (const table of ['switch_events', 'bedrock_model_switches'])
      await expect(asOwner(`UPDATE ${table} SET ${change} WHERE user_id = $1`, [user.id])).rejects.toThrow(
        'is append-only',
      );
  });
});
