import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sweeps flip more often than people edit, and lists leave their changes out: see the filter of the api. */
const INDEXES = {
  catalogue_changes_newest: 'catalogue_changes (changed_at DESC, id DESC)',
  catalogue_changes_of_others: `catalogue_changes (changed_at DESC, id DESC) WHERE actor <> 'system:validation'`,
  catalogue_changes_actor: 'catalogue_changes (actor, changed_at DESC, id DESC)',
  // A deleted model is looked for here by the foreign keys, too.
  ai_conversations_failed_model: 'ai_conversations (failed_model_id) WHERE failed_model_id IS NOT NULL',
  ai_conversations_resume_model: 'ai_conversations (resume_model_id) WHERE resume_model_id IS NOT NULL',
};

/** Indexes changes of the catalogue by time and actor, and fallbacks by the models that they name. */
export class FindCatalogueChanges1765110004000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON ${definition}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}
