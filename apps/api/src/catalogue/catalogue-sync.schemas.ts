import { z } from 'zod';

export const SyncCatalogue = z
  .strictObject({
    force: z
      .boolean()
      .optional()
      .meta({ description: 'Believe Bedrock also when most of the available models would be gone' }),
  })
  .meta({ id: 'SyncCatalogue' })
  .default({});
export type SyncCatalogue = z.infer<typeof SyncCatalogue>;

const ids = (description: string) => z.array(z.string()).meta({ description });
export const SyncView = z
  .object({
    added: ids('New models: nobody has approved them, so none of them is selectable'),
    changed: ids('Models whose lifecycle, destinations or way to invoke them changed'),
    gone: ids('Models that cannot be invoked any more'),
  })
  .meta({ id: 'CatalogueSync' });
