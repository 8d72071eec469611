import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Covering indexes: all columns that queries for a user's conversations and their follows need are in the index. */
const COVERING = [
  'CREATE INDEX ai_conversations_of_user ON ai_conversations (user_id, id)',
  'DROP INDEX ai_conversations_user',
  'CREATE UNIQUE INDEX ai_conversation_follows_spans ON ai_conversation_follows (conversation_id, use_case, after_seq) INCLUDE (until_seq)',
  'ALTER TABLE ai_conversation_follows DROP CONSTRAINT ai_conversation_follows_pkey',
  `ALTER TABLE ai_conversation_follows ADD CONSTRAINT ai_conversation_follows_pkey
     PRIMARY KEY USING INDEX ai_conversation_follows_spans`,
];
const NOT_COVERING = [
  'CREATE INDEX ai_conversations_user ON ai_conversations (user_id)',
  'DROP INDEX ai_conversations_of_user',
  'ALTER TABLE ai_conversation_follows DROP CONSTRAINT ai_conversation_follows_pkey',
  'ALTER TABLE ai_conversation_follows ADD PRIMARY KEY (conversation_id, use_case, after_seq)',
];

const NOTIFICATIONS = `
ALTER TABLE notifications ADD COLUMN read boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN notifications.read IS 'of audience user: acknowledged, which the receipt says; true only where it is, and false also before this column was there';
CREATE INDEX notifications_unread ON notifications (user_id, seq DESC) WHERE audience = 'user' AND NOT read;
CREATE INDEX notifications_user_others ON notifications (user_id, seq DESC) WHERE audience = 'user' AND kind <> 'switch';`;

/** However many a user has: those that are not acknowledged, those of a rare kind, and what its conversations followed. */
export class FindNotifications1764900004000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...COVERING, NOTIFICATIONS]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX notifications_user_others, notifications_unread');
    await db.query('ALTER TABLE notifications DROP COLUMN read');
    for (const statement of NOT_COVERING) await db.query(statement);
  }
}
