import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In the order of a list: those that follow a use case, those pinned to a model, and the pins of a use case and of all. */
const INDEXES = {
  ai_conversations_followers: '(use_case, id) WHERE pinned_model_id IS NULL',
  // A move reads the pages of its plan from the index alone.
  ai_conversations_pinned:
    '(pinned_model_id, id) INCLUDE (use_case, pin_kind) WHERE pinned_model_id IS NOT NULL',
  ai_conversations_pins_of_use_case: '(use_case, id) WHERE pinned_model_id IS NOT NULL',
  ai_conversations_pins: '(id) WHERE pinned_model_id IS NOT NULL',
};
const REPLACED = {
  ai_conversations_followers: '(use_case) WHERE pinned_model_id IS NULL',
  ai_conversations_pinned: '(pinned_model_id) WHERE pinned_model_id IS NOT NULL',
};

/** Indexes conversations for the pages of a list. */
export class ListConversations1765110000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const name of Object.keys(REPLACED)) await db.query(`ALTER INDEX ${name} RENAME TO ${name}_old`);
    for (const [name, definition] of Object.entries(INDEXES)) await create(db, name, definition);
    for (const name of Object.keys(REPLACED)) await db.query(`DROP INDEX ${name}_old`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
    for (const [name, definition] of Object.entries(REPLACED)) await create(db, name, definition);
  }
}

const create = (db: QueryRunner, name: string, definition: string) =>
  db.query(`CREATE INDEX ${name} ON ai_conversations ${definition}`);
