import { z } from 'zod';

/**
 * What the screens need of the service's answers. Only the fields of the source document are demanded, so that
 * this program goes on working beside an older or a newer service. Prices are USD per 1,000 tokens; null is unknown.
 */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const number = z.number().nullish();
const decimal = z.union([z.string(), z.number()]).nullish();
/** `ACTIVE`, `LEGACY until 2027-04-08` or `EOL since 2026-03-01`. */
const lifecycle = z
  .object({ status: z.string(), endOfLifeAt: text })
  .transform(({ status, endOfLifeAt }) =>
    endOfLifeAt ? `${status} until ${endOfLifeAt.slice(0, 10)}` : status,
  )
  .nullish();
const reasons = z.array(z.object({ code: z.string(), detail: text })).nullish();
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
  }),
);

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
    dryRun: flag,
    costImpact: z.object({ savedUsd: decimal, horizon: text }).nullish().catch(undefined),
    followers: number.catch(undefined),
  }),
).extend({ notification: z.object({ title: text }).nullish() });

export const clearedAnswer = success(z.object({ version: decimal }));

export const keyView = z.looseObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: text,
  expiresAt: text,
  lastUsedAt: text,
  revokedAt: text,
});
export const createdKey = keyView.extend({ key: z.string() });
export const keyPage = z.object({ items: z.array(keyView), nextCursor: text });

/** Every field may be missing: a gateway in front of the service has its own idea of an error. */
export const problemAnswer = z.object({
  title: text.catch(undefined),
  detail: text.catch(undefined),
  code: text.catch(undefined),
  requestId: text.catch(undefined),
  error: text.catch(undefined),
  message: text.catch(undefined),
  errors: z
    .array(z.object({ field: text, message: z.string() }))
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
export type Candidate = z.infer<typeof candidate>;
export type Verdict = z.infer<typeof verdictAnswer>['data'];
export type SwitchAnswer = z.infer<typeof switchAnswer>;
export type Reason = { readonly code: string; readonly detail?: string | null };
export type Problem = z.infer<typeof problemAnswer>;
export type KeyView = z.infer<typeof keyView>;
export type CreatedKey = z.infer<typeof createdKey>;
export type KeyPage = z.infer<typeof keyPage>;
