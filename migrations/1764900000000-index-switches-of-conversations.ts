import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest switches of a conversation, however many it has: those by number are not in the order of a list. */
export class IndexSwitchesOfConversations1764900000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE INDEX switch_events_conversation ON switch_events (conversation_id, occurred_at DESC, id DESC)
         WHERE conversation_id IS NOT NULL`,
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX switch_events_conversation');
  }
}
