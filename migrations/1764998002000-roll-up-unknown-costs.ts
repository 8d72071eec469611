import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
CREATE TABLE unknown_costs_daily (
  day date NOT NULL,
  model_id text NOT NULL,
  use_case text NOT NULL,
  reason text NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (day, model_id, use_case, reason)
);
COMMENT ON TABLE unknown_costs_daily IS
  'calls and attempts whose cost is not known, by the price that is missing; days are of UTC. Those that a release before rolled up are not in it';`;

/** Rolls up why costs are not known, so that operators see which price is missing. */
export class RollUpUnknownCosts1764998002000 implements MigrationInterface {
  readonly creates = ['unknown_costs_daily'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLE);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE unknown_costs_daily');
  }
}
