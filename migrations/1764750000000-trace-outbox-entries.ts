import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores the trace of an entry's cause, so that the trace of a request continues in the worker. */
export class TraceOutboxEntries1764750000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE outbox ADD COLUMN traceparent text');
    await db.query(
      `COMMENT ON COLUMN outbox.traceparent IS 'as the W3C writes it; null: nothing was traced'`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE outbox DROP COLUMN traceparent');
  }
}
