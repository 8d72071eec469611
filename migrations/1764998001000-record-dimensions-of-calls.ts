import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Not validated, which would read all calls while nobody can record one: in none of them is the reason set. */
const COLUMNS = `
ALTER TABLE model_invocations
  ADD COLUMN cache_write_1h_tokens integer,
  ADD COLUMN service_tier text,
  ADD COLUMN cost_unknown text,
  ADD CONSTRAINT known_costs_have_no_reason CHECK (cost_unknown IS NULL OR cost_usd IS NULL) NOT VALID;
COMMENT ON COLUMN model_invocations.cache_write_1h_tokens IS
  'part of cache_write_tokens that the cache keeps for an hour; null: no usage, or a call of an earlier release';
COMMENT ON COLUMN model_invocations.service_tier IS
  'tier that served the call; null: the default, or a call of an earlier release';
COMMENT ON COLUMN model_invocations.cost_unknown IS
  'price that is missing, if cost_usd is null; null there: a call of an earlier release, or without usage';`;

/** Records what the price of a call depends on, and why a cost is not known. */
export class RecordDimensionsOfCalls1764998001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE model_invocations DROP CONSTRAINT known_costs_have_no_reason,
      DROP COLUMN cache_write_1h_tokens, DROP COLUMN service_tier, DROP COLUMN cost_unknown`);
  }
}
