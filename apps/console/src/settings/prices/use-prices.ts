import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, queries } from '../../api.js';
import { NOW_AND_THEN_MS } from '../../models/use-models.js';

export type UpcomingPrice = Schemas['UpcomingPrice'];
export type PriceImport = Schemas['PriceImport'];
export type ImportPrices = Schemas['ImportPrices'];
const UPCOMING = ['upcoming-prices'];

export const useUpcomingPrices = () =>
  useQuery({
    queryKey: UPCOMING,
    queryFn: async () => (await dataOf(api.GET('/v1/catalogue/prices/upcoming'))).items,
    refetchInterval: NOW_AND_THEN_MS,
  });

/** Returns the effects of an import; with `dryRun` nothing is written. */
export const useImportPrices = () =>
  useMutation({
    mutationFn: (body: ImportPrices) => dataOf(api.POST('/v1/catalogue/prices', { body })),
    onSuccess: async (_, { dryRun }) => {
      if (dryRun) return;
      await Promise.all([UPCOMING, ['models']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });

/** Reads the file of an import: `{"source": …, "prices": [ … ]}`. The api checks the rest. @throws Error to be shown */
export function parseImport(text: string): Pick<ImportPrices, 'source' | 'prices'> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON.');
  }
  if (!isImport(content)) throw new Error('The file must be an object with "source" and "prices".');
  return { source: content.source, prices: content.prices };
}

const isImport = (content: unknown): content is Pick<ImportPrices, 'source' | 'prices'> =>
  typeof content === 'object' &&
  content !== null &&
  'source' in content &&
  'prices' in content &&
  Array.isArray(content.prices);
