import type { Schemas } from '#libs/client/client.js';
import { reasonLines, shownLifecycle, shownPrice } from './model-table.js';
import { stripControlChars } from './output.js';
import { facts, type Page, shownTime, timeOr } from './render.js';
import type { Verdict } from './response-schemas.js';
import { commandWith } from './successor-command.js';

type Model = Schemas['Model'];

export function verdictText(asked: string, verdict: Verdict, page: Page): string {
  const id = stripControlChars(verdict.modelId ?? asked);
  if (verdict.exists === false) {
    return `❌ ${id} is not in the catalogue.\n   See the models there are: ${page.program} list`;
  }
  const { check } = verdict;
  const validated = verdict.lastValidatedAt && shownTime(verdict.lastValidatedAt, page);
  return [
    verdict.valid ? `✅ ${id} is valid.` : `❌ ${id} cannot be used.`,
    ...reasonLines(verdict.reasons),
    ...facts([
      ['Lifecycle', shownLifecycle(verdict.lifecycle)],
      ['Last validated', validated || 'not yet'],
      ['Asked now', check && [check.outcome, check.detail].filter(Boolean).join(': ')],
      ['Successor', verdict.successor],
      ['Try', verdict.successor && commandWith(verdict.successor, page, asked)],
    ]),
  ].join('\n');
}

/** A model that was changed. */
export function modelText(done: string, model: Model, { program }: Page): string {
  const offer = done !== 'retired' && model.available === false;
  return [
    `✅ Model ${stripControlChars(model.id)} ${done}.`,
    ...facts([
      ...settings(model),
      ['Approve it', offer ? `${program} models edit ${model.id} --available yes` : undefined],
    ]),
  ].join('\n');
}

/** A model as it is, with its verdict. */
export function modelFacts(model: Schemas['JudgedModel'], page: Page): string {
  return [
    stripControlChars(model.id),
    ...facts([
      ...settings(model),
      ['Selectable', model.selectable ? 'yes' : 'no'],
      ['Last validated', timeOr(model.lastValidatedAt, 'not yet', page)],
    ]),
    ...reasonLines(model.reasons),
  ].join('\n');
}

const settings = (model: Model) =>
  [
    ['Name', model.name],
    ['Provider', model.provider],
    ['Use case', model.useCase],
    ['Max tokens', model.maxTokens?.toString()],
    ['Tier', model.tier?.toString()],
    ['Destinations', model.destinationRegions?.join(', ')],
    ['$/1K in', shownPrice(model.inputPricePer1k)],
    ['$/1K out', shownPrice(model.outputPricePer1k)],
    ['$/1K cached', known(model.cacheReadPricePer1k)],
    ['$/1K to cache', known(model.cacheWritePricePer1k)],
    ['Other prices', otherPrices(model.priceDimensions)],
    ['Lifecycle', shownLifecycle(model.lifecycle)],
    ['Status', modelStatus(model)],
    ['Successor', model.successor],
  ] as const;

/** Models without a cache are shown without its prices. */
const known = (price: string | null | undefined) =>
  price === null || price === undefined ? undefined : shownPrice(price);

/** Prices by time to live, service tier and length of the prompt, as `--price-dimensions` takes them. */
const otherPrices = (dimensions: Model['priceDimensions'] | undefined) =>
  dimensions && Object.keys(dimensions).length > 0 ? JSON.stringify(dimensions) : undefined;

export function modelStatus({
  available,
  validationStatus,
}: Pick<Model, 'available' | 'validationStatus'>): string {
  if (available === false) return 'not available';
  return validationStatus === 'failed' ? 'failed validation' : 'available';
}
