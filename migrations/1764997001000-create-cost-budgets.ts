import type { MigrationInterface, QueryRunner } from 'typeorm';

const BUDGETS = `
CREATE TABLE cost_budgets (
  id uuid PRIMARY KEY,
  scope text NOT NULL GENERATED ALWAYS AS (CASE WHEN use_case IS NOT NULL THEN 'use_case' WHEN key_owner IS NOT NULL THEN 'key'
    WHEN user_id IS NOT NULL THEN 'user' ELSE 'all' END) STORED,
  subject text NOT NULL GENERATED ALWAYS AS (coalesce(use_case, key_owner, user_id, '')) STORED,
  use_case text REFERENCES use_cases ON DELETE CASCADE,
  key_owner text,
  user_id text,
  period text NOT NULL CHECK (period IN ('day', 'month')),
  limit_usd numeric(18, 6) NOT NULL CHECK (limit_usd > 0),
  updated_at timestamptz NOT NULL,
  CONSTRAINT has_one_subject CHECK (num_nonnulls(use_case, key_owner, user_id) <= 1),
  UNIQUE (scope, subject, period)
);
COMMENT ON TABLE cost_budgets IS 'limits in USD that warn and block nothing; without a use case, key or user: of all calls';
COMMENT ON COLUMN cost_budgets.key_owner IS 'service_keys.owner, or bootstrap: the key and its successors by rotation';
COMMENT ON COLUMN cost_budgets.user_id IS 'owner of the calls';
COMMENT ON COLUMN cost_budgets.period IS 'a day or a month of UTC';

CREATE TABLE budget_warnings (
  budget_id uuid NOT NULL REFERENCES cost_budgets ON DELETE CASCADE,
  period_start date NOT NULL,
  limit_usd numeric(18, 6) NOT NULL,
  threshold smallint NOT NULL,
  raised_at timestamptz NOT NULL,
  PRIMARY KEY (budget_id, period_start, limit_usd, threshold)
);
COMMENT ON TABLE budget_warnings IS 'thresholds that were reached, each once in a period; another limit has its own';
COMMENT ON COLUMN budget_warnings.threshold IS 'percent of the limit';
CREATE INDEX budget_warnings_age ON budget_warnings (raised_at);

CREATE TABLE budget_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  budget_id uuid NOT NULL,
  actor text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  before jsonb,
  after jsonb
);
COMMENT ON TABLE budget_changes IS
  'every change of budgets, by the api or by plain SQL, without users; before null: made, after null: removed';
CREATE INDEX budget_changes_budget ON budget_changes (budget_id, id DESC);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON budget_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** Leaves the user out: a change is kept for ever, and a user may be erased. */
const RECORD = `
CREATE FUNCTION record_budget_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  left_out CONSTANT text[] := '{id,subject,user_id,updated_at}';
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  IF old_row - left_out IS DISTINCT FROM new_row - left_out THEN
    INSERT INTO budget_changes (budget_id, actor, before, after)
    VALUES ((coalesce(new_row, old_row) ->> 'id')::uuid,
      coalesce(nullif(current_setting('orchestrator.actor', true), ''), 'sql:' || session_user),
      old_row - left_out, new_row - left_out);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON cost_budgets
  FOR EACH ROW EXECUTE FUNCTION record_budget_change();`;

/** Creates budgets, their warnings, and the record of their changes. */
export class CreateCostBudgets1764997001000 implements MigrationInterface {
  readonly creates = ['cost_budgets', 'budget_warnings', 'budget_changes'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [BUDGETS, RECORD]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE budget_changes, budget_warnings, cost_budgets');
    await db.query('DROP FUNCTION record_budget_change()');
  }
}
