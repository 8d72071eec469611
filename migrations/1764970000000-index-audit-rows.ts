import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  bedrock_model_switches_user: '(user_id, timestamp DESC NULLS LAST, id DESC NULLS LAST)',
  bedrock_model_switches_conversation:
    '(conversation_id, timestamp DESC NULLS LAST, id DESC NULLS LAST) WHERE conversation_id IS NOT NULL',
  bedrock_model_switches_use_case: '(use_case, timestamp DESC NULLS LAST, id DESC NULLS LAST)',
  bedrock_model_switches_shared: '(use_case, seq) WHERE conversation_id IS NULL',
  bedrock_model_switches_fallbacks: `(timestamp DESC, id DESC) WHERE switch_action = 'fallback_switch'`,
};

/** Indexes audit rows like events before, because lists now read the audit rows, which are sealed. */
export class IndexAuditRows1764970000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON bedrock_model_switches ${definition}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}
