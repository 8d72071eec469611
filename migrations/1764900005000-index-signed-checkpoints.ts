import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes signed checkpoints. The worker searches one before it appends rows after an unsigned one, and a long chain
 * may have none.
 */
export class IndexSignedCheckpoints1764900005000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'CREATE INDEX audit_seals_signed ON audit_seals (position) WHERE sealed_at IS NOT NULL AND signature IS NOT NULL',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX audit_seals_signed');
  }
}
