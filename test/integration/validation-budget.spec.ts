import { afterEach, describe, expect, it } from 'vitest';
import { PROBE_PAUSE_MS } from '#libs/validation/model-prober.service.js';
import { HOUR, SweepSystem } from '../support/sweep-system.js';

const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
/** One an hour proves as much as one each 15 minutes: a model is probed when its answer is six hours old. */
const SWEEPS_A_DAY = 24;
const MODELS = 20;
/** Tokens that a model may charge for: "Hi" with what it is wrapped in, and one token of an answer. */
const GENEROUS = { input: 20, output: 1 };

let system: SweepSystem;
afterEach(() => system.close());

/** Models of the seed that can be invoked and have a price, the dearest, and copies of the dearest up to twenty. */
async function makeTwentyAvailable(): Promise<void> {
  await system.query(
    `UPDATE bedrock_models SET is_available = true, use_case = coalesce(use_case, 'clinical'),
       max_tokens = coalesce(max_tokens, 4000), tier = coalesce(tier, 50)
     WHERE model_id IN (
       SELECT model_id FROM bedrock_models
       WHERE invoke_with IS NOT NULL AND input_price_per_1k IS NOT NULL AND lifecycle_status <> 'EOL'
       ORDER BY is_available DESC, input_price_per_1k DESC, model_id LIMIT ${MODELS})`,
  );
  const present = Object.keys(await system.verdicts()).length;
  for (let copy = present; copy < MODELS; copy += 1) {
    const id = `anthropic.claude-copy-${copy}`;
    system.emulator.putModel(id, { destinations: ['eu-central-1', 'eu-west-1'] });
    await system.query(
      `INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, tier, invoke_with,
         destination_regions, input_price_per_1k, output_price_per_1k, price_source, is_available)
       SELECT 'eu.' || $1, $1, $1, provider, use_case, max_tokens, tier, invoke_with, destination_regions,
         input_price_per_1k, output_price_per_1k, price_source, true FROM bedrock_models WHERE model_id = 'eu.anthropic.claude-opus-4-7'`,
      [id],
    );
  }
}

const probes = async () => (await system.results()).filter(({ method }) => method === 'probe');
const tokensOf = (results: { tokens: number }[]) => results.reduce((sum, { tokens }) => sum + tokens, 0);

it('a day of sweeps over twenty models costs less than 0.05 USD at list prices', async () => {
  system = await SweepSystem.start();
  await makeTwentyAvailable();
  system.clock.advance(12 * HOUR);
  for (let run = 0; run < SWEEPS_A_DAY; run += 1) await system.sweep(HOUR);

  const verdicts = await system.verdicts();
  expect(Object.keys(verdicts)).toHaveLength(MODELS);
  expect(new Set(Object.values(verdicts))).toEqual(new Set(['passed']));
  const asked = await probes();
  expect(asked).toHaveLength(4 * MODELS);
  expect(system.probed()).toHaveLength(asked.length);
  expect(asked.filter(({ cost_usd }) => cost_usd === null || Number(cost_usd) === 0)).toEqual([]);
  const [{ usd, generous }] = (await system.query<{ usd: number; generous: number }>(
    `SELECT sum(cost_usd)::float AS usd,
       sum(input_price_per_1k * $1 / 1000 + output_price_per_1k * $2 / 1000)::float AS generous
     FROM bedrock_model_validations JOIN bedrock_models USING (model_id) WHERE method = 'probe'`,
    [GENEROUS.input, GENEROUS.output],
  )) as [{ usd: number; generous: number }];
  console.log(
    `${SWEEPS_A_DAY} sweeps of ${MODELS} models: ${asked.length} probes, ${tokensOf(asked)} tokens, ` +
      `${usd.toFixed(6)} USD; at ${GENEROUS.input} tokens a question ${generous.toFixed(6)} USD`,
  );
  expect(usd).toBeGreaterThan(0);
  expect(usd).toBeLessThan(0.05);
  expect(generous).toBeLessThan(0.05);
});

describe('a spent budget', () => {
  it.each([
    ['tokens', { VALIDATION_DAILY_TOKENS: '5' }],
    ['USD', { VALIDATION_DAILY_USD: '0.000001' }],
  ])('of %s stops probes and not sweeps, until the next day', async (_, overrides) => {
    system = await SweepSystem.start({ overrides });
    await system.sweep();
    const first = await probes();
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(8);

    system.emulator.putModel(NOVA_PRO, { lifecycle: { endOfLifeTime: system.clock.now().toISOString() } });
    await system.sweep();
    expect(await probes()).toHaveLength(first.length);
    expect(await system.standingOf(NOVA_PRO)).toMatchObject({ status: 'failed' });
    const looked = (await system.results()).filter(({ method }) => method === 'control_plane');
    expect(looked).toHaveLength(16);

    system.clock.advance(12 * HOUR);
    await system.sweep();
    expect((await probes()).length).toBeGreaterThan(first.length);
  });

  it('of nothing asks nobody at all', async () => {
    system = await SweepSystem.start({ overrides: { VALIDATION_DAILY_TOKENS: '0' } });
    await system.sweep();
    expect(system.probed()).toEqual([]);
    expect(await system.results()).toHaveLength(8);
  });
});

it('a sweep pauses for a fifth of a second after each probe', async () => {
  expect(PROBE_PAUSE_MS).toBe(200);
  const probedBefore: number[] = [];
  const rest = async () => void probedBefore.push(system.probed().length);
  system = await SweepSystem.start({ rest });
  await system.query(`UPDATE bedrock_models SET is_available = false WHERE model_id NOT LIKE 'eu.amazon.%'`);
  await system.sweep();
  expect(probedBefore).toEqual([1, 2, 3, 4]);
});
