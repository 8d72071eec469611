import type { MigrationInterface, QueryRunner } from 'typeorm';

const WHOSE = [
  'ALTER TABLE ai_conversation_follows ADD COLUMN user_id text',
  'UPDATE ai_conversation_follows f SET user_id = c.user_id FROM ai_conversations c WHERE c.id = f.conversation_id',
  'ALTER TABLE ai_conversation_follows ALTER COLUMN user_id SET NOT NULL',
  `COMMENT ON COLUMN ai_conversation_follows.user_id IS 'whose the conversation is; a trigger knows'`,
  `CREATE FUNCTION know_follower() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
   BEGIN
     NEW.user_id := (SELECT user_id FROM ai_conversations WHERE id = NEW.conversation_id);
     RETURN NEW;
   END $$`,
  'CREATE TRIGGER know_follower BEFORE INSERT ON ai_conversation_follows FOR EACH ROW EXECUTE FUNCTION know_follower()',
  'CREATE INDEX ai_conversation_follows_of_user ON ai_conversation_follows (user_id, use_case, until_seq, after_seq)',
];

/** Stores the owner of each follow, so that a query for a user need not read each of the user's conversations. */
export class KnowFollowers1764940000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of WHOSE) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER know_follower ON ai_conversation_follows');
    await db.query('DROP FUNCTION know_follower');
    await db.query('ALTER TABLE ai_conversation_follows DROP COLUMN user_id');
  }
}
