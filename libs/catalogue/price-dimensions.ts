import { isDeepStrictEqual } from 'node:util';
import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** A price as it is given to us. */
export const KnownPrice = z.string().regex(/^\d{1,6}(\.\d{1,12})?$/, {
  error: 'must be USD per 1,000 tokens as a decimal such as "0.00033"',
  abort: true,
});

/** Writes a decimal without zeros at its end, as the catalogue does. */
export const plainAmount = (amount: string) => new Decimal(amount).toFixed();

const Amount = KnownPrice.overwrite(plainAmount).optional();
const amounts = {
  inputPer1k: Amount,
  outputPer1k: Amount,
  cacheReadPer1k: Amount,
  cacheWritePer1k: Amount,
  cacheWrite1hPer1k: Amount,
};

const TierPrices = z.strictObject(amounts).meta({
  id: 'TierPrices',
  description: 'USD per 1,000 tokens of each kind; absent: not known',
});

/**
 * Prices that depend on more than the kind of token. An absent price is not known, and never the base price; without
 * `longContext` the base prices hold for prompts of any length.
 */
export const PriceDimensions = z
  .strictObject({
    cacheWrite1hPer1k: Amount.meta({
      description: 'USD per 1,000 tokens that the cache keeps for an hour; absent: not known',
    }),
    serviceTiers: z
      .strictObject({
        flex: TierPrices.optional(),
        priority: TierPrices.optional(),
        reserved: TierPrices.optional(),
        optimized: TierPrices.optional().meta({ description: 'Calls with optimized latency' }),
      })
      .optional()
      .meta({ description: 'Prices of the service tiers besides the default' }),
    longContext: z
      .strictObject({
        aboveInputTokens: z.number().int().min(1).max(100_000_000).meta({
          description:
            'The prices apply to all tokens of a call with more input tokens, cached tokens included',
        }),
        ...amounts,
      })
      .optional()
      .meta({
        description: 'Prices of calls with a long prompt; absent: the base prices hold for every prompt',
      }),
  })
  .meta({ id: 'PriceDimensions' });
export type PriceDimensions = z.infer<typeof PriceDimensions>;
export type TierPrices = z.infer<typeof TierPrices>;

/**
 * Keeps the threshold of a long prompt: a price from another source does not end it, and without prices for such prompts
 * they are not known.
 */
export const withThreshold = (given: PriceDimensions, { longContext }: PriceDimensions): PriceDimensions =>
  given.longContext || !longContext
    ? given
    : { ...given, longContext: { aboveInputTokens: longContext.aboveInputTokens } };

/** Compares prices that were read with `PriceDimensions`, or come from the catalogue. */
export const sameDimensions = (one: PriceDimensions, other: PriceDimensions): boolean =>
  isDeepStrictEqual(one, other);
