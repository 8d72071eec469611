import type { MigrationInterface, QueryRunner } from 'typeorm';

const NOTIFICATIONS = `
CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  seq bigint,
  kind text NOT NULL CHECK (kind IN ('switch', 'lifecycle', 'validation', 'alert')),
  audience text NOT NULL CHECK (audience IN ('user', 'followers', 'operators')),
  user_id text,
  conversation_id text,
  use_case text,
  use_case_seq bigint,
  type text NOT NULL CHECK (type IN ('auto', 'manual')),
  title text NOT NULL,
  message text NOT NULL,
  model_id text NOT NULL,
  model_name text NOT NULL,
  provider text,
  reason text,
  details jsonb NOT NULL DEFAULT '{}',
  silent boolean NOT NULL,
  occurred_at timestamptz NOT NULL,
  CONSTRAINT a_user_is_named CHECK ((audience = 'user') = (user_id IS NOT NULL)),
  CONSTRAINT followers_follow_a_switch CHECK (audience <> 'followers' OR (use_case IS NOT NULL AND use_case_seq IS NOT NULL))
);
COMMENT ON COLUMN notifications.id IS 'of a switch: the id of its event';
COMMENT ON COLUMN notifications.seq IS 'the order of publication, given after the commit under one lock, so that who has read up to a number misses nothing; null: not published yet';
COMMENT ON COLUMN notifications.audience IS 'user: user_id; followers: whoever had a conversation that followed use_case at its switch use_case_seq, and operators; operators: nobody else';
CREATE SEQUENCE notifications_seq OWNED BY notifications.seq;
CREATE UNIQUE INDEX notifications_published ON notifications (seq);
CREATE INDEX notifications_unpublished ON notifications (occurred_at, id) WHERE seq IS NULL;
CREATE INDEX notifications_user ON notifications (user_id, seq DESC) WHERE audience = 'user';
CREATE INDEX notifications_followers ON notifications (use_case, seq DESC) WHERE audience = 'followers';
CREATE INDEX notifications_operators ON notifications (seq DESC) WHERE audience <> 'user';

CREATE TABLE notification_receipts (
  recipient text NOT NULL,
  notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
  shown_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  PRIMARY KEY (recipient, notification_id)
);
COMMENT ON COLUMN notification_receipts.recipient IS 'user:<id>, or service:<name of a key> for an operator';
CREATE INDEX notification_receipts_notification ON notification_receipts (notification_id);`;

/** Creates notifications, one row for any number of recipients, and the receipts of each recipient. */
export class CreateNotifications1764500000000 implements MigrationInterface {
  readonly creates = ['notifications', 'notification_receipts'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(NOTIFICATIONS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE notification_receipts, notifications');
  }
}
