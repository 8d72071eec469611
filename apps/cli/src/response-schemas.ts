import { z } from 'zod';

/**
 * Responses that are read without knowing the release of the service: those of the actions of the source document,
 * of which only its fields are required, and problems, which a gateway may have written. All others have the types of
 * the typed client. Prices are USD per 1,000 tokens; null is unknown.
 */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const number = z.number().nullish();
const decimal = z.union([z.string(), z.number()]).nullish();
const lifecycle = z.object({ status: z.string(), endOfLifeAt: text }).nullish();
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

export const modelsAnswer = success(z.object({ models: z.array(model) }));

export const candidatesAnswer = success(
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
    change: z.object({ id: z.string(), state: z.string() }).nullish().catch(undefined),
    explanation: explanation.nullish().catch(undefined),
    warnings: z
      .array(z.object({ text: z.string() }))
      .nullish()
      .catch(undefined),
  }),
).extend({ notification: z.object({ title: text }).nullish() });

export const clearedAnswer = success(z.object({ version: decimal }));

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

export function reasonTexts(reasons: readonly Reason[] | null | undefined): string[] {
  return (reasons ?? []).map(({ code, detail }) => detail || code);
}

export type Candidates = z.infer<typeof candidatesAnswer>['data'];
export type Candidate = z.infer<typeof candidate>;
export type Verdict = z.infer<typeof verdictAnswer>['data'];
export type SwitchAnswer = z.infer<typeof switchAnswer>;
export type Explanation = z.infer<typeof explanation>;
export type Reason = { readonly code: string; readonly detail?: string | null };
export type Problem = z.infer<typeof problemAnswer>;
