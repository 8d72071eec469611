import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = ['switch', 'lifecycle', 'validation', 'alert'];

/** Not validated, which would read all notifications under a lock: they fulfil the narrower check of before. */
const kindsAre = (kinds: string[], validation = '') => `
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check,
  ADD CONSTRAINT notifications_kind_check CHECK (kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})) ${validation}`;

/** Lets notifications be about change requests. */
export class NotifyOfChanges1765380000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(kindsAre([...KINDS, 'change'], 'NOT VALID'));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DELETE FROM notifications WHERE kind = 'change'`);
    await db.query(kindsAre(KINDS));
  }
}
