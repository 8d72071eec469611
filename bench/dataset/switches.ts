import { SWITCH_ROLL_UPS } from '../../test/support/switch-roll-ups.js';
import type { Size } from './distribution.js';

/** Written in the order in which they happened, as in a PostgreSQL in production. */
export const switchesSql = ({ rows }: Size): string[] => [
  `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, on_behalf_of, switch_action,
     switch_type, previous_model_id, new_model_id, previous_price_version, new_price_version, reason,
     notification_shown, notification_title, notification_message, request_id, occurred_at)
   SELECT bench.id(1, i), CASE WHEN conversation IS NULL THEN 'use_case' ELSE 'conversation' END,
     'conv-' || conversation, use_case, seq, user_id, CASE WHEN conversation IS NULL THEN user_id ELSE 'service:chat' END,
     CASE WHEN conversation IS NOT NULL THEN user_id END, action,
     CASE action WHEN 'manual_switch' THEN 'manual' ELSE 'auto' END,
     CASE WHEN new_model = old_model THEN 'eu.mistral.pixtral-large-2402-v1:0' ELSE old_model END, new_model, 3, 5,
     bench.one_of(ARRAY['Cost optimization', 'Patient asked for more detail', NULL, 'A shorter answer is enough',
       'Cost optimization', NULL, 'The model did not answer'], bench.dice(i, 14)),
     bench.dice(i, 15) < 0.98, 'Switching AI Model', 'Upgraded from one model to another one...',
     bench.id(9, i)::text, time
   FROM (
     SELECT *, bench.model_of(use_case, bench.dice(i, 11)) AS new_model, bench.model_of(use_case, bench.dice(i, 12)) AS old_model,
       CASE WHEN bench.dice(i, 13) < 0.005 THEN 'fallback_switch' WHEN bench.dice(i, 13) < 0.25 THEN 'auto_switch'
         ELSE 'manual_switch' END AS action
     FROM bench.events OFFSET 0) AS e`,
  `INSERT INTO bedrock_model_switches (id, user_id, conversation_id, previous_model_id, new_model_id, switch_action,
     reason, notification_shown, notification_title, notification_message, switch_type, timestamp,
     cost_impact_estimated, created_at, scope, use_case, seq, actor, on_behalf_of, previous_price_version,
     new_price_version, request_id, cost_impact_horizon, cost_impact_assumption)
   SELECT id, user_id, conversation_id, previous_model_id, new_model_id, switch_action, reason, notification_shown,
     notification_title, notification_message, switch_type, occurred_at,
     CASE WHEN random() < 0.97 THEN random() - 0.3 END, occurred_at + interval '80 milliseconds', scope, use_case, seq,
     actor, on_behalf_of, previous_price_version, new_price_version, request_id,
     CASE scope WHEN 'conversation' THEN '12 exchanges' ELSE '30 days' END,
     '{"basis": "use_case", "exchanges": 12, "inputTokensPerExchange": 1800, "outputTokensPerExchange": 600}'
   FROM switch_events`,
  `INSERT INTO switch_savings (switch_id, calls, saved_usd, unknown_savings)
   SELECT id, 1 + n % 12, random() - 0.3, CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END
   FROM (SELECT id, row_number() OVER () AS n FROM switch_events) AS e WHERE n % 10 < 7`,
  // A worker seals every five seconds what there is: two rows at a time, and the newest wait.
  `INSERT INTO audit_seals (position, kind, subject_id, commitment, hash, sealed_at)
   SELECT n, 'switch', id, sha256(id::text::bytea), sha256(id::text::bytea), CASE WHEN n % 2 = 0 THEN occurred_at END
   FROM (SELECT id, occurred_at, row_number() OVER () AS n FROM switch_events) AS e WHERE n <= ${rows - 4}`,
  `INSERT INTO audit_salts (subject_id, salt)
   SELECT subject_id, decode(md5(subject_id::text), 'hex') FROM audit_seals`,
  `INSERT INTO audit_unsealed (kind, subject_id)
   SELECT 'switch', id FROM switch_events e WHERE occurred_at > (SELECT max(sealed_at) FROM audit_seals)`,
  ...SWITCH_ROLL_UPS,
];
