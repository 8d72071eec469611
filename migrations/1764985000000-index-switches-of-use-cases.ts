import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  switch_events_shared_time: 'switch_events (occurred_at DESC, id DESC)',
  bedrock_model_switches_shared_time: 'bedrock_model_switches (timestamp DESC, id DESC)',
};

/** The newest switches of use cases themselves, however many of conversations came after them. */
export class IndexSwitchesOfUseCases1764985000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES))
      await db.query(`CREATE INDEX ${name} ON ${definition} WHERE conversation_id IS NULL`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ${Object.keys(INDEXES).join(', ')}`);
  }
}
