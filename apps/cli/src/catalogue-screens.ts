import type { AssistantView, ModelView, UseCaseView } from './answers.js';
import { CATALOGUE, shownPrice } from './model-screens.js';
import { plain } from './output.js';
import { type Column, facts, type Page, table } from './page.js';

const STATUS: Column<ModelView> = { head: 'STATUS', cell: modelStatus };

const USE_CASES: readonly Column<UseCaseView>[] = [
  { head: 'USE CASE', cell: ({ name }) => name },
  { head: 'OBJECTIVE', cell: ({ objective }) => objective ?? '-' },
  { head: 'ACTIVE MODEL', cell: ({ activeModelId }) => activeModelId ?? '-' },
  { head: 'CANDIDATES', cell: ({ candidates }) => String(candidates?.length ?? '-'), dropOrder: 1 },
  { head: 'VERSION', cell: ({ version }) => String(version ?? '-'), dropOrder: 2 },
];

const ASSISTANTS: readonly Column<AssistantView>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', cell: ({ name }) => name ?? '-', dropOrder: 1 },
  { head: 'USE CASE', cell: ({ useCase }) => useCase ?? '-' },
];

export function modelsScreen(models: readonly ModelView[], page: Page, all: boolean): string {
  const which = all ? '' : 'available ';
  const columns = all ? [...CATALOGUE, STATUS] : CATALOGUE;
  return [
    `${models.length} ${which}${models.length === 1 ? 'model' : 'models'}, prices in USD per 1,000 tokens`,
    '',
    table<ModelView>(page, columns, models),
  ].join('\n');
}

export function useCasesScreen(useCases: readonly UseCaseView[], page: Page): string {
  return table(page, USE_CASES, useCases);
}

export function assistantsScreen(assistants: readonly AssistantView[], page: Page): string {
  return table(page, ASSISTANTS, assistants);
}

/** Models without a cache are shown without its prices. */
const known = (price: ModelView['cacheReadPricePer1k']) =>
  price === null || price === undefined ? undefined : shownPrice(price);

/** Prices by time to live, service tier and length of the prompt, as `--price-dimensions` takes them. */
const otherPrices = (dimensions: ModelView['priceDimensions']) =>
  dimensions && Object.keys(dimensions).length > 0 ? JSON.stringify(dimensions) : undefined;

export function modelText(what: string, model: ModelView, { program }: Page): string {
  const offer = what !== 'retired' && model.available === false;
  return [
    `✅ Model ${plain(model.id)} ${what}.`,
    ...facts([
      ['Name', model.name],
      ['Provider', model.provider],
      ['Use case', model.useCase],
      ['Max tokens', shownCount(model.maxTokens)],
      ['Tier', shownCount(model.tier)],
      ['Destinations', model.destinationRegions?.join(', ')],
      ['$/1K in', shownPrice(model.inputPricePer1k)],
      ['$/1K out', shownPrice(model.outputPricePer1k)],
      ['$/1K cached', known(model.cacheReadPricePer1k)],
      ['$/1K to cache', known(model.cacheWritePricePer1k)],
      ['Other prices', otherPrices(model.priceDimensions)],
      ['Lifecycle', model.lifecycle],
      ['Status', modelStatus(model)],
      ['Successor', model.successor],
      ['Approve it', offer ? `${program} models edit ${model.id} --available yes` : undefined],
    ]),
  ].join('\n');
}

export function useCaseText(what: string, useCase: UseCaseView): string {
  return [
    `✅ Use case ${plain(useCase.name)} ${what}.`,
    ...facts([
      ['Objective', useCase.objective],
      ['Active model', useCase.activeModelId],
      ['Candidates', useCase.candidates?.join(', ')],
    ]),
  ].join('\n');
}

export function assistantText(what: string, { id, name, useCase }: AssistantView): string {
  return [
    `✅ Assistant ${plain(id)} ${what}.`,
    ...facts([
      ['Name', name],
      ['Use case', useCase],
    ]),
  ].join('\n');
}

const shownCount = (count: number | null | undefined) => count?.toString();

function modelStatus({ available, validationStatus }: ModelView): string {
  if (available === false) return 'not available';
  return validationStatus === 'failed' ? 'failed validation' : 'available';
}
