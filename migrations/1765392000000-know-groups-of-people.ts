import type { MigrationInterface, QueryRunner } from 'typeorm';

const GROUPS = `
CREATE TABLE person_groups (
  person_id text PRIMARY KEY CHECK (length(person_id) BETWEEN 10 AND 140),
  groups text[] NOT NULL,
  issued_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);
COMMENT ON TABLE person_groups IS
  'groups of people who operate, by their newest token: an approval counts while they give the right to approve';
CREATE INDEX person_groups_seen ON person_groups (seen_at);`;

/** Keeps what the newest token of a person says, so that a lost right is known before the person decides again. */
export class KnowGroupsOfPeople1765392000000 implements MigrationInterface {
  readonly creates = ['person_groups'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(GROUPS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE person_groups');
  }
}
