import type { ImportResult } from '#libs/catalogue/price-import.service.js';
import type { NewQuote } from '#libs/catalogue/price-quotes.js';
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

export const toImportView = ({ conflicts, ...result }: ImportResult) => ({
  ...result,
  conflicts: conflicts.map(({ modelId, sources }) => ({ modelId, sources: sources.map(toSourcedPriceView) })),
});
