import { z } from 'zod';
import { BY_OPERATOR } from '#libs/catalogue/capabilities.js';
import { priceKey } from '#libs/catalogue/catalogue-settings.js';
import { KnownPrice, PriceDimensions, plainAmount } from '#libs/catalogue/price-dimensions.js';
import { SECTIONS, type Section, settingKey } from '#libs/configuration/configuration.js';
import { Period, SetBudget } from '../budgets/budgets.schemas.js';
import { assistant, model, useCase } from '../catalogue/catalogue-editing.schemas.js';
import { flag, Id, ModelId, StoredModelId } from '../http/string.schemas.js';
import { SwitchWarningView } from '../orchestrate/orchestrate.schemas.js';
import { CreateWebhook } from '../webhooks/webhooks.schemas.js';

const MAX_SETTINGS = 2_000;

/** Settings of a section, each with another key. */
const section = <Setting extends z.ZodType<object>>(name: Section, setting: Setting) =>
  z
    .array(setting)
    .max(MAX_SETTINGS)
    .superRefine((settings, context) => {
      const seen = new Set<string>();
      for (const [index, each] of settings.entries()) {
        const key = settingKey(name, each);
        if (seen.has(key))
          context.addIssue({ code: 'custom', path: [index], message: `is in the file twice: ${key}` });
        seen.add(key);
      }
    })
    .optional();

const {
  inputPricePer1k: _i,
  outputPricePer1k: _o,
  cacheReadPricePer1k: _r,
  cacheWritePricePer1k: _w,
  priceDimensions: _d,
  ...flags
} = model;
const ModelSettings = z
  .strictObject(flags)
  .partial()
  .extend({ id: StoredModelId })
  .meta({ id: 'ModelSettings' });
const UseCaseSettings = z
  .strictObject(useCase)
  .partial()
  .extend({
    name: Id,
    activeModelId: ModelId.optional().meta({
      description: 'Model that the use case runs on. An apply switches to it only with `switchModels`',
    }),
  })
  .meta({ id: 'UseCaseSettings' });
const AssistantSettings = z
  .strictObject(assistant)
  .partial()
  .extend({ id: Id })
  .meta({ id: 'AssistantSettings' });

const Amount = KnownPrice.transform(plainAmount);
const PriceSettings = z
  .strictObject({
    modelId: ModelId,
    source: Id.meta({
      description: `"${BY_OPERATOR}", or the source of an import, for example a contract`,
    }),
    inputPricePer1k: Amount.nullable().meta({ description: 'USD per 1,000 tokens; null: not known' }),
    outputPricePer1k: Amount.nullable(),
    cacheReadPricePer1k: Amount.nullable(),
    cacheWritePricePer1k: Amount.nullable(),
    priceDimensions: PriceDimensions.optional().meta({
      description: 'Prices by time to live, service tier and length of the prompt; absent: they stay',
    }),
    validFrom: z.iso
      .datetime({ offset: true })
      .transform((time) => new Date(time).toISOString())
      .nullable()
      .meta({ description: 'Start of the validity of an imported price; null: the time of the apply' }),
    inEffect: z.boolean().meta({
      description:
        'true: the price of the model. false: the price is upcoming, or another source has precedence',
    }),
  })
  .refine(
    ({ source, inputPricePer1k, outputPricePer1k }) =>
      source === BY_OPERATOR || (inputPricePer1k !== null && outputPricePer1k !== null),
    { path: ['inputPricePer1k'], message: 'an imported price needs the prices of input and output' },
  )
  .meta({ id: 'PriceSettings' });
const BudgetSettings = z
  .strictObject({
    useCase: Id.nullable().meta({ description: 'Use case whose calls the budget counts; null: every call' }),
    period: Period,
    limitUsd: SetBudget.shape.limitUsd.transform(plainAmount),
  })
  .meta({ id: 'BudgetSettings' });
const WebhookSettings = z
  .strictObject({ owner: Id, feed: CreateWebhook.shape.feed, url: CreateWebhook.shape.url })
  .meta({ id: 'WebhookSettings', description: 'The secret does not travel: an apply creates a new secret' });

export const ConfigurationFile = z
  .strictObject({
    version: z.literal(1),
    models: section('models', ModelSettings),
    useCases: section('useCases', UseCaseSettings),
    assistants: section('assistants', AssistantSettings),
    prices: section('prices', PriceSettings).superRefine((prices = [], context) => {
      const inEffect = prices.filter((price) => price.inEffect);
      for (const [index, price] of prices.entries())
        if (price.inEffect && inEffect.some((other) => isOtherOfModel(other, price)))
          context.addIssue({
            code: 'custom',
            path: [index, 'inEffect'],
            message: 'is true for two prices of the model',
          });
    }),
    budgets: section('budgets', BudgetSettings),
    webhooks: section('webhooks', WebhookSettings),
  })
  .meta({
    id: 'Configuration',
    title: 'Settings of Bedrock Model Orchestrator',
    description:
      'The file manages only what it contains: an absent section, setting or field stays as it is.',
  });
export type ConfigurationFile = z.infer<typeof ConfigurationFile>;

type Price = z.infer<typeof PriceSettings>;
const isOtherOfModel = (a: Price, b: Price) => a.modelId === b.modelId && priceKey(a) !== priceKey(b);

/** A YAML text; an empty one is a mistake worth telling. */
export const ConfigurationText = z
  .string({ error: 'must be YAML: send it as application/yaml' })
  .min(1, 'is empty: send a file that `config export` wrote');

export const ApplyQuery = z.strictObject({
  dryRun: flag('true: check the file, return the result and write nothing'),
  switchModels: flag(
    'true: switch the use cases to their active models of the file, each with its audit row',
  ),
});
export type ApplyQuery = z.infer<typeof ApplyQuery>;

const value = z.unknown().meta({ description: 'null: absent' });
const difference = {
  section: z.enum(SECTIONS),
  id: z.string().meta({ description: 'Model id, name of the use case, or another key of the section' }),
  kind: z.enum(['missing', 'extra', 'changed']).meta({
    description: 'missing: only in the file. extra: only in the installation. changed: another value in each',
  }),
  field: z.string().nullable().meta({ description: 'Field with another value; null: the whole setting' }),
  file: value,
  installed: value,
  line: z.number().int().nullable().meta({ description: 'Line of the file; null: not in the file' }),
  column: z.number().int().nullable(),
};
const DifferenceView = z.object(difference).meta({ id: 'ConfigurationDifference' });
const AttributedDifferenceView = z
  .object({
    ...difference,
    changedBy: z.string().nullable().meta({
      description: 'Actor of the last change of the value in the installation; null: no change is recorded',
    }),
    changedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AttributedDifference' });

export const DiffView = z
  .object({
    differences: z.array(AttributedDifferenceView),
    warnings: z.array(SwitchWarningView).meta({
      description:
        'Calls of the last 30 days that followed a use case, and that its active model of the file does not take, or not as they are',
    }),
  })
  .meta({ id: 'ConfigurationDiff' });

const SwitchView = z.object({
  useCase: z.string(),
  fromId: z.string(),
  toId: z.string(),
  switchId: z.string().optional(),
  followers: z
    .number()
    .int()
    .optional()
    .meta({ description: 'In a dry run: conversations that follow the use case' }),
});
export const AppliedView = z
  .object({
    dryRun: z.boolean(),
    applied: z.array(DifferenceView).meta({ description: 'Differences that the apply removed' }),
    kept: z.array(DifferenceView).meta({
      description: 'Differences that stay: extra settings, and active models without `switchModels`',
    }),
    switches: z.array(SwitchView),
    warnings: z.array(SwitchWarningView).meta({
      description:
        'In a dry run: calls of the last 30 days that the new models of the switches do not take, or not as they are',
    }),
    webhooks: z.array(
      z.object({
        owner: z.string(),
        feed: z.string(),
        url: z.string(),
        secret: z
          .string()
          .nullable()
          .meta({ description: 'Only this response contains it; null in a dry run' }),
      }),
    ),
    change: z.object({ id: z.uuid(), state: z.string(), url: z.string() }).nullable().meta({
      description:
        'Change request for the settings of reviewed use cases, which are in `kept`; null: there are none, or it is a dry run',
    }),
  })
  .meta({ id: 'AppliedConfiguration' });
