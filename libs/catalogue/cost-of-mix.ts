import { Decimal } from 'decimal.js';
import type { Price } from './catalogue.js';
import type { TokenMix } from './expected-usage.js';

type MixPrices = Omit<Price, 'version' | 'dimensions'>;

/**
 * The cost of a text on a model, in USD, at its base prices: those of the default tier, of a short prompt, and of cache
 * writes for five minutes. A model without a cache price reads what others have cached as plain input.
 * @param mix counted as most models do
 * @param tokenFactor how many tokens the model counts instead of one
 * @returns null where the price of input or output is not known: unknown is never 0
 */
export function costOfMix(mix: TokenMix, prices: MixPrices, tokenFactor: number): Decimal | null {
  const { inputPer1k, outputPer1k, cacheReadPer1k, cacheWritePer1k } = prices;
  if (inputPer1k === null || outputPer1k === null) return null;
  return new Decimal(inputPer1k)
    .mul(mix.inputTokens)
    .add(new Decimal(cacheReadPer1k ?? inputPer1k).mul(mix.cacheReadTokens))
    .add(new Decimal(cacheWritePer1k ?? inputPer1k).mul(mix.cacheWriteTokens))
    .add(new Decimal(outputPer1k).mul(mix.outputTokens))
    .mul(tokenFactor)
    .div(1000);
}
