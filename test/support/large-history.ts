import { asAdmin } from './empty-database.js';

/* Data of a platform after a year: 300,000 conversations, 200,000 switches, and work that is waiting. */

/** The conversation that has switched most, or followed and was pinned most often. */
export const BUSY = 'conv-1000';

const conversations = (count: number) => [
  `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind, failed_model_id, recheck_at,
     exchange_count, input_tokens, output_tokens, last_exchange_at)
   SELECT 'conv-' || i, 'user-' || i % 2000, (ARRAY['clinical', 'clinical', 'health', 'operations', 'platform'])[1 + i % 5],
     CASE WHEN i % 10 < 3 THEN 'eu.amazon.nova-lite-v1:0' END,
     CASE WHEN i % 200 = 0 THEN 'fallback' WHEN i % 10 < 3 THEN 'manual' END,
     CASE WHEN i % 200 = 0 THEN 'eu.amazon.nova-micro-v1:0' END,
     CASE WHEN i % 200 = 0 THEN now() + interval '1 minute' * (i % 1000 - 500) END,
     i % 7, 1800 * (i % 7), 600 * (i % 7), CASE WHEN i % 7 > 0 THEN now() - interval '1 year' * i / 300000 END
   FROM generate_series(1000, ${999 + count}) AS i`,
  `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq, until_seq)
   SELECT id, user_id, use_case, 280, CASE WHEN pinned_model_id IS NOT NULL THEN 290 END FROM ai_conversations
   WHERE id LIKE 'conv-____%'`,
];

const SWITCHES = [
  `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
     previous_model_id, new_model_id, reason, notification_shown, notification_title, notification_message,
     request_id, occurred_at)
   SELECT gen_random_uuid(), CASE WHEN i % 150 = 0 THEN 'use_case' ELSE 'conversation' END,
     CASE WHEN i % 150 > 0 THEN 'conv-' || 1000 + c END,
     CASE WHEN i % 150 = 0 THEN (ARRAY['clinical', 'health', 'operations', 'platform'])[1 + i / 150 % 4]
       ELSE (ARRAY['clinical', 'clinical', 'health', 'operations', 'platform'])[1 + c % 5] END,
     CASE WHEN i % 150 = 0 THEN i / 600 + 1 ELSE i / 50000 + 1 END, 'user-' || (1000 + c) % 2000,
     'service:chat', CASE WHEN i % 500 = 1 THEN 'fallback_switch' WHEN i % 3 = 0 THEN 'auto_switch' ELSE 'manual_switch' END,
     CASE WHEN i % 500 = 1 OR i % 3 = 0 THEN 'auto' ELSE 'manual' END, 'eu.anthropic.claude-sonnet-4-6',
     'eu.amazon.nova-lite-v1:0', 'Cost optimization', true, 'Switching AI Model', 'Upgraded from one to another ...',
     gen_random_uuid(), now() - interval '1 year' * (200000 - i) / 200000
   FROM generate_series(0, 199999) AS i, LATERAL (SELECT (i::bigint * 7919 % 50000)::int) AS t (c)`,
  // One conversation has ten thousand, from the middle of the year.
  `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
     previous_model_id, new_model_id, reason, notification_shown, notification_title, notification_message,
     request_id, occurred_at)
   SELECT gen_random_uuid(), scope, '${BUSY}', 'clinical', 1000 + i, 'user-1000', actor, switch_action, switch_type,
     previous_model_id, new_model_id, reason, true, notification_title, notification_message, request_id,
     now() - interval '20 weeks' * (1 + (10000 - i) / 10000.0)
   FROM generate_series(1, 10000) AS i, (SELECT * FROM switch_events WHERE scope = 'conversation' LIMIT 1) AS e`,
  `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
     reason, notification_shown, notification_title, notification_message, switch_type, timestamp,
     cost_impact_estimated, scope, use_case, seq, actor, request_id, cost_impact_horizon, cost_impact_assumption)
   SELECT id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, reason, notification_shown,
     notification_title, notification_message, switch_type, occurred_at, 0.186149, scope, use_case, seq, actor,
     request_id, '12 exchanges', '{}' FROM switch_events`,
  `INSERT INTO audit_seals (position, kind, subject_id, commitment, hash, sealed_at)
   SELECT row_number() OVER (ORDER BY timestamp, id), 'switch', id, sha256(id::text::bytea), sha256(id::text::bytea),
     CASE WHEN random() < 0.2 THEN timestamp END FROM bedrock_model_switches ORDER BY 1 LIMIT 209000`,
  `INSERT INTO audit_salts SELECT subject_id, decode(md5(subject_id::text), 'hex') FROM audit_seals`,
  `INSERT INTO audit_unsealed (kind, subject_id) SELECT 'switch', id FROM bedrock_model_switches
   WHERE id NOT IN (SELECT subject_id FROM audit_seals)`,
];

/** Notifications of half a year; every third one of a single user is acknowledged. */
const NOTIFICATIONS = [
  `INSERT INTO notifications (id, seq, kind, audience, user_id, conversation_id, use_case, use_case_seq, type, title,
     message, model_id, model_name, provider, reason, details, silent, occurred_at)
   SELECT gen_random_uuid(), i, 'switch', CASE WHEN i % 150 = 0 THEN 'followers' ELSE 'user' END,
     CASE WHEN i % 150 > 0 THEN 'user-' || i % 2000 END, CASE WHEN i % 150 > 0 THEN 'conv-' || 1000 + i % 50000 END,
     (ARRAY['clinical', 'health', 'operations', 'platform'])[1 + i / 150 % 4], CASE WHEN i % 150 = 0 THEN i / 300 END, 'auto',
     'Auto-Switching AI Model', 'Upgraded from one to another ...', 'eu.amazon.nova-lite-v1:0', 'Amazon Nova Lite', 'amazon',
     'Cost optimization', '{"direction": "downgrade"}', i % 50 = 1, now() - interval '1 second' * 150 * (100000 - i)
   FROM generate_series(1, 100000) AS i`,
  `INSERT INTO notification_receipts (recipient, notification_id, shown_at, acknowledged_at)
   SELECT 'user:' || user_id, id, occurred_at, occurred_at FROM notifications WHERE user_id IS NOT NULL AND seq % 3 = 0`,
  // One user has many conversations and, before all others, many notifications, all but the first ten acknowledged.
  `INSERT INTO ai_conversations (id, user_id, use_case)
   SELECT 'many-' || i, 'user-many', (ARRAY['clinical', 'health'])[1 + i % 2] FROM generate_series(1, 20000) AS i`,
  `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq)
   SELECT id, user_id, use_case, 200 + length(id) FROM ai_conversations WHERE user_id = 'user-many'`,
  `INSERT INTO notifications (id, seq, kind, audience, user_id, conversation_id, type, title, message, model_id, model_name,
     silent, occurred_at, read)
   SELECT gen_random_uuid(), -i, 'switch', 'user', 'user-many', 'many-' || i, 'auto', 'Auto-Switching AI Model', 'message',
     'eu.amazon.nova-lite-v1:0', 'Amazon Nova Lite', false, now() - interval '180 days', i <= 19990
   FROM generate_series(1, 20000) AS i`,
  `INSERT INTO notification_receipts (recipient, notification_id, shown_at, acknowledged_at)
   SELECT 'user:user-many', id, occurred_at, occurred_at FROM notifications WHERE read`,
];

const WORK = [
  `INSERT INTO outbox (id, job, available_at, dead_at)
   SELECT gen_random_uuid(), 'switching.record-switch', now() + interval '1 second' * (i - 125000),
     CASE WHEN i % 100 = 0 THEN now() END FROM generate_series(1, 250000) AS i`,
  `INSERT INTO idempotency_keys (actor, key, request_hash, answer, created_at)
   SELECT 'service:' || i % 10, gen_random_uuid(), md5(i::text), repeat('x', 400), now() - interval '1 second' * i
   FROM generate_series(1, 150000) AS i`,
  `INSERT INTO service_keys (id, name, owner, hash, scopes, created_by, created_at)
   SELECT gen_random_uuid(), 'key ' || i, 'key ' || i, sha256(i::text::bytea), '{read}', 'service:cli', now() - interval '1 hour' * i
   FROM generate_series(1, 10000) AS i`,
];

const ACCESS_CHANGES = [
  `INSERT INTO access_changes (entity, entity_id, actor, changed_at)
   SELECT CASE WHEN i % 100 = 0 THEN 'webhook' ELSE 'service_key' END, ('00000000-0000-4000-8000-' || lpad((i / 3)::text, 12, '0'))::uuid,
     'service:' || i % 1000, now() - interval '1 year' * (200000 - i) / 200000
   FROM generate_series(1, 200000) AS i`,
];

export const BIG_TABLES = [
  'ai_conversations',
  'ai_conversation_follows',
  'switch_events',
  'bedrock_model_switches',
  'audit_seals',
  'audit_salts',
  'audit_unsealed',
  'outbox',
  'idempotency_keys',
  'service_keys',
  'access_changes',
];

export const NOTIFICATION_TABLES = [
  'ai_conversations',
  'ai_conversation_follows',
  'notifications',
  'notification_receipts',
];

/** Checking a million references would take longer than everything that is measured. */
const UNCHECKED = 'SET session_replication_role = replica; SET synchronous_commit = off';

/** Fills a seeded database and brings the planner's statistics up to date. */
export const fillWithAYear = (database: string) =>
  fill(database, [conversations(300_000), SWITCHES, WORK, ACCESS_CHANGES], BIG_TABLES);

export const fillWithAccessChanges = (database: string) =>
  fill(database, [ACCESS_CHANGES], ['access_changes']);

/** Fewer conversations, and the notifications of their users. */
export const fillWithNotifications = (database: string) =>
  fill(database, [conversations(100_000), NOTIFICATIONS], NOTIFICATION_TABLES);

async function fill(database: string, parts: string[][], tables: string[]): Promise<void> {
  await Promise.all(parts.map((part) => asAdmin(database, [UNCHECKED, ...part].join(';\n'))));
  await asAdmin(database, `VACUUM ANALYZE ${tables.join(', ')}`);
}
