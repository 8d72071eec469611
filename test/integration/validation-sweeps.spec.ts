import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { HOUR, MINUTE, SweepSystem } from '../support/sweep-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';
const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';
const MODELS = 8;

let system: SweepSystem;
beforeEach(async () => {
  system = await SweepSystem.start();
});
afterEach(() => system.close());

const fails = (modelId: string, name = 'InternalServerException') =>
  ({ kind: 'error', plane: 'runtime', modelId, name }) as const;
const refuses = (modelId: string, reason: 'scp_denied' | 'marketplace_pending' | 'expired_credentials') =>
  ({ kind: 'refusal', plane: 'runtime', modelId, reason }) as const;
const lastResultOf = async (modelId: string) => (await system.results(modelId)).at(-1);
/** Verdicts of a model over its life: each flip is a recorded change of the catalogue. */
const flipsOf = async (modelId: string) => {
  const changes = await system.query<{ actor: string; status: string }>(
    `SELECT actor, after ->> 'validation_status' AS status FROM catalogue_changes
     WHERE entity = 'model' AND entity_id = $1 AND before ->> 'validation_status' <> after ->> 'validation_status' ORDER BY id`,
    [modelId],
  );
  expect(changes.every(({ actor }) => actor === 'system:validation')).toBe(true);
  return changes.map(({ status }) => status);
};
const reasonsAgainst = async (modelId: string) => {
  const catalogue = system.context.get(CatalogueService, { strict: false });
  await catalogue.refresh();
  return catalogue.selectabilityOf(modelId).reasons;
};

it('distinguishes an ended, a throttled, a flapping and a failing model, and leaves the two that are gone', async () => {
  await system.sweep(6 * HOUR);
  expect(new Set(Object.values(await system.verdicts()))).toEqual(new Set(['passed']));

  system.emulator.putModel(SONNET, { lifecycle: { endOfLifeTime: system.clock.now().toISOString() } });
  const always = [fails(NOVA_MICRO, 'ThrottlingException'), fails(NOVA_PRO)];
  for (const answers of [false, false, true, false, false, true]) {
    system.emulator.setFaults(
      answers ? always : [...always, fails(NOVA_LITE, 'ServiceUnavailableException')],
    );
    await system.sweep(6 * HOUR);
  }

  expect(await system.verdicts()).toEqual({
    [SONNET]: 'failed',
    [NOVA_MICRO]: 'passed',
    [NOVA_LITE]: 'passed',
    [NOVA_PRO]: 'failed',
    [HAIKU]: 'passed',
    [PIXTRAL]: 'passed',
    'eu.anthropic.claude-opus-4-7': 'passed',
    'eu.amazon.nova-2-lite-v1:0': 'passed',
  });
  expect(await flipsOf(NOVA_LITE)).toEqual(['passed']);
  expect(await flipsOf(NOVA_MICRO)).toEqual(['passed']);
  const active = await Promise.all(
    ['clinical', 'operations', 'platform', 'health'].map((useCase) => system.activeModelOf(useCase)),
  );
  expect(active).toEqual([HAIKU, PIXTRAL, NOVA_MICRO, NOVA_LITE]);
});

describe('what a verdict takes', () => {
  it('an ended model fails immediately, for free, and says why', async () => {
    system.emulator.putModel(SONNET, { lifecycle: { endOfLifeTime: system.clock.now().toISOString() } });
    await system.sweep();
    expect(await system.results(SONNET)).toEqual([
      expect.objectContaining({ method: 'control_plane', outcome: 'failed', tokens: 0, cost_usd: null }),
    ]);
    expect(system.probed()).not.toContain(SONNET);
    expect(await reasonsAgainst(SONNET)).toEqual([
      { code: 'validation_failed', detail: expect.stringContaining('does not offer it any more') },
    ]);
  });

  it('a model whose inference profile alone has gone fails, although the model is still there', async () => {
    system.emulator.putModel(PIXTRAL, { destinations: null });
    await system.sweep();
    expect(await system.standingOf(PIXTRAL)).toMatchObject({ status: 'failed' });
    expect(await lastResultOf(PIXTRAL)).toMatchObject({
      detail: expect.stringContaining('inference profile'),
    });
  });

  it('three failures in a row, and not two', async () => {
    system.emulator.setFaults([fails(NOVA_PRO)]);
    const seen = [];
    for (let run = 0; run < 3; run += 1) {
      await system.sweep();
      seen.push(await system.standingOf(NOVA_PRO));
    }
    expect(seen).toEqual([
      { status: 'unknown', failures: 1, successes: 0 },
      { status: 'unknown', failures: 2, successes: 0 },
      { status: 'failed', failures: 3, successes: 0 },
    ]);
  });

  it('two answers in a row to recover, and not one', async () => {
    system.emulator.setFaults([refuses(NOVA_PRO, 'marketplace_pending')]);
    await system.sweep();
    expect(await system.standingOf(NOVA_PRO)).toMatchObject({ status: 'failed' });
    system.emulator.setFaults([]);
    await system.sweep();
    expect(await system.standingOf(NOVA_PRO)).toEqual({ status: 'failed', failures: 0, successes: 1 });
    await system.sweep();
    expect(await system.standingOf(NOVA_PRO)).toMatchObject({ status: 'passed' });
    expect(await reasonsAgainst(NOVA_PRO)).toEqual([]);
  });

  it('a throttle says nothing: it neither demotes, nor stands between two failures', async () => {
    system.emulator.setFaults([fails(NOVA_PRO)]);
    await system.sweep();
    system.emulator.setFaults([fails(NOVA_PRO, 'ThrottlingException')]);
    for (let run = 0; run < 4; run += 1) await system.sweep();
    expect(await system.standingOf(NOVA_PRO)).toMatchObject({ status: 'unknown', failures: 1 });
    expect(await lastResultOf(NOVA_PRO)).toMatchObject({
      method: 'probe',
      outcome: 'inconclusive',
      error_kind: 'throttled',
    });
  });

  it('a policy that forbids it fails it immediately and names the region, without the account or the role', async () => {
    system.emulator.setFaults([refuses(NOVA_PRO, 'scp_denied')]);
    await system.sweep();
    const [reason] = await reasonsAgainst(NOVA_PRO);
    expect(reason).toMatchObject({ code: 'validation_failed', detail: expect.stringContaining('eu-west-3') });
    expect(JSON.stringify([reason, await system.results(NOVA_PRO)])).not.toMatch(/111122223333|assumed-role/);
  });

  it('our own bad credentials demote nobody', async () => {
    await system.sweep(6 * HOUR);
    system.emulator.setFaults([{ kind: 'refusal', reason: 'expired_credentials' }]);
    for (let run = 0; run < 4; run += 1) await system.sweep(6 * HOUR);
    expect(new Set(Object.values(await system.verdicts()))).toEqual(new Set(['passed']));
    expect(await lastResultOf(HAIKU)).toMatchObject({
      error_kind: 'bad_credentials',
      outcome: 'inconclusive',
    });
  });

  it('lists that cannot be read say nothing about a model: it is asked instead', async () => {
    system.emulator.setFaults([{ kind: 'error', plane: 'control', name: 'InternalServerException' }]);
    for (let run = 0; run < 4; run += 1) await system.sweep();
    expect(await system.verdicts()).toMatchObject({ [SONNET]: 'passed', [NOVA_PRO]: 'passed' });
    expect((await system.results()).map(({ method }) => method)).not.toContain('control_plane');
  });

  it('no connection to Bedrock demotes nobody, however long it lasts', async () => {
    await system.sweep(6 * HOUR);
    await system.emulator.close();
    for (let run = 0; run < 4; run += 1) await system.sweep(6 * HOUR);
    expect(new Set(Object.values(await system.verdicts()))).toEqual(new Set(['passed']));
    expect(await system.activeModelOf('clinical')).toBe(SONNET);
  });
});

describe('asking', () => {
  it('comes after the lists, one token each, and not again while the answer is young', async () => {
    await system.sweep();
    const { calls } = system.emulator.calls();
    const firstProbe = calls.findIndex(({ plane }) => plane === 'runtime');
    expect(calls.slice(0, firstProbe).map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['ListFoundationModels', 'ListInferenceProfiles']),
    );
    expect(calls.slice(firstProbe).every(({ plane }) => plane === 'runtime')).toBe(true);
    expect(new Set(system.probed()).size).toBe(MODELS);
    for (const { tokens, latency_ms, cost_usd } of await probes()) {
      expect(tokens).toBeGreaterThan(0);
      expect(tokens).toBeLessThanOrEqual(16);
      expect(latency_ms).toBeGreaterThanOrEqual(0);
      expect(Number(cost_usd)).toBeGreaterThan(0);
    }
    for (let run = 0; run < 22; run += 1) await system.sweep();
    expect(system.probed()).toHaveLength(MODELS);
    await system.sweep();
    await system.sweep();
    expect(system.probed()).toHaveLength(2 * MODELS);
  });

  it('happens in every sweep for a model that has to prove itself', async () => {
    system.emulator.setFaults([fails(NOVA_PRO)]);
    for (let run = 0; run < 5; run += 1) await system.sweep();
    expect(system.probed().filter((id) => id === NOVA_PRO)).toHaveLength(5);
  });
});

const probes = async () => (await system.results()).filter(({ method }) => method === 'probe');

const sweptAlready = (slot: string, finishedAt: Date | null) =>
  system.query('INSERT INTO validation_sweeps (slot, started_at, finished_at) VALUES ($1, $2, $3)', [
    slot,
    system.clock.now(),
    finishedAt,
  ]);

it('does nothing in a second run of the same slot', async () => {
  await sweptAlready('run-1', system.clock.now());
  await system.sweep();
  expect(system.emulator.calls().total).toBe(0);
  await system.sweep();
  expect(system.probed()).toHaveLength(MODELS);
});

it('does nothing beside a run that is under way, and waits ten minutes at most for one that died', async () => {
  await sweptAlready('another', null);
  await system.sweep(11 * MINUTE);
  expect(system.emulator.calls().total).toBe(0);
  await system.sweep();
  expect(system.probed()).toHaveLength(MODELS);
});

it('is repeated under its name when the worker died in it', async () => {
  await sweptAlready('run-1', null);
  system.clock.advance(30_000);
  await system.sweep();
  expect(system.probed()).toHaveLength(MODELS);
});

it('gives a model the time of its last verdict, and no newer one while nothing can be learned', async () => {
  const validatedAt = async () =>
    (
      await system.query('SELECT last_validated_at AS at FROM bedrock_models WHERE model_id = $1', [SONNET])
    )[0]!.at;
  const before = system.clock.now();
  await system.sweep(6 * HOUR);
  expect(await validatedAt()).toEqual(before);
  system.emulator.setFaults([{ kind: 'refusal', reason: 'expired_credentials' }]);
  await system.sweep();
  expect(await validatedAt()).toEqual(before);
});

it('sweeps, judges and moves use cases while Redis is away', async () => {
  await system.close();
  system = await SweepSystem.start({ overrides: { REDIS_URL: 'redis://127.0.0.1:1' } });
  system.emulator.putModel(SONNET, { lifecycle: { endOfLifeTime: system.clock.now().toISOString() } });
  await system.sweep();
  const verdicts = await system.verdicts();
  expect(Object.keys(verdicts).filter((id) => verdicts[id] !== 'passed')).toEqual([SONNET]);
  expect(await system.activeModelOf('clinical')).toBe(HAIKU);
});
