import type { MigrationInterface, QueryRunner } from 'typeorm';

const RESUMED = 'ai_conversations_resume_model';
const PASS = 'model_moves_pass_check';
const indexOn = (columns: string) =>
  `CREATE INDEX ${RESUMED} ON ai_conversations (${columns}) WHERE resume_model_id IS NOT NULL`;
const passIn = (passes: string) =>
  `ALTER TABLE model_moves DROP CONSTRAINT ${PASS}, ADD CONSTRAINT ${PASS} CHECK (pass IN (${passes}))`;

/** Adds a pass of moves over the fallbacks that go back to the model, and their pages in the order of an index. */
export class MoveWaysBack1765360000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(passIn('1, 2, 3'));
    await db.query(`DROP INDEX ${RESUMED}`);
    await db.query(indexOn('resume_model_id, id'));
    await db.query(
      `COMMENT ON COLUMN model_moves.total IS 'pinned conversations, and those that go back to a pin on the model'`,
    );
    await db.query(
      `COMMENT ON COLUMN model_move_items.switch_id IS 'of a changed way back a random id: it is no switch'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`COMMENT ON COLUMN model_move_items.switch_id IS NULL`);
    await db.query(`COMMENT ON COLUMN model_moves.total IS 'pinned conversations'`);
    await db.query(`DROP INDEX ${RESUMED}`);
    await db.query(indexOn('resume_model_id'));
    await db.query('UPDATE model_moves SET pass = 2 WHERE pass = 3');
    await db.query(passIn('1, 2'));
  }
}
