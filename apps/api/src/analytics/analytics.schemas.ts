import { z } from 'zod';
import type {
  CallFormsOfDays,
  Grouped,
  GroupedCosts,
  GroupedUsage,
  UsageAndTimes,
} from '#libs/analytics/analytics.service.js';
import type { Preference, SwitchFigures, UsageFigures } from '#libs/analytics/usage-figures.js';
import { CostUnknownView } from '../chat/chat.schemas.js';
import { cursor, Id, Limit, ModelId, WireName } from '../http/string.schemas.js';
import { cursorOf } from './analytics-cursor.js';

const Day = z.iso
  .date({ error: 'must be a date such as 2026-11-22' })
  .meta({ type: 'string', format: 'date' });
const Cursor = cursor(z.string().min(1).max(600));

export const AnalyticsQuery = z.strictObject({
  groupBy: z.enum(['model', 'useCase', 'user', 'day', 'hour']).default('model'),
  from: Day.optional().meta({
    description: 'First day (UTC), included; default: 6 days before the last day',
  }),
  to: Day.optional().meta({ description: 'Last day (UTC), included; default: today' }),
  modelId: ModelId.optional(),
  useCase: Id.optional(),
  userId: Id.optional(),
  limit: Limit,
  cursor: Cursor,
});
export type AnalyticsQuery = z.infer<typeof AnalyticsQuery>;

export const OwnUsageQuery = AnalyticsQuery.omit({ userId: true })
  .extend({ groupBy: z.enum(['model', 'useCase', 'day']).default('model') })
  .strict();
export type OwnUsageQuery = z.infer<typeof OwnUsageQuery>;

export const CallFormsQuery = AnalyticsQuery.pick({ from: true, to: true, useCase: true });
export type CallFormsQuery = z.infer<typeof CallFormsQuery>;

export const PreferencesQuery = z.strictObject({
  userId: Id.optional(),
  modelId: ModelId.optional(),
  limit: Limit,
  cursor: Cursor,
});
export type PreferencesQuery = z.infer<typeof PreferencesQuery>;

const count = (description: string) => z.number().int().meta({ description });
const usd = (description: string) => z.string().nullable().meta({ description });
const key = z.string().meta({ description: 'The model, use case, user, day or hour' });

const Times = z
  .object({
    mean: z.number().int().meta({ description: 'Mean of all answered calls' }),
    p50: z.number().int().nullable().meta({
      description:
        'Median of calls that the first attempt answered, accurate to 10 %; null: not available for hours and single users',
    }),
    p95: z.number().int().nullable(),
  })
  .nullable()
  .meta({ description: 'Milliseconds; null: no call has a time' });

const Usage = z.object({
  calls: z.number().int(),
  answered: z.number().int(),
  refused: count('Calls that the model or its content filter refused'),
  guardrailIntervened: count('Calls in which a guardrail stopped the prompt or changed the response'),
  failed: z.number().int(),
  cancelled: z.number().int(),
  fallbacks: count('Calls that ended on a fallback'),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cacheReadInputTokens: z.number().int(),
  cacheWriteInputTokens: z.number().int(),
  totalTokens: z.number().int(),
  estimatedCalls: count('Calls whose tokens are an estimate, because Bedrock reported none'),
  latencyMs: Times,
  firstTextMs: Times,
});
const Costs = z.object({
  calls: z.number().int(),
  costUsd: usd('USD of the calls whose cost is known; null: no cost is known'),
  unknownCostCalls: count('Calls that are not in `costUsd`, because a price is not known'),
});
const Switches = z.object({
  switches: z.number().int(),
  manual: z.number().int(),
  auto: z.number().int(),
  fallback: z.number().int(),
  estimatedUsd: usd(
    'Sum of the cost impacts in USD; null: no cost impact is known. That of a use case counts for the time until its next switch, at most 30 days; that of a conversation that switched again for the share of its exchanges that were made',
  ),
  unknownEstimates: count('Switches that are not in `estimatedUsd`, because their cost impact is not known'),
  savedUsd: usd('Saving in USD so far, from the calls after the switches; null: no saving is known'),
  savingCalls: count('Calls after the switches, within the horizon of the switch and on its new model'),
  unknownSavings: count(
    'Calls of `savingCalls` that are not in `savedUsd`, because their saving is not known',
  ),
});

const grouped = <T extends z.ZodRawShape>(figures: z.ZodObject<T>) => ({
  from: z.iso.date(),
  to: z.iso.date(),
  groupBy: z.enum(['model', 'useCase', 'user', 'day', 'hour']),
  items: z.array(figures.extend({ key })),
  totals: figures.meta({ description: 'Totals of all groups, not only of this page' }),
  nextCursor: z.string().nullable(),
});
const complete = z
  .boolean()
  .meta({ description: 'false: some calls are missing here, because they wait for their roll-up' });

const DAYS = { from: '2026-11-16', to: '2026-11-22', groupBy: 'model' } as const;
const MODEL = 'eu.amazon.nova-lite-v1:0';
const A_USAGE = {
  calls: 1204,
  answered: 1190,
  refused: 2,
  guardrailIntervened: 1,
  failed: 4,
  cancelled: 7,
  fallbacks: 21,
  inputTokens: 2_167_200,
  outputTokens: 722_400,
  cacheReadInputTokens: 0,
  cacheWriteInputTokens: 0,
  totalTokens: 2_889_600,
  estimatedCalls: 0,
  latencyMs: { mean: 1843, p50: 1705, p95: 4240 },
  firstTextMs: { mean: 402, p50: 342, p95: 850 },
};
const A_COST = { calls: 1204, costUsd: '0.3944304', unknownCostCalls: 0 };
const SOME_SWITCHES = {
  switches: 12,
  manual: 9,
  auto: 2,
  fallback: 1,
  estimatedUsd: '2.233788',
  unknownEstimates: 0,
  savedUsd: '1.8401115',
  savingCalls: 118,
  unknownSavings: 0,
};

export const UsagePage = z.object({ ...grouped(Usage), complete }).meta({
  id: 'UsagePage',
  examples: [
    { ...DAYS, items: [{ key: MODEL, ...A_USAGE }], totals: A_USAGE, nextCursor: null, complete: true },
  ],
});
export const CostsPage = z
  .object({
    ...grouped(Costs),
    switches: Switches.meta({
      description: 'Switches of the period, with their cost impacts and savings',
    }),
    unknownCosts: z
      .array(z.object({ modelId: z.string(), reason: CostUnknownView, calls: z.number().int() }))
      .meta({
        description:
          'Price that is missing, by model: calls and attempts of the period, as far as they are rolled up; empty for a single user',
      }),
    complete,
  })
  .meta({
    id: 'CostsPage',
    examples: [
      {
        ...DAYS,
        items: [{ key: MODEL, ...A_COST }],
        totals: A_COST,
        nextCursor: null,
        switches: SOME_SWITCHES,
        unknownCosts: [{ modelId: MODEL, reason: 'no_price_for_service_tier', calls: 3 }],
        complete: true,
      },
    ],
  });
export const SwitchFiguresPage = z.object(grouped(Switches)).meta({
  id: 'SwitchFiguresPage',
  examples: [{ ...DAYS, items: [{ key: MODEL, ...SOME_SWITCHES }], totals: SOME_SWITCHES, nextCursor: null }],
});

export const CallFormsList = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    items: z.array(
      z.object({
        wire: WireName,
        bodyFamily: z.string().nullable().meta({
          description: 'Form of the body: converse, claude, nova, mistral, openai or other; null: a chat',
        }),
        calls: z.number().int(),
        forms: z
          .array(z.object({ form: z.string(), calls: z.number().int() }))
          .meta({ description: 'Calls by capability; a call with several counts for each' }),
      }),
    ),
    nextCursor: z.null().meta({ description: 'There is one page' }),
    complete,
  })
  .meta({
    id: 'CallFormsList',
    examples: [
      {
        from: '2026-11-16',
        to: '2026-11-22',
        items: [
          {
            wire: 'bedrock',
            bodyFamily: 'claude',
            calls: 412,
            forms: [
              { form: 'temperature', calls: 400 },
              { form: 'tools', calls: 12 },
            ],
          },
          { wire: 'chat', bodyFamily: null, calls: 88, forms: [] },
        ],
        nextCursor: null,
        complete: true,
      },
    ],
  });

const PreferenceView = z.object({
  userId: z.string(),
  modelId: z.string(),
  selections: count('Switches of the conversations of the user to this model in the last 30 days'),
  autoAdoptionPercentage: z.number().meta({ description: 'Number of these switches that were automatic' }),
  lastSelectedAt: z.iso.datetime(),
});
export const PreferencesPage = z
  .object({ items: z.array(PreferenceView), nextCursor: z.string().nullable() })
  .meta({
    id: 'PreferencesPage',
    examples: [
      {
        items: [
          {
            userId: 'user-456',
            modelId: MODEL,
            selections: 3,
            autoAdoptionPercentage: 33.33,
            lastSelectedAt: '2026-11-21T14:03:11.204Z',
          },
        ],
        nextCursor: null,
      },
    ],
  });

const toGrouped = <F, V>({ query: question, items, totals, next }: Grouped<F>, view: (figures: F) => V) => ({
  from: question.from,
  to: question.to,
  groupBy: question.groupBy,
  items: items.map((item) => ({ key: item.key, ...view(item) })),
  totals: view(totals),
  nextCursor: next ? cursorOf([next.rank, next.key]) : null,
});

export const toUsagePage = ({ complete, ...page }: GroupedUsage<UsageAndTimes>) => ({
  ...toGrouped(page, toUsage),
  complete,
});
export const toCostsPage = ({ complete, switches, unknownCosts, ...page }: GroupedCosts) => ({
  ...toGrouped(page, toCosts),
  switches: toSwitches(switches),
  unknownCosts,
  complete,
});
export const toSwitchFiguresPage = (page: Grouped<SwitchFigures>) => toGrouped(page, toSwitches);
export const toCallFormsList = ({ from, to, items, complete }: CallFormsOfDays) => ({
  from,
  to,
  items,
  nextCursor: null,
  complete,
});
export const toPreferencesPage = ({
  items,
  next,
}: {
  items: Preference[];
  next?: Preference | undefined;
}) => ({
  items: items.map((item) => ({ ...item, lastSelectedAt: item.lastSelectedAt.toISOString() })),
  nextCursor: next ? cursorOf([next.selections, next.userId, next.modelId]) : null,
});

const toUsage = ({ percentiles, ...figures }: UsageAndTimes) => ({
  ...figures,
  cacheReadInputTokens: figures.cacheReadTokens,
  cacheWriteInputTokens: figures.cacheWriteTokens,
  totalTokens:
    figures.inputTokens + figures.outputTokens + figures.cacheReadTokens + figures.cacheWriteTokens,
  estimatedCalls: figures.estimated,
  latencyMs: toTimes(figures.latencyMs, figures.answered, percentiles.latencyMs),
  firstTextMs: toTimes(figures.firstTextMs, figures.firstTexts, percentiles.firstTextMs),
});

const toTimes = (sum: number, calls: number, percentiles?: { p50: number; p95: number }) =>
  calls === 0
    ? null
    : { mean: Math.round(sum / calls), p50: percentiles?.p50 ?? null, p95: percentiles?.p95 ?? null };

const toCosts = ({ calls, failed, costUsd, unknownCosts }: UsageFigures) => ({
  calls,
  costUsd: known(costUsd, unknownCosts, calls - failed),
  unknownCostCalls: unknownCosts,
});

const toSwitches = (figures: SwitchFigures) => ({
  ...figures,
  estimatedUsd: known(figures.estimatedUsd, figures.unknownEstimates, figures.switches),
  savedUsd: known(figures.savedUsd, figures.unknownSavings, figures.savingCalls),
});

/** A sum of nothing but unknown amounts is unknown, never 0. */
const known = (sum: string, unknown: number, all: number): string | null =>
  unknown > 0 && unknown >= all ? null : sum;
