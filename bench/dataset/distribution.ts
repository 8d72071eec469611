/** How large a platform is filled: as many switches, notifications and calls as `rows`, and what belongs to them. */
export interface Size {
  rows: number;
  users: number;
  conversations: number;
}

/** A year of a platform on which everybody switches and asks 200 times a year, five times in a conversation. */
export const sizeOf = (rows: number): Size => ({ rows, users: rows / 200, conversations: rows / 5 });

/** The conversation with a hundredth of all switches and calls. The user with most of everything is `user-0`. */
export const BUSIEST = { conversation: 'conv-0', user: 'user-0' };

/** As in the seed; the first is chosen most. */
export const MODELS: Record<string, string[]> = {
  clinical: [
    'eu.anthropic.claude-sonnet-4-6',
    'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
    'eu.anthropic.claude-opus-4-7',
  ],
  health: [
    'eu.amazon.nova-lite-v1:0',
    'eu.amazon.nova-2-lite-v1:0',
    'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
  ],
  operations: ['eu.amazon.nova-pro-v1:0', 'eu.mistral.pixtral-large-2502-v1:0', 'eu.amazon.nova-2-lite-v1:0'],
  platform: ['eu.amazon.nova-micro-v1:0', 'eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'],
};
export const USE_CASES = Object.keys(MODELS);

const list = (texts: string[]) => `ARRAY[${texts.map((text) => `'${text}'`).join(', ')}]`;
/** Two of five conversations are clinical, one of ten is of the platform itself. */
const WEIGHTED = list([
  'clinical',
  'health',
  'operations',
  'clinical',
  'health',
  'platform',
  'clinical',
  'health',
  'operations',
  'clinical',
]);

const YEAR_MS = 365 * 86_400_000;
/** How many switches there are for one of a whole use case. */
const PER_USE_CASE_SWITCH = 5_000;

/**
 * Who does what when, by functions of a number: the same for every table that is filled, so that rows fit together
 * and no table waits for another. They are in a separate schema, which is dropped when all is filled.
 */
export const populationSql = ({ rows, users, conversations }: Size, now: Date): string => `
CREATE SCHEMA bench;

-- From 0 to 1, the same whenever it is asked about the same number.
CREATE FUNCTION bench.dice(n bigint, about int) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN (hashint8extended(n, about) & 1073741823)::float8 / 1073741824::float8;

CREATE FUNCTION bench.one_of(choices text[], dice float8) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN choices[1 + floor(dice * cardinality(choices))::int];

CREATE FUNCTION bench.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN overlay(overlay(md5(kind::text || ' ' || n::text) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid;

-- One after the other through a year, up to now, to the millisecond.
CREATE FUNCTION bench.time_of(i bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE
  RETURN to_timestamp(floor(${now.getTime()} - ${YEAR_MS} * ((${rows} - i) / ${rows}::float8)) / 1000);

-- Eight conversations are active at a time, for forty switches and calls; some continue later, one always.
CREATE FUNCTION bench.conversation_of(i bigint) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN CASE
  WHEN bench.dice(i, 1) < 0.01 THEN 0
  WHEN bench.dice(i, 1) < 0.80 THEN i / 40 * 8 + floor(8 * bench.dice(i, 2))::bigint
  WHEN bench.dice(i, 1) < 0.97 THEN greatest(i / 5 - floor(${conversations / 365} * bench.dice(i, 2))::bigint, 0)
  ELSE floor(i / 5 * bench.dice(i, 2))::bigint END;

-- A few have most: the busiest of 50,000 has a hundredth, half of them a twentieth together.
CREATE FUNCTION bench.user_of(conversation bigint) RETURNS text LANGUAGE sql IMMUTABLE RETURN CASE conversation
  WHEN 0 THEN '${BUSIEST.user}'
  ELSE 'user-' || floor(${users} * power(bench.dice(conversation, 3), 2.5))::int::text END;

CREATE FUNCTION bench.use_case_of(conversation bigint) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN (${WEIGHTED})[1 + conversation % 10];

CREATE FUNCTION bench.model_of(use_case text, dice float8) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN (CASE use_case ${USE_CASES.map((name) => `WHEN '${name}' THEN ${list(MODELS[name]!)}`).join(' ')} END)
    [CASE WHEN dice < 0.7 THEN 1 WHEN dice < 0.9 THEN 2 ELSE 3 END];

-- A use case is switched now and then; how often it was when something happened.
CREATE FUNCTION bench.use_case_seq(i bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
  RETURN i / ${PER_USE_CASE_SWITCH * USE_CASES.length};

CREATE VIEW bench.events AS
SELECT i, time, CASE WHEN NOT is_shared THEN c END AS conversation,
       CASE WHEN is_shared THEN (${list(USE_CASES)})[1 + i / ${PER_USE_CASE_SWITCH} % ${USE_CASES.length}] ELSE bench.use_case_of(c) END AS use_case,
       CASE WHEN is_shared THEN bench.use_case_seq(i) + 1 ELSE i + 1 END AS seq,
       CASE WHEN is_shared THEN 'service:operator' ELSE bench.user_of(c) END AS user_id
FROM (SELECT i, bench.time_of(i) AS time, bench.conversation_of(i) AS c, i % ${PER_USE_CASE_SWITCH} = 0 AS is_shared
      FROM generate_series(0::bigint, ${rows - 1}) AS i OFFSET 0) AS e;`;
