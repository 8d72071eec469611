import { stripControlChars } from './output.js';
import { type Column, shownDecimal } from './render.js';
import { type Reason, reasonTexts } from './response-schemas.js';

/** Fields of a model that lists show, of each release of the service. */
export interface ShownModel {
  readonly id: string;
  readonly name: string;
  readonly provider?: string | null;
  readonly useCase?: string | null;
  readonly maxTokens?: number | null;
  readonly lifecycle?: { readonly status: string; readonly endOfLifeAt?: string | null } | null;
  readonly inputPricePer1k?: string | number | null;
  readonly outputPricePer1k?: string | number | null;
}

export const MODEL_ID: Column<ShownModel> = { head: 'MODEL ID', cell: ({ id }) => id };
export const MODEL_NAME: Column<ShownModel> = { head: 'NAME', cell: ({ name }) => name, dropOrder: 1 };
export const PRICES: readonly Column<ShownModel>[] = [
  { head: '$/1K IN', cell: ({ inputPricePer1k }) => shownPrice(inputPricePer1k) },
  { head: '$/1K OUT', cell: ({ outputPricePer1k }) => shownPrice(outputPricePer1k) },
];
export const MODEL_COLUMNS: readonly Column<ShownModel>[] = [
  MODEL_ID,
  MODEL_NAME,
  { head: 'PROVIDER', cell: ({ provider }) => provider ?? '-', dropOrder: 3 },
  { head: 'USE CASE', cell: ({ useCase }) => useCase ?? '-' },
  { head: 'MAX TOKENS', cell: ({ maxTokens }) => String(maxTokens ?? '-'), dropOrder: 2 },
  ...PRICES,
  { head: 'LIFECYCLE', cell: ({ lifecycle }) => shownLifecycle(lifecycle) ?? '-', dropOrder: 4 },
];

/** An unknown price is not a price of nothing. */
export function shownPrice(price: string | number | null | undefined): string {
  return price === null || price === undefined ? 'unknown' : shownDecimal(price);
}

/** `ACTIVE`, `LEGACY until 2027-04-08` or `EOL since 2026-03-01`. */
export function shownLifecycle(lifecycle: ShownModel['lifecycle']): string | undefined {
  if (!lifecycle) return undefined;
  const { status, endOfLifeAt } = lifecycle;
  if (!endOfLifeAt) return status;
  return `${status} ${status === 'EOL' ? 'since' : 'until'} ${endOfLifeAt.slice(0, 10)}`;
}

export const reasonLines = (reasons: readonly Reason[] | null | undefined): string[] =>
  reasonTexts(reasons).map((reason) => `   - ${stripControlChars(reason)}`);
