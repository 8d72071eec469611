import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_BOTH = `
COMMENT ON TABLE webhook_deliveries IS 'each attempt to deliver a message to a webhook or a channel, without the message and without the response but its status';
COMMENT ON COLUMN webhook_deliveries.webhook_id IS 'webhook or channel; may be deleted: a foreign key would make each batch of attempts fail with it';
COMMENT ON COLUMN webhook_deliveries.notification_id IS 'of a digest: its own id, which no notification has';`;

const OF_WEBHOOKS = `
COMMENT ON TABLE webhook_deliveries IS 'each attempt to deliver a message to a webhook, without the message and without the response but its status';
COMMENT ON COLUMN webhook_deliveries.webhook_id IS 'may be deleted: a foreign key would make each batch of attempts fail with it';
COMMENT ON COLUMN webhook_deliveries.notification_id IS NULL;
DELETE FROM webhook_deliveries d WHERE EXISTS (SELECT FROM channels c WHERE c.id = d.webhook_id);`;

/** Says that the attempts to deliver to channels are in the table of those to webhooks. */
export class RecordDeliveriesOfChannels1765381000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(OF_BOTH);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(OF_WEBHOOKS);
  }
}
