import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As the writers of roll-ups lock them, who are kept out until the backfill is committed. */
const LOCK = 'LOCK TABLE audit_seals, switch_savings IN SHARE ROW EXCLUSIVE MODE';

const COLUMNS = `
ALTER TABLE switches_hourly ADD COLUMN superseded_usd numeric(30, 6) NOT NULL DEFAULT 0;
ALTER TABLE switches_daily ADD COLUMN superseded_usd numeric(30, 6) NOT NULL DEFAULT 0;
COMMENT ON COLUMN switches_hourly.superseded_usd IS 'part of estimated_usd that later switches have superseded: a sum of estimates leaves it out';
COMMENT ON COLUMN switches_daily.superseded_usd IS 'part of estimated_usd that later switches have superseded: a sum of estimates leaves it out';`;

const NEXT = {
  conversation: 'next.conversation_id = own.conversation_id',
  useCase: 'own.conversation_id IS NULL AND next.conversation_id IS NULL AND next.use_case = own.use_case',
};
const PAIR = (
  next: string,
) => `switch_events own JOIN switch_events next ON ${next} AND next.seq = own.seq + 1
  JOIN bedrock_model_switches s ON s.id = own.id`;
/** An estimate without its exchanges counts whole: least() passes over null. */
const counted = (calls: string) =>
  `round(estimated_usd * least(1, coalesce(${calls}, 0) / nullif(exchanges, 0)), 6)`;
const DURING = `round(estimated_usd * least(1, extract(epoch FROM next_at - timestamp) / (30 * 86400)), 6)`;
const OF_SWITCH = `own.id, next.id AS next_id, s.timestamp, next.occurred_at AS next_at, s.user_id, s.new_model_id,
    s.use_case, s.cost_impact_estimated AS estimated_usd`;
const SHOWN = `id, next_id, date_trunc('hour', timestamp, 'UTC') AS hour, (timestamp AT TIME ZONE 'UTC')::date AS day,
  user_id, new_model_id, use_case, estimated_usd`;

/** The only rule about how much of an estimate counts. It is found from either switch by an index. */
const RULE = `
CREATE VIEW superseded_estimates AS
SELECT ${SHOWN}, exchanges, estimated_usd - ${counted('calls')} AS superseded_usd
FROM (SELECT ${OF_SWITCH}, (s.cost_impact_assumption ->> 'exchanges')::numeric AS exchanges, v.calls
  FROM ${PAIR(NEXT.conversation)} LEFT JOIN switch_savings v ON v.switch_id = own.id
  WHERE s.cost_impact_estimated <> 0) AS of_conversation
UNION ALL
SELECT ${SHOWN}, NULL, estimated_usd - ${DURING}
FROM (SELECT ${OF_SWITCH} FROM ${PAIR(NEXT.useCase)} WHERE s.cost_impact_estimated <> 0) AS of_use_case;
COMMENT ON VIEW superseded_estimates IS 'switches with a next one of the same conversation or use case, and the part of their estimate that it supersedes: of a use case the rest of the 30 days, of a conversation the exchanges that were not made';`;

const KEYS = {
  switches_hourly: 'hour, new_model_id, use_case',
  switches_daily: 'user_id, day, new_model_id, use_case',
};
const addTo = (table: keyof typeof KEYS) => `INSERT INTO ${table} AS t (${KEYS[table]}, superseded_usd)
    SELECT ${KEYS[table]}, sum(superseded_usd) FROM changed GROUP BY ${KEYS[table]}
    ON CONFLICT (${KEYS[table]}) DO UPDATE SET superseded_usd = t.superseded_usd + excluded.superseded_usd`;
const add = (rows: string) => `
  WITH changed AS MATERIALIZED (${rows}), hourly AS (${addTo('switches_hourly')})
  ${addTo('switches_daily')};`;

/** Looks up each row by an index: EXISTS would let the planner read the whole chain. */
const BOTH_APPENDED = `(SELECT true FROM audit_seals a WHERE a.subject_id = e.id)
    AND (SELECT true FROM audit_seals a WHERE a.subject_id = e.next_id)`;
/** A switch of these rows supersedes or is superseded; a pair of two of these rows comes once. */
const pairsOf = (rows: string) => `
    SELECT e.* FROM ${rows} n
    CROSS JOIN LATERAL (SELECT * FROM superseded_estimates WHERE id = n.subject_id LIMIT 1) AS e
    UNION
    SELECT e.* FROM ${rows} n
    CROSS JOIN LATERAL (SELECT * FROM superseded_estimates WHERE next_id = n.subject_id LIMIT 1) AS e`;

const NONE = `0 AS switches, 0 AS manual, 0 AS auto, 0 AS fallback, 0 AS estimated_usd, 0 AS unknown_estimates,
  0 AS selections, 0 AS auto_selections, NULL::timestamptz AS last_selected_at, 0 AS saving_calls, 0 AS saved_usd,
  0 AS unknown_savings`;
const UNROLLED = `
SELECT switched.*, 0::bigint AS saving_calls, 0::numeric AS saved_usd, 0::bigint AS unknown_savings{} FROM audit_unsealed u
CROSS JOIN LATERAL (SELECT * FROM switch_figures f WHERE f.id = u.subject_id LIMIT 1) AS switched
WHERE NOT EXISTS (SELECT FROM audit_seals s WHERE s.subject_id = u.subject_id)`;
const FIGURES = `switches, manual, auto, fallback, estimated_usd, unknown_estimates, saving_calls, saved_usd, unknown_savings`;
const SELECTIONS = 'selections, auto_selections, last_selected_at';

const viewsWith = (column: string, superseded: string) => `
CREATE OR REPLACE VIEW unrolled_switches AS ${UNROLLED.replace('{}', column && ', 0::numeric AS superseded_usd')}${superseded};
CREATE OR REPLACE VIEW switches_by_hour AS
SELECT ${KEYS.switches_hourly}, ${FIGURES}${column} FROM switches_hourly
UNION ALL SELECT ${KEYS.switches_hourly}, ${FIGURES}${column} FROM unrolled_switches;
CREATE OR REPLACE VIEW switches_by_user AS
SELECT ${KEYS.switches_daily}, ${FIGURES}, ${SELECTIONS}${column} FROM switches_daily
UNION ALL SELECT ${KEYS.switches_daily}, ${FIGURES}, ${SELECTIONS}${column} FROM unrolled_switches;
COMMENT ON VIEW switches_by_hour IS 'the roll-up and what is not rolled up yet';
COMMENT ON VIEW switches_by_user IS 'the roll-up and what is not rolled up yet; days are of UTC';`;
const VIEWS = viewsWith(
  ', superseded_usd',
  `
UNION ALL SELECT e.id, NULL, e.hour, e.day, e.user_id, e.new_model_id, e.use_case, ${NONE}, e.superseded_usd
FROM (${pairsOf('audit_unsealed')}) AS e WHERE (${BOTH_APPENDED}) IS NOT TRUE`,
);

/** One writer of all roll-ups at a time, as in the triggers before. It also keeps calls and appends apart. */
const TURN = `PERFORM pg_advisory_xact_lock(hashtextextended('roll-up-usage:' || current_schema(), 0));`;
const WHEN_APPENDED = `
CREATE FUNCTION roll_up_superseded() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  ${TURN}
  ${add(`SELECT * FROM (${pairsOf('new_rows')}) AS e WHERE ${BOTH_APPENDED}`)}
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up_superseded AFTER INSERT ON audit_seals REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_superseded();`;

/** Calls of a superseded switch may be rolled up after its successor was appended. */
const more = (rows: string) => `
    SELECT e.hour, e.day, e.user_id, e.new_model_id, e.use_case,
      ${counted('n.calls_before')} - ${counted('n.calls')} AS superseded_usd
    FROM (${rows}) AS n
    CROSS JOIN LATERAL (SELECT * FROM superseded_estimates WHERE id = n.switch_id LIMIT 1) AS e
    WHERE e.exchanges IS NOT NULL AND ${BOTH_APPENDED}`;
const WHEN_SAVED = `
CREATE FUNCTION roll_up_exchanges_made() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  ${TURN}
  IF TG_OP = 'INSERT' THEN
    ${add(more('SELECT switch_id, 0 AS calls_before, calls FROM new_rows'))}
  ELSE
    ${add(more('SELECT switch_id, o.calls AS calls_before, n.calls FROM new_rows n JOIN old_rows o USING (switch_id)'))}
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up_exchanges AFTER INSERT ON switch_savings REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_exchanges_made();
CREATE TRIGGER roll_up_more_exchanges AFTER UPDATE ON switch_savings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_exchanges_made();`;

/** Hash joins read each table once. */
const BACKFILL = add(`SELECT e.* FROM superseded_estimates e
    JOIN audit_seals a ON a.subject_id = e.id JOIN audit_seals b ON b.subject_id = e.next_id`);

/**
 * Rolls up which part of each estimate the next switch has superseded. It is a separate column, so that the release
 * before, which takes away that of use cases when it reads, still reads the whole.
 */
export class CountSupersededEstimates1765391000000 implements MigrationInterface {
  readonly creates = ['superseded_estimates'];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [LOCK, COLUMNS, RULE, VIEWS, WHEN_APPENDED, WHEN_SAVED])
      await db.query(statement);
    // Large enough to join a year of switches in memory.
    await db.query(`SET LOCAL work_mem = '256MB'`);
    await db.query(BACKFILL);
    await db.query('RESET work_mem');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      DROP TRIGGER roll_up_superseded ON audit_seals;
      DROP TRIGGER roll_up_exchanges ON switch_savings;
      DROP TRIGGER roll_up_more_exchanges ON switch_savings;
      DROP FUNCTION roll_up_superseded(), roll_up_exchanges_made();
      DROP VIEW switches_by_user, switches_by_hour, unrolled_switches, superseded_estimates;`);
    await db.query(viewsWith('', ''));
    await db.query(`
      ALTER TABLE switches_hourly DROP COLUMN superseded_usd;
      ALTER TABLE switches_daily DROP COLUMN superseded_usd;`);
  }
}
