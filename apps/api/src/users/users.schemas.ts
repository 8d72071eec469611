import { z } from 'zod';
import type { Erasure } from '#libs/privacy/personal-data.js';
import { cursor, Limit } from '../http/string.schemas.js';

export const ErasureView = z
  .object({
    id: z.uuid(),
    pseudonym: z.string().meta({ description: 'Replaces the id of the user from now on' }),
    requestedBy: z.string(),
    requestedAt: z.iso.datetime(),
    completedAt: z.iso.datetime().nullable().meta({
      description:
        'null: not complete; the worker checks again after 1 minute for requests that were in progress',
    }),
    erasedRows: z
      .record(z.string(), z.number().int())
      .meta({ description: 'Number of erased rows by table' }),
  })
  .meta({ id: 'Erasure' });
export const ErasurePage = z
  .object({ items: z.array(ErasureView), nextCursor: z.string().nullable() })
  .meta({ id: 'ErasurePage' });
export const ErasuresQuery = z.strictObject({
  limit: Limit,
  cursor: cursor(z.uuid()),
});
export type ErasuresQuery = z.infer<typeof ErasuresQuery>;

/** Omits the person: the caller named it in the request. */
export const toErasureView = ({ person: _, requestedAt, completedAt, ...erasure }: Erasure) => ({
  ...erasure,
  requestedAt: requestedAt.toISOString(),
  completedAt: completedAt?.toISOString() ?? null,
});
