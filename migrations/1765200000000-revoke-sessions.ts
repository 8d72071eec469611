import type { MigrationInterface, QueryRunner } from 'typeorm';

const REVOKED = `
CREATE TABLE revoked_sessions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id text NOT NULL CHECK (length(person_id) BETWEEN 10 AND 140),
  session_id text,
  revoked_at timestamptz NOT NULL
);
COMMENT ON TABLE revoked_sessions IS
  'sessions of people who operate that ended before their tokens; session_id null: all of the person until then';
CREATE INDEX revoked_sessions_time ON revoked_sessions (revoked_at);`;

/** Ends sessions of people on every instance. Rows are needed as long as a token may be valid. */
export class RevokeSessions1765200000000 implements MigrationInterface {
  readonly creates = ['revoked_sessions'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(REVOKED);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE revoked_sessions');
  }
}
