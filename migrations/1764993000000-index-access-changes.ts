import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  access_changes_newest: '(changed_at DESC, id DESC)',
  access_changes_actor: '(actor, changed_at DESC, id DESC)',
};

/** Indexes access changes for the newest ones, of all actors or of one, and for those of a period. */
export class IndexAccessChanges1764993000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON access_changes ${definition}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}
