import { BUSIEST, type Size } from './distribution.js';

/** Notifications about switches, and their receipts. The busiest user has acknowledged all but the newest. */
export const notificationsSql = ({ rows }: Size): string[] => [
  `INSERT INTO notifications (id, seq, kind, audience, user_id, conversation_id, use_case, use_case_seq, type, title,
     message, model_id, model_name, provider, reason, details, silent, occurred_at, read)
   SELECT bench.id(1, i), i + 1, kind, audience, CASE audience WHEN 'user' THEN user_id END,
     CASE audience WHEN 'user' THEN 'conv-' || conversation END, use_case, CASE audience WHEN 'followers' THEN seq END,
     CASE WHEN bench.dice(i, 13) < 0.25 THEN 'auto' ELSE 'manual' END, 'Switching AI Model',
     'Upgraded from one model to another one...', bench.model_of(use_case, bench.dice(i, 11)), 'Amazon Nova Lite',
     'amazon', CASE WHEN i % 3 > 0 THEN 'Cost optimization' END,
     '{"from": "Claude Sonnet 4.6", "direction": "downgrade"}', bench.dice(i, 15) >= 0.98, time,
     audience = 'user' AND CASE user_id WHEN '${BUSIEST.user}' THEN i < ${rows} * 0.999 ELSE i % 10 < 4 END
   FROM (
     SELECT *, CASE WHEN i % 20000 = 1 THEN 'operators' WHEN conversation IS NULL THEN 'followers' ELSE 'user' END AS audience,
       CASE WHEN i % 20000 = 1 THEN bench.one_of(ARRAY['lifecycle', 'validation', 'alert'], bench.dice(i, 16)) ELSE 'switch' END AS kind
     FROM bench.events OFFSET 0) AS e`,
  `INSERT INTO notification_receipts (recipient, notification_id, shown_at, acknowledged_at)
   SELECT 'user:' || user_id, id, occurred_at + interval '1 second', CASE WHEN read THEN occurred_at + interval '5 seconds' END
   FROM notifications WHERE audience = 'user' AND (read OR seq % 10 > 7)`,
  `SELECT setval('notifications_seq', ${rows})`,
];
