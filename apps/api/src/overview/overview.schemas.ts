import { z } from 'zod';
import { ATTENTION_KINDS, type Attention, type Overview } from '#libs/overview/overview.js';

const share = (of: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `Share of ${of} in the calls, from 0 to 1; null: no calls` });
const Cost = z
  .string()
  .nullable()
  .meta({ description: 'USD of a day (UTC), of the calls whose cost is known; null: no cost is known' });
const Count = z
  .number()
  .int()
  .meta({ description: 'Number of conversations, counted up to 100,000; cached for 30 seconds' });

const UseCaseOverviewView = z
  .object({
    name: z.string(),
    activeModelId: z.string(),
    calls: z.number().int().meta({ description: 'Calls of the last 24 hours, in whole hours' }),
    errorRate: share('failed calls'),
    fallbackRate: share('calls that a fallback answered'),
    p95Ms: z.number().int().nullable().meta({
      description:
        '95th percentile of the time to the whole answer, today and yesterday (UTC), of calls that were answered at the first attempt; null: none',
    }),
    costTodayUsd: Cost,
    costYesterdayUsd: Cost,
    followers: Count,
    pinned: Count,
    nextEndOfLife: z
      .object({ modelId: z.string(), date: z.iso.datetime() })
      .nullable()
      .meta({ description: 'End of life of the active model; null: no date' }),
  })
  .meta({ id: 'UseCaseOverview' });

const AttentionView = z
  .object({
    kind: z.enum(ATTENTION_KINDS),
    count: z.number().int().meta({
      description:
        'Dead letters, disabled webhooks, use cases of a legacy model, or budgets; 1 for the other kinds',
    }),
    useCase: z.string().nullable(),
    modelId: z.string().nullable(),
    since: z.iso.datetime().nullable().meta({ description: 'null: not known' }),
  })
  .meta({ id: 'Attention' });

export const OverviewView = z
  .object({
    useCases: z.array(UseCaseOverviewView),
    attention: z
      .array(AttentionView)
      .meta({ description: 'States that an operator must change, the most urgent first; 100 at most' }),
  })
  .meta({ id: 'Overview' });

const toAttentionView = ({ since, ...attention }: Attention) => ({
  ...attention,
  since: since?.toISOString() ?? null,
});

export const toOverviewView = ({ useCases, attention }: Overview) => ({
  useCases: useCases.map(({ nextEndOfLife, ...useCase }) => ({
    ...useCase,
    nextEndOfLife: nextEndOfLife && {
      ...nextEndOfLife,
      date: new Date(nextEndOfLife.date).toISOString(),
    },
  })),
  attention: attention.map(toAttentionView),
});
