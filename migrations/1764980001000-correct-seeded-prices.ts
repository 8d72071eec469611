import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

/** USD per 1,000 tokens: input, output, cache read, cache write. */
type Prices = [
  input: string | null,
  output: string | null,
  cacheRead: string | null,
  cacheWrite: string | null,
];

/** Wrong or missing prices of the first seed, and the correct ones from public sources. */
const CORRECTED: [modelId: string, wrong: Prices, right: Prices, confidence: string][] = [
  [
    'eu.amazon.nova-micro-v1:0',
    ['0.000046', '0.000184', null, null],
    ['0.000046', '0.000184', '0.0000115', '0'],
    'single-source',
  ],
  [
    'eu.amazon.nova-lite-v1:0',
    ['0.000078', '0.000312', '0.000019', '0.000078'],
    ['0.000078', '0.000312', '0.0000195', '0'],
    'agreed',
  ],
  [
    'eu.amazon.nova-pro-v1:0',
    ['0.00105', '0.0042', '0.00026', '0.001'],
    ['0.00105', '0.0042', '0.0002625', '0'],
    'agreed',
  ],
  [
    'eu.amazon.nova-2-lite-v1:0',
    ['0.00039', '0.00327', '0.0000975', '0.00039'],
    ['0.000429', '0.003597', '0.000107', '0'],
    'agreed',
  ],
  [
    'eu.anthropic.claude-sonnet-5',
    ['0.0033', '0.0165', '0.00033', '0.004125'],
    ['0.0022', '0.011', '0.00022', '0.00275'],
    'agreed',
  ],
  ['openai.gpt-oss-120b-1:0', [null, null, null, null], ['0.0002', '0.00079', null, null], 'single-source'],
  [
    'qwen.qwen3-235b-a22b-2507-v1:0',
    [null, null, null, null],
    ['0.00029', '0.00116', null, null],
    'single-source',
  ],
];

/** Models whose recorded confidence was wrong, and the correct one. */
const CONFIDENCE: [modelId: string, confidence: string][] = [
  ['eu.anthropic.claude-opus-4-5-20251101-v1:0', 'agreed'],
  ['eu.anthropic.claude-opus-4-6-v1', 'agreed'],
  ['eu.anthropic.claude-opus-4-7', 'disputed'],
  ['eu.anthropic.claude-opus-4-8', 'agreed'],
  ['eu.anthropic.claude-opus-5', 'agreed'],
  ['eu.anthropic.claude-fable-5', 'single-source'],
];

/** By the first seed, and not changed since: an operator's price has another source, or other figures. */
const OF_SEED = `(price_source LIKE 'public sources 2026-11-22, %' OR price_source IS NULL AND input_price_per_1k IS NULL)`;
const PRICES = '(input_price_per_1k, output_price_per_1k, cache_read_price_per_1k, cache_write_price_per_1k)';

const CORRECT = `
UPDATE bedrock_models SET ${PRICES} = ($6::numeric, $7::numeric, $8::numeric, $9::numeric),
  price_source = 'public sources 2026-11-28, ' || $10, updated_at = now()
WHERE model_id = $1 AND ${OF_SEED}
  AND ${PRICES} IS NOT DISTINCT FROM ($2::numeric, $3::numeric, $4::numeric, $5::numeric)`;

const RELABEL = `
UPDATE bedrock_models SET price_source = 'public sources 2026-11-28, ' || $2, updated_at = now()
WHERE model_id = $1 AND price_source LIKE 'public sources 2026-11-22, %'`;

/** The price that another public source has, where the sources do not agree. */
const DISPUTE = `
INSERT INTO model_price_quotes (model_id, source, input_price_per_1k, output_price_per_1k, valid_from, imported_at)
SELECT model_id, 'public sources: AWS solutions sample', 0.005, 0.025, '2026-11-28', now() FROM bedrock_models
WHERE model_id = 'eu.anthropic.claude-opus-4-7' AND price_source LIKE 'public sources 2026-11-28, %'
ON CONFLICT DO NOTHING`;

/** The application names its actor, plain SQL does not: a price that it sets must not pass for one of public sources. */
const BY_SQL = `
CREATE FUNCTION name_source_of_price() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF coalesce(current_setting('orchestrator.actor', true), '') = '' THEN
    NEW.price_source := 'set by SQL';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER name_source BEFORE UPDATE ON bedrock_models FOR EACH ROW
  WHEN (OLD.price_source LIKE 'public sources%' AND OLD.price_source IS NOT DISTINCT FROM NEW.price_source AND
    (OLD.input_price_per_1k, OLD.output_price_per_1k, OLD.cache_read_price_per_1k, OLD.cache_write_price_per_1k)
    IS DISTINCT FROM
    (NEW.input_price_per_1k, NEW.output_price_per_1k, NEW.cache_read_price_per_1k, NEW.cache_write_price_per_1k))
  EXECUTE FUNCTION name_source_of_price();`;

/**
 * Corrects the seeded prices that no operator has touched: from now on, as new versions, because recorded calls and audit
 * rows name the version that they were counted with. `down` keeps the prices: they are right for any release.
 */
export class CorrectSeededPrices1764980001000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(`SELECT set_config('orchestrator.actor', 'system:migration', true)`);
    for (const [modelId, wrong, right, confidence] of CORRECTED)
      await db.query(CORRECT, [modelId, ...wrong, ...right, confidence]);
    for (const [modelId, confidence] of CONFIDENCE) await db.query(RELABEL, [modelId, confidence]);
    await db.query(DISPUTE);
    await db.query(`SELECT set_config('orchestrator.actor', '', true)`);
    await checkPending(db);
    await db.query(BY_SQL);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TRIGGER name_source ON bedrock_models');
    await db.query('DROP FUNCTION name_source_of_price()');
  }
}
