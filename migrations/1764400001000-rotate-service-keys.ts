import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which key took over from which. */
export class RotateServiceKeys1764400001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE service_keys ADD COLUMN replaced_by uuid REFERENCES service_keys');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE service_keys DROP COLUMN replaced_by');
  }
}
