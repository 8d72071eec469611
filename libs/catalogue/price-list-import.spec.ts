import { expect, it } from 'vitest';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { PriceListService } from '#libs/platform/bedrock/price-list.service.js';
import { aCatalogue, NOVA_LITE } from '../../test/support/catalogue-fixture.js';
import type { CatalogueService } from './catalogue.service.js';
import type { PriceImportService } from './price-import.service.js';
import { PriceListImportService } from './price-list-import.service.js';

const NOVA = {
  model: 'Nova Lite',
  inputPer1k: '1',
  outputPer1k: '2',
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  cacheWrite1hPer1k: null,
  serviceTiers: {},
  longContext: null,
  validFrom: '2026-11-01T00:00:00Z',
};
const failed = (kind: BedrockErrorKind) =>
  new BedrockError('from AWS', { kind, awsName: 'X', modelId: null, textShown: false });

/** Returns the imports for this response of the list. */
async function importsFrom(read: () => Promise<unknown>, isWanted = true): Promise<unknown[][]> {
  const imports: unknown[][] = [];
  const prices = {
    import: async (...given: unknown[]) => {
      imports.push(given);
      return { imported: 1, conflicts: [] };
    },
  };
  await new PriceListImportService(
    { isWanted, read } as unknown as PriceListService,
    { snapshot: () => aCatalogue() } as CatalogueService,
    prices as unknown as PriceImportService,
  ).importAll();
  return imports;
}

it('takes what it can match: over published facts, and nothing over an operator’s price', async () => {
  const [given] = await importsFrom(async () => ({
    prices: [NOVA, { ...NOVA, model: 'Unheard' }],
    unmatched: 7,
  }));
  expect(given).toEqual([
    [expect.objectContaining({ modelId: NOVA_LITE, source: 'aws-price-list', inputPer1k: '1' })],
    { replacing: 'published', dryRun: false },
    { actor: 'system:prices', requestId: expect.any(String) },
  ]);
});

it.each<BedrockErrorKind>(['bad_credentials', 'access_denied'])(
  'does without where AWS says %s',
  async (kind) => {
    expect(await importsFrom(() => Promise.reject(failed(kind)))).toEqual([]);
  },
);

it('is tried again where the list is only away for now', async () => {
  await expect(importsFrom(() => Promise.reject(failed('throttled')))).rejects.toMatchObject({
    kind: 'throttled',
  });
});

it('does not ask at all beside an emulated Bedrock', async () => {
  expect(await importsFrom(() => Promise.reject(new Error('asked')), false)).toEqual([]);
});
