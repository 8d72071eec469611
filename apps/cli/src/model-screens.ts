import type { Candidate, Catalogue, Reason, UseCase, Verdict } from './answers.js';
import { plain } from './output.js';
import { type Column, facts, type Page, shownDecimal, shownTime, table } from './page.js';
import { commandWith } from './successor-command.js';

type Model = Catalogue['models'][number];
type Decimal = Model['inputPricePer1k'];

const ID: Column<Model> = { head: 'MODEL ID', cell: (model) => model.id };
const NAME: Column<Model> = { head: 'NAME', cell: (model) => model.name, dropOrder: 1 };
const PRICES: readonly Column<Model>[] = [
  { head: '$/1K IN', cell: (model) => shownPrice(model.inputPricePer1k) },
  { head: '$/1K OUT', cell: (model) => shownPrice(model.outputPricePer1k) },
];
export const CATALOGUE: readonly Column<Model>[] = [
  ID,
  NAME,
  { head: 'PROVIDER', cell: (model) => model.provider ?? '-', dropOrder: 3 },
  { head: 'USE CASE', cell: (model) => model.useCase ?? '-' },
  { head: 'MAX TOKENS', cell: (model) => String(model.maxTokens ?? '-'), dropOrder: 2 },
  ...PRICES,
  { head: 'LIFECYCLE', cell: (model) => model.lifecycle ?? '-', dropOrder: 4 },
];
const CANDIDATES: readonly Column<Candidate>[] = [
  { head: '#', cell: (model) => String(model.rank ?? '-') },
  ID,
  NAME,
  { head: 'STATUS', cell: status },
  ...PRICES.map((column) => ({ ...column, dropOrder: 2 })),
];

export function catalogueScreen({ models }: Catalogue, page: Page): string {
  if (models.length === 0) {
    return 'No model is available. An operator makes one available in bedrock_models (is_available).';
  }
  return [
    `${models.length} available ${models.length === 1 ? 'model' : 'models'}, prices in USD per 1,000 tokens`,
    '',
    table(page, CATALOGUE, models),
  ].join('\n');
}

export function useCaseScreen({ useCase, objective, models }: UseCase, page: Page): string {
  const name = plain(useCase ?? 'This use case');
  if (models.length === 0) return `${name} has no candidates yet.`;
  const order = objective ? `, ordered by ${plain(objective)}` : '';
  const refused = models.filter((model) => model.selectable === false);
  return [
    `${name}: ${models.length} ${models.length === 1 ? 'candidate' : 'candidates'}${order}`,
    '',
    table(page, CANDIDATES, models),
    ...refused.flatMap((model) => [
      '',
      `${plain(model.id)} is not selectable:`,
      ...reasonLines(model.reasons),
    ]),
  ].join('\n');
}

export function verdictScreen(asked: string, verdict: Verdict, page: Page): string {
  const id = plain(verdict.modelId ?? asked);
  if (verdict.exists === false) {
    return `❌ ${id} is not in the catalogue.\n   See the models there are: ${page.program} list`;
  }
  const { check } = verdict;
  const validated = verdict.lastValidatedAt && shownTime(verdict.lastValidatedAt);
  return [
    verdict.valid ? `✅ ${id} is valid.` : `❌ ${id} cannot be used.`,
    ...reasonLines(verdict.reasons),
    ...facts([
      ['Lifecycle', verdict.lifecycle],
      ['Last validated', validated || 'not yet'],
      ['Asked now', check && [check.outcome, check.detail].filter(Boolean).join(': ')],
      ['Successor', verdict.successor],
      ['Try', verdict.successor && commandWith(verdict.successor, page, asked)],
    ]),
  ].join('\n');
}

export function reasonTexts(reasons: readonly Reason[] | null | undefined): string[] {
  return (reasons ?? []).map(({ code, detail }) => detail || code);
}

function reasonLines(reasons: readonly Reason[] | null | undefined): string[] {
  return reasonTexts(reasons).map((reason) => `   - ${plain(reason)}`);
}

function status(model: Candidate): string {
  const selectable = model.selectable === false ? 'not selectable' : 'selectable';
  if (!model.active) return selectable;
  return model.selectable === false ? `active, ${selectable}` : 'active';
}

/** An unknown price is not a price of nothing. */
export function shownPrice(price: Decimal): string {
  return price === null || price === undefined ? 'unknown' : shownDecimal(price);
}
