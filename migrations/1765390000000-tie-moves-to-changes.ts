import type { MigrationInterface, QueryRunner } from 'typeorm';

const COMMENTS = [
  ['model_moves.change', 'change that ordered the move, and who approved it; null: nobody had to'],
  ['model_moves.undo_change', 'change that ordered its undo, and who approved it; null: nobody had to'],
];

/** Keeps the authority of a change for the switches that a worker makes after it was applied. */
export class TieMovesToChanges1765390000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE model_moves ADD COLUMN change jsonb, ADD COLUMN undo_change jsonb');
    for (const [column, comment] of COMMENTS) await db.query(`COMMENT ON COLUMN ${column} IS '${comment}'`);
    await db.query(`COMMENT ON COLUMN change_operations.scope IS 'use-case:<name>, model:<id> or move:<id>'`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`COMMENT ON COLUMN change_operations.scope IS 'use-case:<name> or model:<id>'`);
    await db.query('ALTER TABLE model_moves DROP COLUMN change, DROP COLUMN undo_change');
  }
}
