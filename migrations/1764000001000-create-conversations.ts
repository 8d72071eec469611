import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONVERSATIONS = `
CREATE TABLE ai_conversations (
  id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 128),
  user_id text NOT NULL CHECK (length(user_id) > 0),
  use_case text NOT NULL REFERENCES use_cases,
  pinned_model_id text REFERENCES bedrock_models,
  pin_kind text CHECK (pin_kind IN ('manual', 'fallback')),
  failed_model_id text REFERENCES bedrock_models,
  resume_model_id text REFERENCES bedrock_models,
  recheck_at timestamptz,
  cool_downs jsonb NOT NULL DEFAULT '{}',
  exchange_count integer NOT NULL DEFAULT 0,
  input_tokens bigint NOT NULL DEFAULT 0,
  output_tokens bigint NOT NULL DEFAULT 0,
  last_exchange_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  switch_seq bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT a_pin_has_a_kind CHECK ((pinned_model_id IS NULL) = (pin_kind IS NULL)),
  CONSTRAINT only_a_fallback_has_failed CHECK ((pin_kind IS NOT DISTINCT FROM 'fallback') = (failed_model_id IS NOT NULL))
);
COMMENT ON COLUMN ai_conversations.resume_model_id IS 'the pin by hand to which a fallback goes back; null: back to following';
COMMENT ON COLUMN ai_conversations.recheck_at IS 'when to see whether failed_model_id is healthy again';
CREATE INDEX ai_conversations_user ON ai_conversations (user_id);
CREATE INDEX ai_conversations_followers ON ai_conversations (use_case) WHERE pinned_model_id IS NULL;
CREATE INDEX ai_conversations_fallbacks ON ai_conversations (recheck_at) WHERE pin_kind = 'fallback';
CREATE INDEX ai_conversations_usage ON ai_conversations (last_exchange_at) WHERE exchange_count > 0;`;

const FOLLOWED = `
CREATE TABLE ai_conversation_follows (
  conversation_id text NOT NULL REFERENCES ai_conversations ON DELETE CASCADE,
  use_case text NOT NULL REFERENCES use_cases,
  after_seq bigint NOT NULL,
  until_seq bigint,
  PRIMARY KEY (conversation_id, use_case, after_seq)
);
COMMENT ON TABLE ai_conversation_follows IS
  'which switches of a use case reached a conversation: those with after_seq < seq <= until_seq';
CREATE UNIQUE INDEX ai_conversation_follows_open ON ai_conversation_follows (conversation_id) WHERE until_seq IS NULL;`;

export class CreateConversations1764000001000 implements MigrationInterface {
  readonly creates = ['ai_conversations', 'ai_conversation_follows'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(CONVERSATIONS);
    await db.query(FOLLOWED);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE ai_conversation_follows, ai_conversations');
  }
}
