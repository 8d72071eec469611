import { z } from 'zod';
import { Capabilities } from '#libs/catalogue/capabilities.js';
import { Guarantee } from '#libs/catalogue/model-facts.js';
import { PriceDimensions } from '#libs/catalogue/price-dimensions.js';

const Usd = z.string().nullable().meta({ description: 'USD as a decimal; null: not known' });

export const TOKEN_FACTOR = 'Tokens that the model counts of a text for each token that most models count';

/** These lists take no parameters; one that is sent is a mistake worth telling. */
export const NoQuery = z.strictObject({});

export const ReasonView = z.object({ code: z.string(), detail: z.string() }).meta({ id: 'Reason' });

export const SourcedPriceView = z
  .object({ source: z.string(), inputPricePer1k: Usd, outputPricePer1k: Usd })
  .meta({ id: 'SourcedPrice' });

export const ModelView = z
  .object({
    id: z.string(),
    name: z.string(),
    provider: z.string(),
    useCase: z.string().nullable(),
    maxTokens: z.number().int().nullable(),
    foundationModelId: z.string(),
    contextWindow: z.number().int().nullable(),
    tier: z.number().int().nullable(),
    lifecycle: z.object({
      status: z.enum(['ACTIVE', 'LEGACY', 'EOL']),
      legacyAt: z.string().nullable(),
      extendedAccessAt: z.string().nullable(),
      endOfLifeAt: z.string().nullable(),
    }),
    capabilities: Capabilities.meta({
      description: 'Forms of a request that the model takes or refuses; absent: not known',
    }),
    refusedForms: z.array(z.string()).meta({
      description:
        'Names of capabilities that the model has refused since the last sync, whatever `capabilities` says',
    }),
    guarantee: Guarantee.nullable().meta({
      description: 'Earliest end of the model and its notice; null: not known',
    }),
    invokeWith: z.enum(['inference_profile', 'foundation_model']).nullable(),
    destinationRegions: z.array(z.string()).nullable(),
    inputPricePer1k: Usd,
    outputPricePer1k: Usd,
    cacheReadPricePer1k: Usd,
    cacheWritePricePer1k: Usd,
    priceDimensions: PriceDimensions,
    tokenFactor: z.number().meta({ description: TOKEN_FACTOR }),
    priceSource: z.string().nullable().meta({ description: 'Source of the price; null: no source' }),
    priceConflicts: z.array(SourcedPriceView).meta({
      description: 'Price of each source, including the source that applies; empty if all sources agree',
    }),
    available: z.boolean(),
    validationStatus: z.enum(['unknown', 'passed', 'failed']),
    lastValidatedAt: z.string().nullable(),
    successor: z.string().nullable(),
  })
  .meta({ id: 'Model' });
export type ModelView = z.infer<typeof ModelView>;

const verdict = {
  selectable: z.boolean(),
  reasons: z
    .array(ReasonView)
    .meta({ description: 'Reasons why the model is not selectable; empty if it is selectable' }),
};
export const JudgedModelView = ModelView.extend(verdict).meta({ id: 'JudgedModel' });

const CandidateView = ModelView.extend({
  rank: z.number().int().meta({ description: 'Position in the ranking; 1 is the best' }),
  active: z.boolean(),
  ...verdict,
  expectedCostPerExchange: Usd,
  timeToFirstTokenMs: z.number().int().nullable(),
}).meta({ id: 'Candidate' });

/** Tokens of one exchange, as a model with the token factor 1 counts them. */
const tokenMix = {
  inputTokens: z.number().meta({ description: 'Input tokens without cached tokens' }),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
};

const ExpectedUsageView = z
  .object({
    ...tokenMix,
    exchangesPerConversation: z.number(),
    exchangesPer30Days: z.number(),
    basis: z.enum(['measured', 'blended', 'configured']),
  })
  .meta({
    id: 'ExpectedUsage',
    description:
      'Usage for cost impacts and for the objective `cost`, scaled to 30 days. Measured usage of less than a week is blended with configured usage',
  });

export const ExplanationView = z
  .object({
    useCase: z.string(),
    objective: z.enum(['quality', 'cost', 'latency']),
    expected: ExpectedUsageView,
    candidates: z.array(
      z.object({
        modelId: z.string(),
        name: z.string(),
        rank: z.number().int().meta({ description: 'Position in the ranking; 1 is the best' }),
        active: z.boolean(),
        ...verdict,
        expectedCostPerExchange: Usd,
        timeToFirstTokenMs: z.number().int().nullable(),
      }),
    ),
  })
  .meta({
    id: 'SelectionExplanation',
    description: 'With `explain`: the ranking that the selection used',
  });

export const CandidatesView = z
  .object({
    useCase: z.string(),
    objective: z.enum(['quality', 'cost', 'latency']),
    total: z.number().int(),
    models: z.array(CandidateView),
    explanation: ExplanationView.optional(),
  })
  .meta({ id: 'Candidates' });

export const Clients = z.enum(['keys', 'users', 'both']).meta({
  description: 'Who may chat in the use case: service keys, users with their own token, or both',
});
const HasSystemPrompt = z.boolean().meta({ description: 'true: it replaces the system prompt of users' });

export const GuardrailView = z
  .strictObject({
    id: z
      .string()
      .regex(/^([a-z0-9]{1,64}|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail\/[a-z0-9]+)$/, {
        error: 'must be the id or the ARN of a guardrail',
      })
      .meta({ description: 'Id or ARN' }),
    version: z
      .string()
      .regex(/^([1-9][0-9]{0,7}|DRAFT)$/, { error: 'must be a number or DRAFT' })
      .meta({ description: 'Number of a version, or DRAFT' }),
    required: z.boolean().default(true).meta({
      description: 'true: models that take no guardrail are skipped. false: they are called without it',
    }),
  })
  .meta({
    id: 'Guardrail',
    examples: [{ id: 'gr1example', version: '1', required: true }],
    description: 'A guardrail of Amazon Bedrock. Callers can neither replace nor remove it',
  });

export const UseCaseView = z
  .object({
    name: z.string(),
    objective: z.enum(['quality', 'cost', 'latency']),
    activeModelId: z.string(),
    candidates: z.array(z.string()).meta({ description: "Model ids in the operator's order" }),
    configured: z
      .object({
        inputTokens: z.number(),
        outputTokens: z.number(),
        exchangesPerConversation: z.number(),
        exchangesPer30Days: z.number(),
      })
      .meta({ description: 'Configured usage; tokens are per exchange' }),
    measured: z
      .object({
        exchanges: z.number(),
        days: z.number().meta({ description: 'Length of the measurement, from 1 hour to 30 days' }),
        ...tokenMix,
        medianExchanges: z.number(),
      })
      .nullable()
      .meta({ description: 'Measured usage of the last 30 days; null: not measured yet' }),
    expected: ExpectedUsageView,
    allowedRegions: z.array(z.string()).nullable(),
    guardrail: GuardrailView.nullable().meta({ description: 'Applied to every call; null: none' }),
    clients: Clients,
    hasSystemPrompt: HasSystemPrompt,
    onModelFailure: z.enum(['switch', 'alert']),
    onModelRecovery: z.enum(['manual', 'auto']),
    control: z
      .enum(['direct', 'reviewed'])
      .meta({ description: 'reviewed: it changes by approved change requests only' }),
    frozenUntil: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'End of the last freeze that is present or ahead; null: none' }),
    version: z.number().int(),
  })
  .meta({ id: 'UseCase' });

export const ModelUseView = z
  .object({
    modelId: z.string(),
    useCases: z.array(z.string()).meta({ description: 'Use cases that have this active model' }),
    conversations: z
      .number()
      .int()
      .meta({ description: 'Conversations that run on the model now: the sum of `following` and `pinned`' }),
    conversationsCapped: z.boolean().meta({ description: 'true: there are more than counted' }),
    following: z.number().int().meta({
      description:
        'Conversations that follow a use case which runs on the model, or whose pin has no effect there',
    }),
    pinned: z.number().int().meta({ description: 'Conversations that are pinned to the model' }),
    pinnedWithoutEffect: z.number().int().meta({
      description:
        'Conversations that are pinned to the model while it is not selectable: another model answers',
    }),
  })
  .meta({ id: 'ModelUse' });

export const AssistantView = z
  .object({ id: z.string(), name: z.string(), useCase: z.string(), hasSystemPrompt: HasSystemPrompt })
  .meta({ id: 'Assistant' });

const nextCursor = z.string().nullable().meta({ description: 'null: this is the last page' });
export const ModelPage = z.object({ items: z.array(JudgedModelView), nextCursor }).meta({ id: 'ModelPage' });
export const UseCasePage = z.object({ items: z.array(UseCaseView), nextCursor }).meta({ id: 'UseCasePage' });
export const AssistantPage = z
  .object({ items: z.array(AssistantView), nextCursor })
  .meta({ id: 'AssistantPage' });
