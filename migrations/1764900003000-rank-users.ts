import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
CREATE TABLE user_months (
  user_id text NOT NULL,
  month date NOT NULL,
  calls bigint NOT NULL DEFAULT 0,
  cost_usd numeric(30, 15) NOT NULL DEFAULT 0,
  switches bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, month)
);
COMMENT ON TABLE user_months IS 'usage_daily and switches_daily by month: who can be among those with most of something, and who cannot';
CREATE INDEX user_months_calls ON user_months (month, calls DESC);
CREATE INDEX user_months_cost_usd ON user_months (month, cost_usd DESC);
CREATE INDEX user_months_switches ON user_months (month, switches DESC);`;

/** Figures of each column in one day of a user. */
const OF_DAY = {
  usage_daily: 'answered + refused + failed + cancelled AS calls, cost_usd, 0 AS switches',
  switches_daily: '0 AS calls, 0 AS cost_usd, switches',
};
type Daily = keyof typeof OF_DAY;
const COLUMNS = ['calls', 'cost_usd', 'switches'];
const names = COLUMNS.join(', ');
const month = `date_trunc('month', day::timestamp)::date`;

/** Applies each change of a day to its month: a roll-up, an erasure or an expiry. */
const FOLLOW = `
CREATE FUNCTION roll_up_user_months() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  added text := CASE WHEN TG_OP <> 'DELETE' THEN format('SELECT user_id, day, %s FROM new_rows', TG_ARGV[0]) END;
  gone text := CASE WHEN TG_OP <> 'INSERT' THEN format('SELECT user_id, day, ${COLUMNS.map((name) => `-${name}`).join(', ')}
    FROM (SELECT user_id, day, %s FROM old_rows) AS o', TG_ARGV[0]) END;
BEGIN
  EXECUTE format($sql$
    INSERT INTO user_months AS m (user_id, month, ${names})
    SELECT user_id, ${month}, ${COLUMNS.map((name) => `sum(${name})`).join(', ')} FROM (%s) AS changed (user_id, day, ${names})
    GROUP BY 1, 2 HAVING (${COLUMNS.map((name) => `sum(${name})`).join(', ')}) <> (0, 0, 0)
    ON CONFLICT (user_id, month) DO UPDATE SET ${COLUMNS.map((name) => `${name} = m.${name} + excluded.${name}`).join(', ')} $sql$,
    concat_ws(' UNION ALL ', added, gone));
  IF TG_OP = 'DELETE' THEN
    DELETE FROM user_months WHERE (user_id, month) IN (SELECT user_id, ${month} FROM old_rows) AND (${names}) = (0, 0, 0);
  END IF;
  RETURN NULL;
END $$;`;

const triggersOn = (table: Daily) => `
CREATE TRIGGER months_gain AFTER INSERT ON ${table} REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_user_months('${OF_DAY[table]}');
CREATE TRIGGER months_change AFTER UPDATE ON ${table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_user_months('${OF_DAY[table]}');
CREATE TRIGGER months_lose AFTER DELETE ON ${table} REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_user_months('${OF_DAY[table]}');`;

const BACKFILL = `
INSERT INTO user_months (user_id, month, ${names})
SELECT user_id, ${month}, ${COLUMNS.map((name) => `sum(${name})`).join(', ')} FROM (
  SELECT user_id, day, ${OF_DAY.usage_daily} FROM usage_daily
  UNION ALL SELECT user_id, day, ${OF_DAY.switches_daily} FROM switches_daily) AS days
GROUP BY 1, 2 ORDER BY 2`;

/** Creates sums by user and month as a bound, so that a ranking need not sum up all users. */
export class RankUsers1764900003000 implements MigrationInterface {
  readonly creates = ['user_months'];

  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLE);
    await db.query(FOLLOW);
    for (const table of Object.keys(OF_DAY) as Daily[]) await db.query(triggersOn(table));
    await db.query(BACKFILL);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of Object.keys(OF_DAY))
      for (const trigger of ['months_gain', 'months_change', 'months_lose'])
        await db.query(`DROP TRIGGER ${trigger} ON ${table}`);
    await db.query('DROP FUNCTION roll_up_user_months()');
    await db.query('DROP TABLE user_months');
  }
}
