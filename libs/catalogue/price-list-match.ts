import type { ListedPrice } from '#libs/platform/bedrock/price-list.js';
import type { Model } from './catalogue.js';
import type { NewQuote } from './price-quotes.js';

const AWS_PRICE_LIST = 'aws-price-list';

/**
 * The list knows models by name only. A name belongs to all rows of one foundation model (an `eu.` profile costs what
 * its source region costs); where two foundation models could be meant, to none.
 */
export function matchPrices(
  listed: readonly ListedPrice[],
  models: readonly Model[],
): { quotes: NewQuote[]; unmatched: string[] } {
  const quotes: NewQuote[] = [];
  const unmatched: string[] = [];
  for (const { model: name, ...price } of listed) {
    const meant = models.filter(
      (model) => bareName(model.name, model.provider) === bareName(name, model.provider),
    );
    if (new Set(meant.map(({ foundationModelId }) => foundationModelId)).size !== 1) unmatched.push(name);
    else quotes.push(...meant.map(({ id }) => ({ ...price, modelId: id, source: AWS_PRICE_LIST })));
  }
  return { quotes, unmatched };
}

/** `Amazon Nova 2 Lite` and `Nova 2.0 Lite` are one; `Nova Lite` is another. */
function bareName(name: string, provider: string): string {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9.]+/)
    .filter(Boolean)
    .map((word) => word.replace(/^(\d+)\.0$/, '$1'));
  return (words[0] === provider ? words.slice(1) : words).join(' ');
}
