/** Author of the demo data in the changes of the catalogue. */
export const DEMO_ACTOR = 'demo-seed';

/** Not the best candidates, so that the document's own commands cause a switch on a fresh installation. */
const ACTIVE_MODELS = {
  clinical: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  health: 'eu.amazon.nova-2-lite-v1:0',
};

/** Only without switches and conversations: an installation in use is not changed. */
export const DEMO_ACTIVE_MODELS = Object.entries(ACTIVE_MODELS).map(
  ([useCase, modelId]) => `UPDATE use_cases SET active_model_id = '${modelId}'
     WHERE name = '${useCase}' AND switch_seq = 0 AND NOT EXISTS (SELECT FROM ai_conversations)`,
);

/** Data for a first run: the source document's own conversation, one per use case, and assistants. */
export const DEMO_CONVERSATIONS = [
  `INSERT INTO ai_assistants (id, name, use_case) VALUES
     ('assistant-clinical', 'Medical assistant', 'clinical'),
     ('assistant-health', 'Health coach', 'health'),
     ('assistant-operations', 'Back office', 'operations'),
     ('assistant-platform', 'Platform help', 'platform')
   ON CONFLICT DO NOTHING`,
  `WITH created AS (
     INSERT INTO ai_conversations (id, user_id, use_case) VALUES
       ('conv-123', 'user-456', 'clinical'),
       ('conv-124', 'user-457', 'clinical'),
       ('conv-200', 'user-456', 'health'),
       ('conv-300', 'user-458', 'operations'),
       ('conv-400', 'user-459', 'platform')
     ON CONFLICT DO NOTHING RETURNING id, use_case)
   INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
   SELECT created.id, created.use_case, use_cases.switch_seq FROM created JOIN use_cases ON use_cases.name = created.use_case`,
];
