import { z } from 'zod';

/**
 * Fields of the service's responses that the screens need. Only those of the source document are required, so that
 * this program also works with an older or a newer service. Prices are USD per 1,000 tokens; null is unknown.
 */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const number = z.number().nullish();
const decimal = z.union([z.string(), z.number()]).nullish();
/** `ACTIVE`, `LEGACY until 2027-04-08` or `EOL since 2026-03-01`. */
const lifecycle = z
  .object({ status: z.string(), endOfLifeAt: text })
  .transform(({ status, endOfLifeAt }) =>
    endOfLifeAt ? `${status} ${status === 'EOL' ? 'since' : 'until'} ${endOfLifeAt.slice(0, 10)}` : status,
  )
  .nullish();
const reasons = z.array(z.object({ code: z.string(), detail: text })).nullish();
const names = z.array(z.string()).nullish();
const successor = z
  .union([z.string(), z.object({ id: z.string() }).transform((model) => model.id)])
  .nullish()
  .catch(undefined);

const model = z.object({
  id: z.string(),
  name: z.string(),
  provider: text,
  useCase: text,
  maxTokens: number,
  lifecycle,
  inputPricePer1k: decimal,
  outputPricePer1k: decimal,
});
/** A model of the catalogue, available or not. */
export const modelView = model.extend({
  cacheReadPricePer1k: decimal,
  cacheWritePricePer1k: decimal,
  priceDimensions: z.looseObject({}).nullish(),
  foundationModelId: text,
  tier: number,
  available: flag,
  validationStatus: text,
  destinationRegions: names,
  successor,
});
const candidate = model.extend({ rank: number, active: flag, selectable: flag, reasons });

const success = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), data });

export const catalogueAnswer = success(z.object({ models: z.array(model) }));

export const useCaseAnswer = success(
  z.object({ useCase: text, objective: text, models: z.array(candidate) }),
);

export const verdictAnswer = success(
  z.object({
    modelId: text,
    valid: z.boolean(),
    exists: flag,
    reasons,
    lifecycle,
    lastValidatedAt: text,
    successor,
    check: z.object({ outcome: z.string(), detail: text }).nullish(),
  }),
);

const explanation = z.object({
  objective: text,
  candidates: z.array(
    z.object({
      modelId: z.string(),
      rank: number,
      selectable: flag,
      reasons,
      expectedCostPerExchange: decimal,
      timeToFirstTokenMs: number,
    }),
  ),
});

export const switchAnswer = success(
  z.object({
    switched: z.boolean(),
    from: z.string(),
    to: z.string(),
    fromId: text,
    toId: text,
    scope: text.catch(undefined),
    useCase: text,
    conversationId: text,
    switchId: text,
    created: flag,
    dryRun: flag,
    costImpact: z.object({ savedUsd: decimal, horizon: text }).nullish().catch(undefined),
    followers: number.catch(undefined),
    explanation: explanation.nullish().catch(undefined),
    warnings: z
      .array(z.object({ text: z.string() }))
      .nullish()
      .catch(undefined),
  }),
).extend({ notification: z.object({ title: text }).nullish() });

export const clearedAnswer = success(z.object({ version: decimal }));

const words = z.union([z.string(), z.array(z.string())]).nullish();
const keyDefaults = z.object({
  useCase: text,
  assistantId: text,
  userId: text,
  fallback: text,
  echo: text,
});
export const keyView = z.looseObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: text,
  expiresAt: text,
  lastUsedAt: text,
  revokedAt: text,
  replacedBy: text,
  defaults: keyDefaults.nullish(),
  limits: z.object({ useCases: words, models: words, users: words }).nullish(),
});
export const createdKey = keyView.extend({ key: z.string() });
export const rotatedKey = createdKey.extend({ replaced: keyView });

export const useCaseView = z.object({
  name: z.string(),
  objective: text,
  activeModelId: text,
  candidates: names,
  version: number,
});
export const assistantView = z.object({ id: z.string(), name: text, useCase: text });

const row = z.record(z.string(), z.unknown()).nullish();
export const changeView = z.object({
  entity: z.string(),
  entityId: z.string(),
  actor: text,
  changedAt: z.string(),
  before: row,
  after: row,
});

export const switchView = z.object({
  conversationId: text,
  useCase: text,
  userId: text,
  actor: text,
  action: text,
  previousModelId: text,
  newModelId: z.string(),
  reason: text,
  costImpact: decimal,
  status: text,
  timestamp: z.string(),
});

export const validationView = z.object({
  modelId: z.string(),
  checkedAt: z.string(),
  method: text,
  outcome: z.string(),
  errorKind: text,
  detail: text,
  latencyMs: number,
  tokens: number,
  costUsd: decimal,
});

/** Some name what they found by its id alone. */
const modelIds = z
  .array(z.union([z.string(), z.object({ modelId: z.string() }).transform(({ modelId }) => modelId)]))
  .nullish();
export const syncAnswer = z
  .object({ requested: flag, added: modelIds, changed: modelIds, gone: modelIds })
  .refine((answer) => Object.values(answer).some((value) => value !== undefined));
const sourcedPrice = z.object({ source: z.string(), inputPricePer1k: decimal, outputPricePer1k: decimal });
export const importAnswer = z.object({
  imported: z.number(),
  unchanged: number,
  unknownModels: names,
  conflicts: z.array(z.object({ modelId: z.string(), sources: z.array(sourcedPrice).nullish() })).nullish(),
});

export const factsAnswer = z.object({
  added: names,
  changed: z
    .array(z.object({ modelId: z.string(), field: z.string(), before: z.unknown(), after: z.unknown() }))
    .nullish(),
  kept: z.array(z.object({ modelId: z.string(), priceSource: text })).nullish(),
  dryRun: flag,
});

/** Checkpoint that is written to a file and sent back unchanged. */
export const checkpointView = z.looseObject({
  position: z.number(),
  hash: z.string(),
  sealedAt: z.string(),
  keyId: text,
});
export const verification = z.object({
  intact: z.boolean(),
  checked: z.number(),
  waiting: number,
  erased: number,
  head: checkpointView.nullish(),
  checkpoints: z.object({ total: z.number(), signed: z.number(), signedFrom: number }).nullish(),
  signaturesChecked: flag,
  problems: z.array(z.object({ code: z.string(), position: number, switchId: text, detail: z.string() })),
  problemCount: z.number(),
});

export const erasureView = z.object({
  pseudonym: z.string(),
  requestedBy: text,
  requestedAt: z.string(),
  completedAt: text,
  erasedRows: z.record(z.string(), z.number()).nullish(),
});

/** Every field may be missing: a gateway in front of the service has its own idea of an error. */
export const problemAnswer = z.object({
  title: text.catch(undefined),
  detail: text.catch(undefined),
  code: text.catch(undefined),
  requestId: text.catch(undefined),
  error: text.catch(undefined),
  message: text.catch(undefined),
  errors: z
    .array(z.object({ field: text, message: z.string(), line: number, column: number }))
    .nullish()
    .catch(undefined),
  reasons: reasons.catch(undefined),
  candidates: z
    .array(z.object({ modelId: z.string(), reasons }))
    .nullish()
    .catch(undefined),
  successor,
});

export type Catalogue = z.infer<typeof catalogueAnswer>['data'];
export type UseCase = z.infer<typeof useCaseAnswer>['data'];
export type ModelView = z.infer<typeof modelView>;
export type UseCaseView = z.infer<typeof useCaseView>;
export type AssistantView = z.infer<typeof assistantView>;
export type Change = z.infer<typeof changeView>;
export type SwitchView = z.infer<typeof switchView>;
export type Validation = z.infer<typeof validationView>;
export type Sync = z.infer<typeof syncAnswer>;
export type FactsImport = z.infer<typeof factsAnswer>;
export type PriceImport = z.infer<typeof importAnswer>;
export type Candidate = z.infer<typeof candidate>;
export type Verdict = z.infer<typeof verdictAnswer>['data'];
export type SwitchAnswer = z.infer<typeof switchAnswer>;
export type Explanation = z.infer<typeof explanation>;
export type Reason = { readonly code: string; readonly detail?: string | null };
export type Problem = z.infer<typeof problemAnswer>;
export type CheckpointView = z.infer<typeof checkpointView>;
export type AuditVerification = z.infer<typeof verification>;
export type ErasureView = z.infer<typeof erasureView>;
export type KeyView = z.infer<typeof keyView>;
export type RotatedKey = z.infer<typeof rotatedKey>;
export type CreatedKey = z.infer<typeof createdKey>;
