import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANNELS = `
CREATE TABLE channels (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  kind text NOT NULL CHECK (kind IN ('slack', 'email')),
  target jsonb NOT NULL,
  target_digest text NOT NULL GENERATED ALWAYS AS (md5(target::text)) STORED,
  encrypted_secret text NOT NULL,
  secret_id uuid NOT NULL,
  kinds text[],
  use_cases text[],
  least_urgency text NOT NULL CHECK (least_urgency IN ('info', 'warn', 'page')),
  language text NOT NULL,
  include_reasons boolean NOT NULL,
  position bigint NOT NULL,
  digest_after bigint NOT NULL,
  digest_until bigint,
  digest_due_at timestamptz,
  held_after bigint,
  posts integer NOT NULL DEFAULT 0,
  posts_since timestamptz,
  created_at timestamptz NOT NULL,
  delivered_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  last_error text,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz,
  lease uuid,
  leased_until timestamptz,
  CONSTRAINT channels_name UNIQUE (name)
);
COMMENT ON TABLE channels IS 'where people read notifications of operators: Slack channels and mailboxes of the installation';
COMMENT ON COLUMN channels.target IS 'address without its secret';
COMMENT ON COLUMN channels.target_digest IS 'says in access_changes that the address changed, without people''s addresses';
COMMENT ON COLUMN channels.encrypted_secret IS 'URL of Slack or password of SMTP, encrypted by a key of WEBHOOK_SIGNING_KEYS';
COMMENT ON COLUMN channels.secret_id IS 'changes with the secret';
COMMENT ON COLUMN channels.position IS 'notifications.seq: everything up to it was delivered, waits for the digest, or is not for this channel';
COMMENT ON COLUMN channels.digest_after IS 'the seq up to which the last digest counted';
COMMENT ON COLUMN channels.digest_until IS 'the last seq of the digest that is being sent';
COMMENT ON COLUMN channels.held_after IS 'the seq after which urgent notifications wait for the digest, too';
CREATE TRIGGER record_change
  AFTER INSERT OR DELETE OR UPDATE OF name, kind, target, secret_id, kinds, use_cases, least_urgency, language, include_reasons ON channels
  FOR EACH ROW EXECUTE FUNCTION record_access_change('channel',
    'name,kind,target_digest,secret_id,kinds,use_cases,least_urgency,language,include_reasons');`;

/** Creates the channels that people read, with their positions in the feed. */
export class CreateChannels1765340000000 implements MigrationInterface {
  readonly creates = ['channels'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(CHANNELS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE channels');
  }
}
