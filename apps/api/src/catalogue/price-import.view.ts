import type { ImportResult } from '#libs/catalogue/price-import.service.js';
import type { ModelPrice, NewQuote, PriceEffect, PriceQuote } from '#libs/catalogue/price-quotes.js';
import type { ImportPrices } from './catalogue-sync.schemas.js';
import { toSourcedPriceView } from './model.view.js';

export const toQuotes = ({ source, prices }: ImportPrices): NewQuote[] =>
  prices.map((price) => ({
    source,
    modelId: price.modelId,
    inputPer1k: price.inputPricePer1k,
    outputPer1k: price.outputPricePer1k,
    cacheReadPer1k: price.cacheReadPricePer1k ?? null,
    cacheWritePer1k: price.cacheWritePricePer1k ?? null,
    dimensions: price.priceDimensions ?? {},
    validFrom: price.validFrom ?? null,
  }));

export const toImportView = ({ conflicts, effects, ...result }: ImportResult) => ({
  ...result,
  conflicts: conflicts.map(({ modelId, sources }) => ({ modelId, sources: sources.map(toSourcedPriceView) })),
  effects: effects.map(toEffectView),
});

const toEffectView = ({ effect, before, after }: PriceEffect) => ({
  modelId: after.modelId,
  effect,
  validFrom: after.validFrom,
  before: { ...pricesOf(before), source: before.source },
  after: { ...pricesOf(after), source: after.source },
});

const pricesOf = ({ inputPer1k, outputPer1k }: ModelPrice | PriceQuote) => ({
  inputPricePer1k: inputPer1k,
  outputPricePer1k: outputPer1k,
});

export const toUpcomingView = (quote: PriceQuote) => ({
  modelId: quote.modelId,
  source: quote.source,
  inputPricePer1k: quote.inputPer1k,
  outputPricePer1k: quote.outputPer1k,
  cacheReadPricePer1k: quote.cacheReadPer1k,
  cacheWritePricePer1k: quote.cacheWritePer1k,
  validFrom: quote.validFrom,
});
