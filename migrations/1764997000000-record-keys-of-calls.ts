import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEYS = `
ALTER TABLE model_invocations ADD COLUMN key_owner text;
COMMENT ON COLUMN model_invocations.key_owner IS
  'service_keys.owner of the key that called, or bootstrap; null: a user with its own token, or a call of an earlier release';
CREATE TABLE usage_of_keys (
  key_owner text NOT NULL,
  day date NOT NULL,
  cost_usd numeric(30, 15) NOT NULL,
  unknown_costs bigint NOT NULL,
  PRIMARY KEY (key_owner, day)
);
COMMENT ON TABLE usage_of_keys IS 'what the calls of a key and its successors cost, by day (UTC)';
COMMENT ON COLUMN usage_of_keys.cost_usd IS 'of the calls whose cost is known; unknown_costs counts the others';`;

/** Records which key made a call, and rolls up what the calls of each key cost. */
export class RecordKeysOfCalls1764997000000 implements MigrationInterface {
  readonly creates = ['usage_of_keys'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(KEYS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE usage_of_keys');
    await db.query('ALTER TABLE model_invocations DROP COLUMN key_owner');
  }
}
