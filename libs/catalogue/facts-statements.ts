import { BY_OPERATOR } from './capabilities.js';
import { PUBLISHED } from './model-facts.js';

/**
 * Shape of $1 of the statements below: rows of `factColumns`, with an operator's values for the eight models of the
 * seed.
 */
const FACTS = `jsonb_to_recordset($1) AS f (model_id text, foundation_model_id text, name text, provider text,
  context_window integer, token_factor numeric, invoke_with text, destination_regions text[], successor_model_id text, lifecycle_status text,
  legacy_at timestamptz, extended_access_at timestamptz, end_of_life_at timestamptz, earliest_end_at timestamptz,
  notice_days integer, guarantee_source text, guarantee_read_on date, input_price_per_1k numeric,
  output_price_per_1k numeric, cache_read_price_per_1k numeric, cache_write_price_per_1k numeric, price_dimensions jsonb, price_source text,
  capabilities jsonb, use_case text, max_tokens integer, tier integer, is_available boolean)`;

const PRICES = [
  'input_price_per_1k',
  'output_price_per_1k',
  'cache_read_price_per_1k',
  'cache_write_price_per_1k',
  'price_dimensions',
];
const GUARANTEE = ['earliest_end_at', 'notice_days', 'guarantee_source', 'guarantee_read_on'];
const ALL = [
  'model_id',
  'foundation_model_id',
  'name',
  'provider',
  'context_window',
  'token_factor',
  'invoke_with',
  'destination_regions',
  'capabilities',
  'successor_model_id',
  'lifecycle_status',
  'legacy_at',
  'extended_access_at',
  'end_of_life_at',
  ...GUARANTEE,
  ...PRICES,
  'price_source',
  'use_case',
  'max_tokens',
  'tier',
  'is_available',
];

const of = (alias: string, columns: string[]) => columns.map((column) => `${alias}.${column}`).join(', ');
const differs = (columns: string[]) => `(${of('m', columns)}) IS DISTINCT FROM (${of('f', columns)})`;
const set = (columns: string[]) => columns.map((column) => `${column} = f.${column}`).join(', ');
const UPDATE = (assignments: string, condition: string) =>
  `UPDATE bedrock_models m SET ${assignments}, updated_at = now() FROM ${FACTS} WHERE m.model_id = f.model_id AND ${condition}`;

/** Adds missing models, which are not available unless the row approves them. */
export const ADD_MODELS = `
INSERT INTO bedrock_models (${ALL.join(', ')})
SELECT ${of('f', ALL.slice(0, -1))}, coalesce(f.is_available, false) FROM ${FACTS}
ON CONFLICT (model_id) DO NOTHING RETURNING model_id`;

/** Replaces a price that is unknown, or comes from published facts, by that of these facts, as a new version. */
const SET_PRICES = UPDATE(
  set([...PRICES, 'price_source']),
  `f.input_price_per_1k IS NOT NULL AND ${differs([...PRICES, 'price_source'])}
     AND (m.price_source LIKE '${PUBLISHED}%' OR m.price_source IS NULL AND m.input_price_per_1k IS NULL)`,
);

const SET_GUARANTEES = UPDATE(set(GUARANTEE), `f.guarantee_source IS NOT NULL AND ${differs(GUARANTEE)}`);

/** An operator may set these, too: facts only fill gaps. */
const GAPS = ['context_window', 'token_factor', 'successor_model_id'];
const FILL_GAPS = UPDATE(
  GAPS.map((column) => `${column} = coalesce(m.${column}, f.${column})`).join(', '),
  `(${GAPS.map((column) => `m.${column} IS NULL AND f.${column} IS NOT NULL`).join(' OR ')})`,
);

/** Facts that these do not name stay, and so does each fact that an operator has set. */
const CAPABILITIES = `m.capabilities || f.capabilities || (SELECT coalesce(jsonb_object_agg(key, value), '{}')
  FROM jsonb_each(m.capabilities) WHERE value ->> 'source' = '${BY_OPERATOR}')`;
const SET_CAPABILITIES = UPDATE(
  `capabilities = ${CAPABILITIES}`,
  `m.capabilities IS DISTINCT FROM ${CAPABILITIES}`,
);

export const UPDATE_MODELS = [SET_PRICES, SET_GUARANTEES, SET_CAPABILITIES, FILL_GAPS];

/** $1: rows of `otherQuotes`. */
export const STORE_QUOTES = `
INSERT INTO model_price_quotes AS known (model_id, source, input_price_per_1k, output_price_per_1k, valid_from, imported_at)
SELECT q.*, now() FROM jsonb_to_recordset($1) AS q (model_id text, source text, input_price_per_1k numeric,
  output_price_per_1k numeric, valid_from timestamptz)
ON CONFLICT (model_id, source) DO UPDATE SET (input_price_per_1k, output_price_per_1k, valid_from, imported_at)
  = (excluded.input_price_per_1k, excluded.output_price_per_1k, excluded.valid_from, excluded.imported_at)
WHERE (known.input_price_per_1k, known.output_price_per_1k)
  IS DISTINCT FROM (excluded.input_price_per_1k, excluded.output_price_per_1k)
RETURNING model_id`;

/** Deletes the quotes of these models ($2) from published facts that do not contain them any more. */
export const FORGET_QUOTES = `
DELETE FROM model_price_quotes WHERE source LIKE '${PUBLISHED}: %' AND model_id = ANY($2)
  AND (model_id, source) NOT IN (SELECT model_id, source FROM jsonb_to_recordset($1) AS q (model_id text, source text))`;
