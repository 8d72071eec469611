import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Column of a roll-up: its name and type, the figure of one row, and the way to merge rows. */
type Figures = [name: string, type: string, ofRow: string, by?: 'max'][];

const count = 'bigint NOT NULL DEFAULT 0';
/** Figures of audit rows. */
const FIGURES: Figures = [
  ['switches', count, '1'],
  ['manual', count, `(switch_action = 'manual_switch')::int`],
  ['auto', count, `(switch_action = 'auto_switch')::int`],
  ['fallback', count, `(switch_action = 'fallback_switch')::int`],
  ['estimated_usd', 'numeric(30, 6) NOT NULL DEFAULT 0', 'coalesce(cost_impact_estimated, 0)'],
  ['unknown_estimates', count, '(cost_impact_estimated IS NULL)::int'],
];
/** Figures of the user's own choices, for `user_model_preferences`. */
const SELECTIONS: Figures = [
  ['selections', count, `(scope = 'conversation')::int`],
  ['auto_selections', count, `(scope = 'conversation' AND switch_type = 'auto')::int`],
  ['last_selected_at', 'timestamptz', `CASE scope WHEN 'conversation' THEN timestamp END`, 'max'],
];
/** Figures that are added later, with the calls after a switch. */
const SAVINGS: Figures = [
  ['saving_calls', count, 'calls'],
  ['saved_usd', 'numeric(30, 15) NOT NULL DEFAULT 0', 'saved_usd'],
  ['unknown_savings', count, 'unknown_savings'],
];

const names = (figures: Figures) => figures.map(([name]) => name).join(', ');
const columns = (figures: Figures) => figures.map(([name, type]) => `${name} ${type}`).join(', ');
const ofRow = (figures: Figures) => figures.map(([name, , figure]) => `${figure} AS ${name}`).join(', ');
const together = (figures: Figures) =>
  figures.map(([name, , , by = 'sum']) => `${by}(${name}) AS ${name}`).join(', ');
const merged = ([name, , , by]: Figures[number]) =>
  `${name} = ${by === 'max' ? `greatest(t.${name}, excluded.${name})` : `t.${name} + excluded.${name}`}`;

const KEYS = {
  switches_hourly: 'hour, new_model_id, use_case',
  switches_daily: 'user_id, day, new_model_id, use_case',
};
type RollUp = keyof typeof KEYS;

const TABLES = `
CREATE TABLE switches_hourly (
  hour timestamptz NOT NULL, new_model_id text NOT NULL, use_case text NOT NULL,
  ${columns([...FIGURES, ...SAVINGS])}, PRIMARY KEY (${KEYS.switches_hourly})
);
CREATE TABLE switches_daily (
  user_id text NOT NULL, day date NOT NULL, new_model_id text NOT NULL, use_case text NOT NULL,
  ${columns([...FIGURES, ...SAVINGS, ...SELECTIONS])}, PRIMARY KEY (${KEYS.switches_daily})
);
CREATE INDEX switches_daily_day ON switches_daily (day, use_case, new_model_id);
COMMENT ON COLUMN switches_daily.selections IS 'switches of conversations; those of whole use cases are an operator''s choice';`;

const HOUR_AND_DAY = (time: string) =>
  `date_trunc('hour', ${time}, 'UTC') AS hour, (${time} AT TIME ZONE 'UTC')::date AS day, user_id, new_model_id, use_case`;

/** Days are in UTC. Rows that wait for the hash chain are not rolled up yet. */
const VIEWS = `
CREATE VIEW switch_figures AS
SELECT id, timestamp, ${HOUR_AND_DAY('timestamp')}, ${ofRow([...FIGURES, ...SELECTIONS])} FROM bedrock_model_switches;

CREATE VIEW unrolled_switches AS
SELECT switched.*, 0::bigint AS saving_calls, 0::numeric AS saved_usd, 0::bigint AS unknown_savings FROM audit_unsealed u
CROSS JOIN LATERAL (SELECT * FROM switch_figures f WHERE f.id = u.subject_id LIMIT 1) AS switched
WHERE NOT EXISTS (SELECT FROM audit_seals s WHERE s.subject_id = u.subject_id);

CREATE VIEW switches_by_hour AS
SELECT ${KEYS.switches_hourly}, ${names([...FIGURES, ...SAVINGS])} FROM switches_hourly
UNION ALL SELECT ${KEYS.switches_hourly}, ${names([...FIGURES, ...SAVINGS])} FROM unrolled_switches;
CREATE VIEW switches_by_user AS
SELECT ${KEYS.switches_daily}, ${names([...FIGURES, ...SAVINGS, ...SELECTIONS])} FROM switches_daily
UNION ALL SELECT ${KEYS.switches_daily}, ${names([...FIGURES, ...SAVINGS, ...SELECTIONS])} FROM unrolled_switches;
COMMENT ON VIEW switches_by_hour IS 'the roll-up and what is not rolled up yet';
COMMENT ON VIEW switches_by_user IS 'the roll-up and what is not rolled up yet; days are of UTC';`;

/** Adds rows to a roll-up, and creates missing rows. */
const addTo = (table: RollUp, figures: Figures, rows: string) => `
  INSERT INTO ${table} AS t (${KEYS[table]}, ${names(figures)})
  SELECT ${KEYS[table]}, ${together(figures)} FROM (${rows}) AS added GROUP BY ${KEYS[table]}
  ORDER BY ${KEYS[table].includes('day') ? 'day' : 'hour'}
  ON CONFLICT (${KEYS[table]}) DO UPDATE SET ${figures.map(merged).join(', ')};`;

/** Only one writer of all roll-ups at a time: two would wait for each other's rows. */
const TURN = `PERFORM pg_advisory_xact_lock(hashtextextended('roll-up-usage:' || current_schema(), 0));`;

/**
 * The transaction that appends rows to the hash chain removes them from the waiting ones, so that each is added exactly
 * once.
 */
const SEALED = `SELECT f.* FROM new_rows n
    CROSS JOIN LATERAL (SELECT * FROM switch_figures f WHERE f.id = n.subject_id LIMIT 1) AS f`;
const WHEN_SEALED = `
CREATE FUNCTION roll_up_sealed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  ${TURN}
  ${addTo('switches_hourly', FIGURES, SEALED)}
  ${addTo('switches_daily', [...FIGURES, ...SELECTIONS], SEALED)}
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up AFTER INSERT ON audit_seals REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_sealed();`;

/**
 * A switch saves long after it was appended, by calls that are rolled up then. The saving is added to the hour and day
 * of the switch.
 */
const saved = (rows: string) => `SELECT ${HOUR_AND_DAY('occurred_at')}, ${ofRow(SAVINGS)}
    FROM (${rows}) AS more JOIN switch_events e ON e.id = more.switch_id`;
const FIRST = saved('SELECT * FROM new_rows');
const MORE = saved(`SELECT switch_id, n.calls - o.calls AS calls, n.saved_usd - o.saved_usd AS saved_usd,
      n.unknown_savings - o.unknown_savings AS unknown_savings FROM new_rows n JOIN old_rows o USING (switch_id)`);
const WHEN_SAVED = `
CREATE FUNCTION roll_up_savings() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  ${TURN}
  IF TG_OP = 'INSERT' THEN
    ${addTo('switches_hourly', SAVINGS, FIRST)}
    ${addTo('switches_daily', SAVINGS, FIRST)}
  ELSE
    ${addTo('switches_hourly', SAVINGS, MORE)}
    ${addTo('switches_daily', SAVINGS, MORE)}
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER roll_up AFTER INSERT ON switch_savings REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_savings();
CREATE TRIGGER roll_up_more AFTER UPDATE ON switch_savings REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_savings();`;

/** Adds the existing rows, except those that wait for the hash chain. No append and no roll-up runs meanwhile. */
const soFar = (table: RollUp, figures: Figures) => [
  addTo(
    table,
    [...figures, ...SAVINGS],
    `SELECT f.*, ${SAVINGS.map(([name, , figure]) => `coalesce(v.${figure}, 0) AS ${name}`).join(', ')}
    FROM switch_figures f LEFT JOIN switch_savings v ON v.switch_id = f.id
    WHERE NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.subject_id = f.id)`,
  ),
  addTo(
    table,
    SAVINGS,
    saved(
      'SELECT * FROM switch_savings v WHERE NOT EXISTS (SELECT FROM audit_seals s WHERE s.subject_id = v.switch_id)',
    ),
  ),
];

/** Creates the roll-ups of switches by hour, and by user and day, so that a read costs no more than its result. */
export class RollUpSwitches1764900002000 implements MigrationInterface {
  readonly creates = [
    ...['switches_hourly', 'switches_daily', 'switch_figures', 'unrolled_switches'],
    ...['switches_by_hour', 'switches_by_user'],
  ];

  async up(db: QueryRunner): Promise<void> {
    for (const statement of [TABLES, VIEWS, WHEN_SEALED, WHEN_SAVED]) await db.query(statement);
    // Large enough to sort a year of switches in memory.
    await db.query(`SET LOCAL work_mem = '256MB'`);
    for (const statement of soFar('switches_hourly', FIGURES)) await db.query(statement);
    for (const statement of soFar('switches_daily', [...FIGURES, ...SELECTIONS])) await db.query(statement);
    await db.query('RESET work_mem');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER roll_up ON audit_seals');
    await db.query('DROP TRIGGER roll_up ON switch_savings');
    await db.query('DROP TRIGGER roll_up_more ON switch_savings');
    await db.query('DROP FUNCTION roll_up_sealed(), roll_up_savings()');
    await db.query('DROP VIEW switches_by_user, switches_by_hour, unrolled_switches, switch_figures');
    await db.query('DROP TABLE switches_daily, switches_hourly');
  }
}
