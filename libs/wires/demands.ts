import type { Capability } from '#libs/catalogue/capabilities.js';
import { formsOfTuning } from '#libs/inference/request-form.js';
import { CHARACTERS_OF_MEDIA } from '#libs/inference/token-estimate.js';
import type { Path } from './json-edits.js';
import type { JsonObject } from './read-body.js';

/** A mark up to which Bedrock caches the prompt. */
export interface CachePoint {
  /** Block, or member of a block. */
  path: Path;
  inTools: boolean;
  /** Time to live of one hour; absent: the default of five minutes. */
  hourPath?: Path;
}

/** A block of a request, and its place. */
export interface Placed {
  path: Path;
  block: JsonObject;
}

/** A block of reasoning in an earlier turn of the assistant. */
export interface Reasoning {
  path: Path;
  isSigned: boolean;
  /** True: its message has no other block. */
  isAlone: boolean;
}

/** How a request asks for reasoning. */
export interface Thinking {
  path: Path;
  /** `other`: in the form of another family than Claude. */
  kind: 'budget' | 'adaptive' | 'other';
  budgetTokens?: number;
}

/** Settings that only tune an answer: without one of them the answer is to the same question. */
export interface Tuning {
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
}

/** Place of each setting in the body of a family. */
export type Places = Record<keyof Tuning | 'maxTokens' | 'effort', Path>;

/** Everything that decides which models may get a request, and what of it. */
export interface Demands {
  /** Forms that cannot be left out. */
  needs: Capability[];
  /** True: it has members or blocks that this release does not know. Only the first model gets them. */
  hasUnknown: boolean;
  /** True: it has fields that only models of one provider know. */
  hasOwnFields: boolean;
  tuning: Tuning;
  maxTokens: number | undefined;
  cachePoints: CachePoint[];
  reasoning: Reasoning[];
  thinking: Thinking | undefined;
  hasEffort: boolean;
  /** Service tier that it asks for, as `Usage` names it; undefined: the default. */
  tier: string | undefined;
  /** Paths of options that change only the speed and the price. */
  options: Partial<Record<'serviceTier' | 'performanceConfig', Path>>;
  places: Places;
  /** Path of the pairs that say whom the call is for; undefined: it has none. */
  metadata: Path | undefined;
  /** Estimated tokens of the prompt. */
  inputTokens: number;
}

/** Returns every form of a request: those that it needs, and those that it can go without. */
export function formsOf({
  needs,
  tuning,
  cachePoints,
  reasoning,
  thinking,
  ...demands
}: Demands): Capability[] {
  const { temperature, topP, topK } = tuning;
  return [
    ...new Set<Capability>([
      ...needs,
      ...formsOfTuning({ temperature, topP }),
      ...(topK === undefined ? [] : ['topK' as const]),
      ...cachePoints.map(({ inTools }) => (inTools ? 'cachePointInTools' : 'cachePoint')),
      ...(cachePoints.some(({ hourPath }) => hourPath) ? ['cacheOneHour' as const] : []),
      ...reasoning.map(({ isSigned }) => (isSigned ? 'signedReasoning' : 'unsignedReasoning')),
      ...(thinking?.kind === 'budget' ? ['thinkingBudget' as const] : []),
      ...(thinking?.kind === 'adaptive' || demands.hasEffort ? ['adaptiveThinking' as const] : []),
      ...(Object.keys(demands.options) as (keyof typeof demands.options)[]),
    ]),
  ];
}

export const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const objectIn = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};
export const numberIn = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

export const hasOther = (object: JsonObject, known: ReadonlySet<string>): boolean =>
  Object.keys(object).some((name) => !known.has(name));

/** Reads how `thinking` of Claude asks for reasoning. */
export function thinkingAt(path: Path, { type, budget_tokens }: JsonObject): Thinking {
  if (type === 'adaptive') return { path, kind: 'adaptive' };
  const budgetTokens = numberIn(budget_tokens);
  if (type === 'enabled' && budgetTokens !== undefined) return { path, kind: 'budget', budgetTokens };
  return { path, kind: 'other' };
}

const MEDIA = new Set(['bytes', 'data']);

/** Counts the characters of all texts. Walks with an own stack: a body may be nested deeply. */
export function charactersIn(request: JsonObject): number {
  let characters = 0;
  const left: [name: string, value: unknown][] = Object.entries(request);
  for (let next = left.pop(); next; next = left.pop()) {
    const [name, value] = next;
    if (typeof value === 'string') characters += charactersOf(name, value);
    else for (const member of Object.entries(value ?? {})) left.push(member);
  }
  return characters;
}

const charactersOf = (name: string, value: string): number =>
  MEDIA.has(name) ? CHARACTERS_OF_MEDIA : value.length;
