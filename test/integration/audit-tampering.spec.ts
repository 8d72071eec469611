import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuditChain, newSigningKey } from '../support/audit-chain.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let chain: AuditChain;
let ids: string[];
let kept: Record<string, unknown>;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { AUDIT_SIGNING_KEY: newSigningKey() } });
  chain = new AuditChain(system);
  ids = await chain.writeTen();
  kept = await chain.newestCheckpoint();
  await chain.remember();
});
afterEach(() => chain.restore());
afterAll(() => system.close());

describe('a superuser who bypasses every trigger is found out after', () => {
  const S = 'bedrock_model_switches';
  const row = (index: number) => `id = '${ids[index]}'`;
  const attacks: [what: string, statements: () => string[], found: string[]][] = [
    ['editing a fact', () => [`UPDATE ${S} SET new_model_id = 'x' WHERE ${row(3)}`], ['row_changed 4']],
    ['editing a reason', () => [`UPDATE ${S} SET reason = 'x' WHERE ${row(0)}`], ['row_changed 1']],
    ['naming another user', () => [`UPDATE ${S} SET user_id = 'x' WHERE ${row(9)}`], ['row_changed 10']],
    [
      'changing a saving',
      () => [`UPDATE ${S} SET cost_impact_estimated = 1 WHERE ${row(1)}`],
      ['row_changed 2'],
    ],
    [
      'changing a time by a microsecond',
      () => [`UPDATE ${S} SET timestamp = timestamp + interval '1 us' WHERE ${row(1)}`],
      ['row_changed 2'],
    ],
    ['deleting a row', () => [`DELETE FROM ${S} WHERE ${row(4)}`], ['row_missing 5']],
    [
      'editing who, why and what in an event',
      () => [
        `UPDATE switch_events SET user_id = 'x', reason = 'x', new_model_id = 'x' WHERE ${row(3)}`,
        `UPDATE switch_events SET on_behalf_of = 'x' WHERE ${row(4)}`,
        `UPDATE switch_events SET occurred_at = occurred_at + interval '1 us' WHERE ${row(5)}`,
      ],
      ['event_changed 4', 'event_changed 5', 'event_changed 6'],
    ],
    ['deleting an event', () => [`DELETE FROM switch_events WHERE ${row(4)}`], ['event_missing 5']],
    [
      'deleting a row with its event and its entry',
      () => [
        `DELETE FROM ${S} WHERE ${row(4)}`,
        `DELETE FROM switch_events WHERE ${row(4)}`,
        'DELETE FROM audit_seals WHERE position = 5',
      ],
      ['entry_missing 5'],
    ],
    [
      'deleting the first rows, and moving the others up',
      () => [
        'DELETE FROM audit_seals WHERE position <= 2',
        'UPDATE audit_seals SET position = position - 2',
        `DELETE FROM ${S} WHERE id IN ('${ids[0]}', '${ids[1]}')`,
        `DELETE FROM switch_events WHERE id IN ('${ids[0]}', '${ids[1]}')`,
      ],
      ['row_changed 1', 'signature_invalid 4', 'signature_invalid 8'],
    ],
    [
      'adding a row',
      () => [
        `INSERT INTO ${S} SELECT (jsonb_populate_record(s, '{"id": "00000000-0000-4000-8000-000000000001"}')).* FROM ${S} s WHERE ${row(2)}`,
      ],
      ['row_not_sealed null'],
    ],
    [
      'swapping what two rows say',
      () => [
        `UPDATE ${S} s SET seq = o.seq, reason = o.reason, timestamp = o.timestamp, created_at = o.created_at FROM ${S} o
         WHERE (s.id, o.id) IN (('${ids[2]}', '${ids[3]}'), ('${ids[3]}', '${ids[2]}'))`,
      ],
      ['row_changed 3', 'row_changed 4'],
    ],
    [
      'swapping two entries',
      () => [
        'UPDATE audit_seals SET position = 99 WHERE position = 2',
        'UPDATE audit_seals SET position = 2 WHERE position = 3',
        'UPDATE audit_seals SET position = 3 WHERE position = 99',
      ],
      ['row_changed 2', 'row_changed 3', 'row_changed 4'],
    ],
    [
      'throwing the salts away',
      () => [`DELETE FROM audit_salts WHERE subject_id = $$${ids[5]}$$`],
      ['row_changed 6'],
    ],
    [
      'cutting the tail within a batch',
      () => [
        'DELETE FROM audit_seals WHERE position >= 9',
        `DELETE FROM ${S} WHERE id IN ('${ids[8]}', '${ids[9]}')`,
        `DELETE FROM switch_events WHERE id IN ('${ids[8]}', '${ids[9]}')`,
      ],
      ['tail_cut 8'],
    ],
    [
      'cutting the tail and leaving the events',
      () => ['DELETE FROM audit_seals WHERE position >= 7', `DELETE FROM ${S} WHERE seq >= 7`],
      Array(4).fill('row_missing null'),
    ],
    [
      'removing a row before it is sealed',
      () => [
        `INSERT INTO audit_unsealed (kind, subject_id) VALUES ('switch', '00000000-0000-4000-8000-000000000002')`,
      ],
      ['row_missing null'],
    ],
    [
      'removing a signature',
      () => ['UPDATE audit_seals SET key_id = NULL, signature = NULL WHERE position = 10'],
      ['signature_missing 10'],
    ],
    [
      'forging a signature',
      () => [
        `UPDATE audit_seals SET signature = set_byte(signature, 5, get_byte(signature, 5) # 1) WHERE position = 6`,
      ],
      ['signature_invalid 6'],
    ],
  ];
  it.each(attacks)('%s', async (_, statements, found) => {
    await chain.attack(...statements());
    expect(await chain.problems()).toEqual(found);
  });

  it('names the switch that was edited', async () => {
    await chain.attack(`UPDATE ${S} SET reason = 'x' WHERE ${row(3)}`);
    const { intact, problems } = await chain.verify();
    expect(intact).toBe(false);
    expect(problems).toEqual([
      {
        code: 'row_changed',
        position: 4,
        switchId: ids[3],
        detail: expect.stringContaining('changed after the append'),
      },
    ]);
  });

  it('editing or deleting events, and people are shown what was sealed', async () => {
    const lists = [
      ...['/v1/switches?limit=100', '/v1/switches?userId=user-456', '/v1/switches?conversationId=sealed'],
      ...['/v1/switches?format=csv', '/v1/switches?format=ndjson', '/v1/users/user-456/export'],
      '/v1/conversations/sealed/history',
    ];
    const shown = async () => {
      const answers = await Promise.all(lists.map((url) => system.get(url)));
      return answers.map(({ status, text }) => [status, text]);
    };
    await system.environment.app.query(
      `INSERT INTO ai_conversations (id, user_id, use_case) VALUES ('sealed', 'user-456', 'clinical') ON CONFLICT DO NOTHING`,
    );
    const before = await shown();
    expect(before.map(([status, text]) => [status, String(text).match(/reason 7/g)?.length])).toEqual(
      lists.map(() => [200, 1]),
    );
    await chain.attack(
      `UPDATE switch_events SET user_id = 'mallory', reason = 'x', new_model_id = 'x', conversation_id = 'other',
         occurred_at = occurred_at - interval '1 year' WHERE ${row(6)}`,
      `DELETE FROM switch_events WHERE ${row(2)}`,
    );
    expect(await shown()).toEqual(before);
    expect((await system.get('/v1/switches?userId=mallory')).body.items).toEqual([]);
    expect(await chain.problems()).toEqual(['event_missing 3', 'event_changed 7']);
  });

  it('cutting the whole tail, which only a checkpoint that was kept elsewhere shows', async () => {
    await chain.attack(
      'DELETE FROM audit_seals WHERE position >= 7',
      `DELETE FROM ${S} WHERE seq >= 7`,
      'DELETE FROM switch_events WHERE seq >= 7',
    );
    expect(await chain.problems()).toEqual([]);
    expect(await chain.problems(kept)).toEqual(['tail_cut 6']);
  });

  const forget = ['TRUNCATE audit_seals, audit_salts, audit_unsealed'];
  const rewrite = (reason: string) => [
    ...forget,
    `UPDATE ${S} SET reason = '${reason}' WHERE ${row(3)}`,
    `UPDATE switch_events SET reason = '${reason}' WHERE ${row(3)}`,
    `INSERT INTO audit_unsealed (kind, subject_id) SELECT 'switch', id FROM ${S} ORDER BY seq`,
  ];

  it('rewriting the chain without the key', async () => {
    await chain.attack(...rewrite('another'));
    await chain.sealWith(undefined);
    expect(await chain.problems()).toEqual(['signature_missing 10']);
    expect(await chain.problems(kept)).toEqual(['history_rewritten 10', 'signature_missing 10']);
  });

  it('rewriting the chain with another key', async () => {
    await chain.attack(...rewrite('another'));
    await chain.sealWith(newSigningKey());
    expect(await chain.problems()).toEqual(['key_unknown 10']);
    expect(await chain.problems(kept)).toEqual(['history_rewritten 10', 'key_unknown 10']);
  });

  it('keeping an old signature over a rewritten chain', async () => {
    const { rows } = await system.environment.owner.query(
      'SELECT key_id, signature FROM audit_seals WHERE position = 10',
    );
    await chain.attack(...rewrite('another'));
    await chain.sealWith(undefined);
    await chain.attack(
      `UPDATE audit_seals SET key_id = '${rows[0].key_id}', signature = '\\x${rows[0].signature.toString('hex')}' WHERE position = 10`,
    );
    expect(await chain.problems()).toEqual(['signature_invalid 10']);
  });
});
