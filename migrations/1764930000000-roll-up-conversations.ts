import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls of an api before this one are in their conversations already: it added them when it recorded them. */
export class RollUpConversations1764930000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'ALTER TABLE invocations_to_roll_up ADD COLUMN in_conversations boolean NOT NULL DEFAULT true',
    );
    await db.query(
      `COMMENT ON COLUMN invocations_to_roll_up.in_conversations IS 'true: their conversations count these calls already'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE invocations_to_roll_up DROP COLUMN in_conversations');
  }
}
