import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A prefix is found by bytes, whatever the collation of the database is. */
const PREFIX = 'text_pattern_ops';

/** Foreign keys look here for the rows of a use case that is deleted, too. */
const INDEXES = {
  ai_conversations_of_use_case: `ai_conversations (use_case, id ${PREFIX})`,
  ai_conversation_follows_use_case: 'ai_conversation_follows (use_case)',
  ai_assistants_use_case: 'ai_assistants (use_case)',
  user_months_user: `user_months (user_id ${PREFIX})`,
};

/** Of the operator class that compares for equality, too. */
const REPLACED = {
  switch_events_request: (column: string) => `switch_events (${column}, occurred_at DESC, id DESC)`,
  model_invocations_request: (column: string) => `model_invocations (${column})`,
};

/** Indexes conversations, users and requests by the beginnings of their ids, and what refers to a use case. */
export class FindByPrefix1765360001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON ${definition}`);
    await replace(db, `request_id ${PREFIX}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await replace(db, 'request_id');
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}

async function replace(db: QueryRunner, column: string): Promise<void> {
  for (const [name, definition] of Object.entries(REPLACED)) {
    await db.query(`DROP INDEX ${name}`);
    await db.query(`CREATE INDEX ${name} ON ${definition(column)}`);
  }
}
