import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOwnerDataSource } from '#migrations/data-source.js';
import { seedCatalogue, seedDemo } from '#migrations/seed/seed.js';
import { createTestEnvironment, type TestEnvironment } from '../support/test-env.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_2_LITE = 'eu.amazon.nova-2-lite-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

let environment: TestEnvironment;
let db: DataSource;
beforeAll(async () => {
  environment = await createTestEnvironment();
  db = await createOwnerDataSource(
    environment.env,
    environment.variables.MIGRATION_DATABASE_URL!,
  ).initialize();
});
afterAll(async () => {
  await db.destroy();
  await environment.close();
});

const ask = async (sql: string, values: unknown[] = []) => (await environment.owner.query(sql, values)).rows;

describe('a fresh install', () => {
  it('has the eight models of the product, complete and priced', async () => {
    const rows = await ask(
      `SELECT model_id, name, use_case, max_tokens, tier FROM bedrock_models WHERE is_available`,
    );
    const expected = [
      [SONNET, 'Claude Sonnet 4.6', 'clinical', 8000, 80],
      [OPUS, 'Claude Opus 4.7', 'clinical', 8000, 90],
      [HAIKU, 'Claude Haiku 4.5', 'clinical', 8000, 60],
      [NOVA_LITE, 'Amazon Nova Lite', 'health', 4000, 20],
      [NOVA_2_LITE, 'Amazon Nova 2 Lite', 'health', 8000, 40],
      [NOVA_PRO, 'Amazon Nova Pro', 'operations', 4000, 50],
      [PIXTRAL, 'Pixtral Large', 'operations', 8000, 50],
      [NOVA_MICRO, 'Amazon Nova Micro', 'platform', 4000, 10],
    ];
    expect(rows.map((row) => Object.values(row)).sort()).toEqual(expected.sort());
  });

  it('can use each of them immediately: alive, invokable, priced, and not judged by a sweep yet', async () => {
    const rows = await ask(
      `SELECT model_id FROM bedrock_models WHERE is_available AND lifecycle_status = 'ACTIVE'
         AND invoke_with = 'inference_profile' AND model_id = 'eu.' || foundation_model_id
         AND input_price_per_1k > 0 AND output_price_per_1k > 0 AND price_source IS NOT NULL
         AND validation_status = 'unknown' AND last_validated_at IS NULL AND time_to_first_token_ms IS NULL`,
    );
    expect(rows).toHaveLength(8);
  });

  it.each([
    ['clinical', 'quality', [SONNET, HAIKU, OPUS]],
    ['health', 'cost', [NOVA_LITE, NOVA_2_LITE, HAIKU]],
    ['operations', 'quality', [NOVA_PRO, PIXTRAL, NOVA_2_LITE]],
    ['platform', 'cost', [NOVA_MICRO, NOVA_LITE]],
  ])('%s goes for %s among its candidates and starts on the first', async (name, objective, candidates) => {
    const rows = await ask(
      `SELECT objective, active_model_id, version, switch_seq, cool_downs,
         (SELECT array_agg(model_id ORDER BY position) FROM use_case_candidates WHERE use_case = name) AS candidates
       FROM use_cases WHERE name = $1`,
      [name],
    );
    const start = { version: '1', switch_seq: '0', cool_downs: {} };
    expect(rows).toEqual([{ ...start, objective, active_model_id: candidates[0], candidates }]);
  });

  it('has no other use case', async () => {
    expect(await ask('SELECT count(*)::int FROM use_cases')).toEqual([{ count: 4 }]);
  });

  it.each([
    ['eu.anthropic.claude-3-5-sonnet-20240620-v1:0', SONNET],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', SONNET],
    ['eu.anthropic.claude-3-haiku-20240307-v1:0', HAIKU],
    ['eu.anthropic.claude-sonnet-4-20250514-v1:0', SONNET],
    ['amazon.nova-premier-v1:0', NOVA_PRO],
    ['eu.meta.llama3-2-3b-instruct-v1:0', NOVA_MICRO],
    ['eu.meta.llama3-2-1b-instruct-v1:0', NOVA_MICRO],
    ['cohere.command-r-plus-v1:0', NOVA_PRO],
  ])('knows that %s has ended and what comes after it', async (id, successor) => {
    const [row] = await ask('SELECT * FROM bedrock_models WHERE model_id = $1', [id]);
    expect(row).toMatchObject({
      is_available: false,
      lifecycle_status: 'EOL',
      successor_model_id: successor,
      invoke_with: null,
    });
    expect(row.end_of_life_at).toEqual(expect.any(Date));
  });

  it('has an available successor for every model that has ended', async () => {
    const rows = await ask(
      `SELECT dead.model_id FROM bedrock_models dead LEFT JOIN bedrock_models next ON next.model_id = dead.successor_model_id
       WHERE dead.lifecycle_status = 'EOL' AND next.is_available IS NOT TRUE`,
    );
    expect(rows).toEqual([]);
  });

  it('holds one current price per model, the same as the model has', async () => {
    const rows = await ask(
      `SELECT m.model_id FROM bedrock_models m LEFT JOIN bedrock_model_prices p ON p.model_id = m.model_id
       GROUP BY m.model_id HAVING count(p.version) <> 1 OR bool_or(p.valid_to IS NOT NULL
         OR (p.input_price_per_1k, p.output_price_per_1k, p.cache_read_price_per_1k, p.cache_write_price_per_1k, p.source)
           IS DISTINCT FROM
           (m.input_price_per_1k, m.output_price_per_1k, m.cache_read_price_per_1k, m.cache_write_price_per_1k, m.price_source))`,
    );
    expect(rows).toEqual([]);
  });

  it('has the demo conversation of the source document', async () => {
    const rows = await ask(
      `SELECT user_id, use_case, pinned_model_id FROM ai_conversations WHERE id = 'conv-123'`,
    );
    expect(rows).toEqual([{ user_id: 'user-456', use_case: 'clinical', pinned_model_id: null }]);
  });
});

describe('seeding again', () => {
  const everything = async () => {
    const tables =
      'bedrock_models bedrock_model_prices use_cases use_case_candidates ai_assistants ai_conversations';
    const all = [];
    for (const table of [...tables.split(' '), 'ai_conversation_follows'])
      all.push(...(await ask(`SELECT '${table}' AS table, t.* FROM ${table} t ORDER BY t::text`)));
    return all;
  };
  const seedAgain = async () => {
    await seedCatalogue(db);
    await seedDemo(db);
  };

  it('changes nothing', async () => {
    const before = await everything();
    await seedAgain();
    expect(await everything()).toEqual(before);
  });

  it('leaves everything as the operator set it, removed candidates and moved conversations included', async () => {
    for (const edit of [
      `UPDATE bedrock_models SET name = 'Ours', tier = 1, is_available = false, input_price_per_1k = 1, max_tokens = 7,
         price_source = 'contract' WHERE model_id = '${NOVA_PRO}'`,
      `UPDATE use_cases SET objective = 'latency', active_model_id = '${HAIKU}', exchanges_per_30_days = 5
         WHERE name = 'clinical'`,
      `DELETE FROM use_case_candidates WHERE use_case = 'clinical' AND model_id = '${OPUS}'`,
      `UPDATE use_case_candidates SET position = 3 - position WHERE use_case = 'platform'`,
      `UPDATE ai_conversations SET use_case = 'health', pinned_model_id = '${HAIKU}', pin_kind = 'manual'
         WHERE id = 'conv-124'`,
      `UPDATE ai_assistants SET use_case = 'health' WHERE id = 'assistant-platform'`,
    ])
      await ask(edit);
    const edited = await everything();
    await seedAgain();
    expect(await everything()).toEqual(edited);
  });

  it('brings back what is missing, with the candidates of a use case that is missing', async () => {
    await ask('BEGIN');
    await ask(`DELETE FROM ai_conversation_follows WHERE use_case = 'platform'`);
    await ask(`DELETE FROM ai_conversations WHERE use_case = 'platform'`);
    await ask(`DELETE FROM ai_assistants WHERE use_case = 'platform'`);
    await ask(`UPDATE bedrock_models SET use_case = 'health' WHERE use_case = 'platform'`);
    await ask(`DELETE FROM use_cases WHERE name = 'platform'`);
    await ask(`DELETE FROM bedrock_models WHERE model_id = 'zai.glm-4.7-flash'`);
    await ask('COMMIT');
    await seedAgain();
    const rows = await ask(
      `SELECT model_id FROM use_case_candidates WHERE use_case = 'platform' ORDER BY position`,
    );
    expect(rows).toEqual([{ model_id: NOVA_MICRO }, { model_id: NOVA_LITE }]);
    expect(await ask(`SELECT name FROM bedrock_models WHERE model_id = 'zai.glm-4.7-flash'`)).toEqual([
      { name: 'GLM 4.7 Flash' },
    ]);
  });
});

describe('when a row is changed by SQL', () => {
  const history = (id: string) =>
    ask(
      `SELECT trim_scale(input_price_per_1k)::text AS input, trim_scale(output_price_per_1k)::text AS output,
         trim_scale(cache_read_price_per_1k)::text AS read, source, valid_from, valid_to
       FROM bedrock_model_prices WHERE model_id = $1 ORDER BY version`,
      [id],
    );
  const asApp = (sql: string) => environment.app.query(sql);

  it.each([
    ['input_price_per_1k = 0.000000000001', { input: '0.000000000001' }],
    ['output_price_per_1k = NULL', { output: null }],
    ['cache_read_price_per_1k = 0.1', { read: '0.1' }],
  ])('a new price (%s) ends the old one and begins a new one at the same time', async (change, expected) => {
    const before = await history(SONNET);
    await asApp(
      `UPDATE bedrock_models SET ${change}, price_source = 'contract' WHERE model_id = '${SONNET}'`,
    );
    const after = await history(SONNET);
    const [ended, current] = after.slice(-2);
    expect(after.slice(0, -2)).toEqual(before.slice(0, -1));
    expect({ ...ended, valid_to: null }).toEqual(before.at(-1));
    expect(current).toMatchObject({ ...expected, source: 'contract', valid_to: null });
    expect(Math.abs(current.valid_from - ended.valid_to)).toBeLessThan(100);
    expect(current.valid_from.getTime()).toBeGreaterThanOrEqual(ended.valid_to.getTime());
  });

  it.each([
    'name = name',
    `name = 'Another name'`,
    'is_available = NOT is_available',
    `validation_status = 'failed', last_validated_at = now()`,
    'input_price_per_1k = input_price_per_1k',
  ])('a change of something else (%s) leaves the price history alone', async (change) => {
    const before = await history(NOVA_LITE);
    await asApp(`UPDATE bedrock_models SET ${change} WHERE model_id = '${NOVA_LITE}'`);
    expect(await history(NOVA_LITE)).toEqual(before);
  });

  it('a new model begins its price history, known or not', async () => {
    await asApp(
      `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider) VALUES ('x.new', 'x.new', 'New', 'x')`,
    );
    expect(await history('x.new')).toMatchObject([{ input: null, output: null, valid_to: null }]);
  });

  describe('the version that caches compare goes up', () => {
    beforeEach(() => asApp('BEGIN').then(() => undefined));
    afterEach(() => asApp('ROLLBACK').then(() => undefined));
    const version = async () =>
      Number((await asApp('SELECT version FROM catalogue_version')).rows[0].version);

    it.each([
      `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider) VALUES ('x.a', 'x.a', 'A', 'x')`,
      `UPDATE bedrock_models SET is_available = false WHERE model_id = '${NOVA_LITE}'`,
      `DELETE FROM bedrock_models WHERE model_id = 'minimax.minimax-m2.1'`,
      `INSERT INTO use_cases SELECT 'research', objective, active_model_id, '{}', 1, 1, 1, 1 FROM use_cases LIMIT 1`,
      `UPDATE use_cases SET objective = 'latency' WHERE name = 'health'`,
      `INSERT INTO use_case_candidates (use_case, model_id, position) VALUES ('platform', '${HAIKU}', 9)`,
      `UPDATE use_case_candidates SET position = 10 WHERE use_case = 'health' AND position = 1`,
      `DELETE FROM use_case_candidates WHERE use_case = 'health' AND position = 3`,
      `INSERT INTO use_case_usage VALUES ('health', 1, 1, 1, 1, now())`,
      `INSERT INTO ai_assistants (id, name, use_case) VALUES ('another', 'Another', 'health')`,
      `UPDATE ai_assistants SET use_case = 'clinical' WHERE id = 'assistant-health'`,
      `DELETE FROM ai_assistants WHERE id = 'assistant-health'`,
    ])('with: %s', async (change) => {
      const before = await version();
      const { rowCount } = await asApp(change);
      expect(rowCount).toBe(1);
      expect(await version()).toBe(before + 1);
    });

    it.each([
      `UPDATE ai_conversations SET updated_at = now() WHERE id = 'conv-123'`,
      `DELETE FROM idempotency_keys`,
      `SELECT * FROM bedrock_models`,
    ])('and stays with: %s', async (statement) => {
      const before = await version();
      await asApp(statement);
      expect(await version()).toBe(before);
    });
  });
});
