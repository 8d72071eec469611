import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In the order of a list; those of a user replace the index on the user alone. Failures are few. */
const INDEXES = {
  model_invocations_time: '(started_at DESC, id DESC)',
  model_invocations_of_user: '(user_id, started_at DESC, id DESC)',
  model_invocations_conversation:
    '(conversation_id, started_at DESC, id DESC) WHERE conversation_id IS NOT NULL',
  model_invocations_request: '(request_id)',
  model_invocations_unanswered: `(outcome, started_at DESC, id DESC) WHERE outcome <> 'answered'`,
};

/** Indexes calls for the pages of a list. */
export class FindCalls1765110002000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON model_invocations ${definition}`);
    await db.query('DROP INDEX model_invocations_user');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX model_invocations_user ON model_invocations (user_id)');
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}
