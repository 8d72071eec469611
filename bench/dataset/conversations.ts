import { BUSIEST, type Size, USE_CASES } from './distribution.js';

/** Conversations with what they have used and what they follow; the busiest one was pinned and let go again and again. */
export const conversationsSql = ({ rows, conversations }: Size): string[] => [
  `INSERT INTO ai_conversations (id, user_id, use_case, pinned_model_id, pin_kind, failed_model_id, recheck_at,
     exchange_count, input_tokens, output_tokens, last_exchange_at, version, switch_seq, created_at, updated_at)
   SELECT 'conv-' || c, bench.user_of(c), bench.use_case_of(c), CASE WHEN pin IS NOT NULL THEN bench.model_of(bench.use_case_of(c), bench.dice(c, 22)) END,
     pin, CASE pin WHEN 'fallback' THEN 'eu.amazon.nova-micro-v1:0' END,
     CASE pin WHEN 'fallback' THEN now() + interval '1 second' * (c % 1000 - 500) END, exchanges, exchanges * 1800,
     exchanges * 600, CASE WHEN exchanges > 0 THEN least(bench.time_of(c * 5) + interval '1 minute' * exchanges, now()) END, 1 + exchanges,
     exchanges, bench.time_of(c * 5), bench.time_of(c * 5)
   FROM (
     SELECT c, CASE c WHEN 0 THEN ${rows / 100} ELSE floor(-5 * ln(1 - bench.dice(c, 20)))::int END AS exchanges,
       CASE WHEN bench.dice(c, 21) < 0.0005 THEN 'fallback' WHEN bench.dice(c, 21) < 0.3 THEN 'manual' END AS pin
     FROM generate_series(0::bigint, ${conversations - 1}) AS c OFFSET 0) AS e`,
  `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq, until_seq)
   SELECT 'conv-' || c, bench.user_of(c), bench.use_case_of(c), bench.use_case_seq(c * 5),
     CASE WHEN bench.dice(c, 21) < 0.3 THEN bench.use_case_seq(c * 5) + c % 2 END
   FROM generate_series(1::bigint, ${conversations - 1}) AS c`,
  `INSERT INTO ai_conversation_follows (conversation_id, user_id, use_case, after_seq, until_seq)
   SELECT '${BUSIEST.conversation}', '${BUSIEST.user}', bench.use_case_of(0), seq, seq + 2
   FROM generate_series(0, bench.use_case_seq(${rows}), 5) AS seq`,
  `UPDATE use_cases SET switch_seq = bench.use_case_seq(${rows}) + 1 WHERE name IN (${USE_CASES.map((name) => `'${name}'`).join(', ')})`,
];
