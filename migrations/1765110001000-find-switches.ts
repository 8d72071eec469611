import type { MigrationInterface, QueryRunner } from 'typeorm';

const FOUND_BY = ['actor', 'request_id', 'previous_model_id', 'new_model_id'];
const SHORT: Record<string, string> = {
  previous_model_id: 'from',
  new_model_id: 'to',
  request_id: 'request',
};

/** In the order of a list, as the other indexes of each table. */
const INDEXES = FOUND_BY.flatMap((column) => [
  [`switch_events_${SHORT[column] ?? column}`, `switch_events (${column}, occurred_at DESC, id DESC)`],
  [
    `bedrock_model_switches_${SHORT[column] ?? column}`,
    `bedrock_model_switches (${column}, timestamp DESC NULLS LAST, id DESC NULLS LAST)`,
  ],
]);

/** Indexes switches for those of an actor, of a request, and from or to a model. */
export class FindSwitches1765110001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of INDEXES) await db.query(`CREATE INDEX ${name} ON ${definition}`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${INDEXES.map(([name]) => name).join(', ')}`);
  }
}
