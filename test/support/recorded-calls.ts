import { RollUpRepository } from '#libs/costs/roll-up.repository.js';
import type { Within } from './rolled-back.js';
import { HAIKU } from './switch-rows.js';

interface RecordedCall {
  /** SQL of its start. */
  at: string;
  model?: string;
  conversation?: string | null;
  ms?: number;
  tokens?: [input: number, output: number, cacheRead: number, cacheWrite: number];
  attempts?: number;
  outcome?: string;
  user?: string;
  cost?: number;
}
/** Records a call of `clinical` on Haiku for 0.001 USD, unless it is given otherwise. */
export async function called({ sql }: Within, call: RecordedCall): Promise<void> {
  const { model = HAIKU, conversation = 'conv-1', ms = 0, tokens = [1000, 0, 0, 0], attempts = 1 } = call;
  const { outcome = 'answered', user = 'anna', cost = 0.001 } = call;
  await sql(
    `WITH made AS (
       INSERT INTO model_invocations (id, started_at, request_id, conversation_id, use_case, user_id, actor, model_id,
         outcome, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, estimated, cost_usd, attempts,
         latency_ms, first_text_ms, streamed)
       VALUES (gen_random_uuid(), ${call.at}, 'r', $1, 'clinical', $2, 'user:anna', $3, $4, $5, $6, $7, $8, false, $9,
         (SELECT json_agg(json_build_object('modelId', $3::text)) FROM generate_series(1, $10)), $11, $11 / 2, true)
       RETURNING id, started_at)
     INSERT INTO invocations_to_roll_up (invocation_ids, started_ats, in_conversations)
     SELECT ARRAY[id], ARRAY[started_at], false FROM made`,
    [conversation, user, model, outcome, ...tokens, cost, attempts, ms],
  );
}
export const rollUp = ({ db }: Within) => new RollUpRepository(db).rollUp(1_000);
