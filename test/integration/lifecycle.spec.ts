import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { LifecycleService } from '#libs/validation/lifecycle.service.js';
import { ApiInstance } from '../support/api-instance.js';
import { SweepSystem } from '../support/sweep-system.js';

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const OPUS = 'eu.anthropic.claude-opus-4-7';
const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const DAY = 86_400_000;

let system: SweepSystem;
beforeEach(async () => {
  system = await SweepSystem.start({ overrides: { VALIDATION_DAILY_TOKENS: '0' } });
});
afterEach(() => system.close());

const daysAhead = (days: number, from = system.clock.now()) => new Date(from.getTime() + days * DAY);
const dates = (
  modelId: string,
  legacyAt: Date | null,
  extendedAccessAt: Date | null,
  endOfLifeAt: Date | null,
) =>
  system.query(
    'UPDATE bedrock_models SET legacy_at = $2, extended_access_at = $3, end_of_life_at = $4 WHERE model_id = $1',
    [modelId, legacyAt, extendedAccessAt, endOfLifeAt],
  );
const entryOf = async (modelId: string) => {
  await system.context.get(CatalogueService, { strict: false }).refresh();
  const report = await system.context.get(LifecycleService, { strict: false }).report();
  return report.find(({ model }) => model.id === modelId);
};

describe('the lifecycle report', () => {
  it('counts the days to each date, and what runs on the model', async () => {
    await dates(SONNET, daysAhead(30), daysAhead(100.9), daysAhead(200));
    await system.query(
      `INSERT INTO ai_conversations (id, user_id, use_case, pin_kind, pinned_model_id)
       VALUES ('pinned-here', 'u', 'health', 'manual', $1), ('pinned-away', 'u', 'clinical', 'manual', $2)`,
      [SONNET, HAIKU],
    );
    const [{ following }] = (await system.query<{ following: number }>(
      `SELECT count(*)::int AS following FROM ai_conversations WHERE use_case = 'clinical' AND pinned_model_id IS NULL`,
    )) as [{ following: number }];
    expect(following).toBeGreaterThan(0);
    const entry = await entryOf(SONNET);
    expect(entry).toMatchObject({
      useCases: ['clinical'],
      conversations: following + 1,
      conversationsCapped: false,
      warning: { milestone: 'legacy', days: 30, threshold: 45 },
    });
    expect(entry!.milestones.map(({ milestone, days }) => [milestone, days])).toEqual([
      ['legacy', 30],
      ['extended_access', 100],
      ['end_of_life', 200],
    ]);
  });

  it('leaves out what is past, and models without a date to come or a promised one', async () => {
    await dates(SONNET, daysAhead(-10), daysAhead(20), daysAhead(80));
    expect((await entryOf(SONNET))!.milestones.map(({ milestone }) => milestone)).toEqual([
      'extended_access',
      'end_of_life',
    ]);
    expect(await entryOf(NOVA_MICRO)).toBeUndefined();
    await dates(SONNET, null, null, daysAhead(-1));
    expect(await entryOf(SONNET)).toBeUndefined();
  });

  it('says of a model without an end date whether its guarantee has run out, and when it may end', async () => {
    await system.query('UPDATE bedrock_models SET earliest_end_at = $2 WHERE model_id = $1', [
      HAIKU,
      daysAhead(-3),
    ]);
    expect(await entryOf(HAIKU)).toMatchObject({
      milestones: [],
      warning: null,
      outlook: { hasRunOut: true, noticeDays: 180, endsNotBefore: daysAhead(180).toISOString() },
    });
    await dates(HAIKU, null, null, daysAhead(30));
    expect(await entryOf(HAIKU)).toMatchObject({ outlook: null, warning: { days: 30 } });
  });

  it('proposes the nearest model of the same use case with no smaller a window, and what it costs more', async () => {
    await dates(SONNET, null, null, daysAhead(90));
    // 60,000 exchanges of 1,800 and 600 tokens, of which Opus counts 1.3 times as many:
    // 60,000 × (0.0033 × 1.8 + 0.0165 × 0.6 − 1.3 × (0.0055 × 1.8 + 0.0275 × 0.6))
    expect((await entryOf(SONNET))!.successor).toMatchObject({
      model: { id: OPUS },
      savedUsd: '-1108.800000',
      horizon: '30 days of clinical',
    });
  });

  it('reckons with what the use case has really used, where that is known', async () => {
    await dates(SONNET, null, null, daysAhead(90));
    await system.query(
      `INSERT INTO use_case_usage (use_case, exchanges, input_tokens, output_tokens, median_exchanges, measured_at)
       VALUES ('clinical', 100, 100000, 10000, 4, now())`,
    );
    // 100 exchanges of 1,000 and 100 tokens: 100 × (0.0033 + 0.00165 − 1.3 × (0.0055 + 0.00275))
    expect((await entryOf(SONNET))!.successor).toMatchObject({ model: { id: OPUS }, savedUsd: '-0.577500' });
  });

  it('proposes nobody whose prompts may go where those of the use case may not', async () => {
    await dates(SONNET, null, null, daysAhead(90));
    await system.query(`UPDATE use_cases SET allowed_regions = '{eu-central-1}' WHERE name = 'clinical'`);
    expect((await entryOf(SONNET))!.successor).toBeNull();
  });

  it.each([
    ['failed validation', `validation_status = 'failed'`],
    ['is not available', 'is_available = false'],
    ['has no price', 'output_price_per_1k = NULL'],
    ['may send prompts out of Europe', `destination_regions = '{eu-central-1,us-east-1}'`],
  ])('proposes nobody who %s', async (_, change) => {
    await dates(SONNET, null, null, daysAhead(90));
    await system.query(`UPDATE bedrock_models SET ${change} WHERE model_id = $1`, [OPUS]);
    expect((await entryOf(SONNET))!.successor).toBeNull();
  });

  it('prefers the successor that the catalogue names, if its window is large enough', async () => {
    await dates(NOVA_LITE, null, null, daysAhead(90));
    await system.query('UPDATE bedrock_models SET successor_model_id = $1 WHERE model_id = $2', [
      HAIKU,
      NOVA_LITE,
    ]);
    expect((await entryOf(NOVA_LITE))!.successor).not.toMatchObject({ model: { id: HAIKU } });
    await system.query('UPDATE bedrock_models SET context_window = 1000000 WHERE model_id = $1', [HAIKU]);
    expect((await entryOf(NOVA_LITE))!.successor).toMatchObject({ model: { id: HAIKU } });
  });
});

describe('warnings', () => {
  const raised = async () =>
    (
      await system.query<{ milestone: string; days: number }>(
        'SELECT milestone, days FROM lifecycle_warnings WHERE model_id = $1 ORDER BY raised_at, milestone',
        [SONNET],
      )
    ).map(({ milestone, days }) => `${milestone} ${days}`);

  /** Texts about it in the notifications of operators, oldest first. */
  const told = async () =>
    (
      await system.query<{ message: string }>(
        `SELECT message FROM notifications WHERE kind = 'lifecycle' AND audience = 'operators' AND model_id = $1
         ORDER BY occurred_at, message`,
        [SONNET],
      )
    ).map(({ message }) => message.replace(/^Claude Sonnet 4\.6 (.*), on .*$/, '$1'));

  it('come at 180, 90, 45 and 14 days, once each, however many sweeps there are', async () => {
    await dates(SONNET, null, null, daysAhead(182));
    const seen: [day: number, warnings: number][] = [];
    let left = 182;
    for (const day of [182, 181, 180, 179, 91, 90, 46, 45, 15, 14, 13, 1]) {
      system.clock.advance((left - day) * DAY);
      left = day;
      await system.sweep(0);
      await system.sweep(0);
      seen.push([day, (await raised()).length]);
    }
    expect(seen).toEqual([
      [182, 0],
      [181, 0],
      [180, 1],
      [179, 1],
      [91, 1],
      [90, 2],
      [46, 2],
      [45, 3],
      [15, 3],
      [14, 4],
      [13, 4],
      [1, 4],
    ]);
    expect(await raised()).toEqual(['end_of_life 180', 'end_of_life 90', 'end_of_life 45', 'end_of_life 14']);
    expect(await told()).toEqual([
      'ends in 180 days',
      'ends in 90 days',
      'ends in 45 days',
      'ends in 14 days',
    ]);
  });

  it('come again when the date is moved, and for each date separately', async () => {
    await dates(SONNET, daysAhead(80), null, daysAhead(170));
    await system.sweep(0);
    expect(await raised()).toEqual(['end_of_life 180', 'legacy 90']);
    await dates(SONNET, daysAhead(80), null, daysAhead(175));
    await system.sweep();
    expect(await raised()).toEqual(['end_of_life 180', 'end_of_life 180', 'legacy 90']);
    expect(await told()).toEqual(['becomes legacy in 80 days', 'ends in 170 days', 'ends in 175 days']);
  });
});

it('GET /v1/lifecycle says it all, the next date first', async () => {
  const now = new Date();
  await dates(SONNET, null, null, daysAhead(100.5, now));
  await dates(NOVA_LITE, daysAhead(10.5, now), null, daysAhead(400.5, now));
  const api = await ApiInstance.start(system.environment.variables);
  const { status, body } = await api.get('/v1/lifecycle');
  await api.close();
  expect(status).toBe(200);
  const inTest = body.items.filter(({ modelId }: { modelId: string }) =>
    [SONNET, NOVA_LITE].includes(modelId),
  );
  expect(inTest).toEqual([
    expect.objectContaining({
      modelId: NOVA_LITE,
      inUse: true,
      useCases: ['health'],
      warning: { milestone: 'legacy', days: 10, threshold: 14 },
      milestones: [
        { milestone: 'legacy', at: daysAhead(10.5, now).toISOString(), days: 10 },
        { milestone: 'end_of_life', at: daysAhead(400.5, now).toISOString(), days: 400 },
      ],
    }),
    {
      modelId: SONNET,
      name: 'Claude Sonnet 4.6',
      status: 'ACTIVE',
      milestones: [{ milestone: 'end_of_life', at: daysAhead(100.5, now).toISOString(), days: 100 }],
      outlook: null,
      warning: { milestone: 'end_of_life', days: 100, threshold: 180 },
      inUse: true,
      useCases: ['clinical'],
      conversations: expect.any(Number),
      conversationsCapped: false,
      successor: {
        modelId: OPUS,
        name: 'Claude Opus 4.7',
        savedUsd: '-1108.800000',
        horizon: '30 days of clinical',
      },
    },
  ]);
});

it('GET /metrics has the days that are left and the warning that is due, without a token', async () => {
  const now = new Date();
  await dates(SONNET, null, null, daysAhead(100.5, now));
  await dates(NOVA_LITE, daysAhead(10.5, now), null, daysAhead(400.5, now));
  const api = await ApiInstance.start(system.environment.variables);
  const { status, headers, text } = await api.get('/metrics', '');
  await api.close();
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const figures = text
    .split('\n')
    .filter((line) => line.startsWith('orchestrator_model_lifecycle'))
    .filter((line) => line.includes(SONNET) || line.includes(NOVA_LITE));
  expect(figures.map((line) => line.replace('orchestrator_model_lifecycle_', '')).sort()).toEqual([
    `days{model_id="${NOVA_LITE}",milestone="end_of_life"} 400`,
    `days{model_id="${NOVA_LITE}",milestone="legacy"} 10`,
    `days{model_id="${SONNET}",milestone="end_of_life"} 100`,
    `warning_days{model_id="${NOVA_LITE}",milestone="legacy"} 14`,
    `warning_days{model_id="${SONNET}",milestone="end_of_life"} 180`,
  ]);
});
