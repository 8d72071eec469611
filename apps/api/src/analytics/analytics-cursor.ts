import { z } from 'zod';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { Id, ModelId } from '../http/string.schemas.js';

export const cursorOf = (position: (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** A figure and the key of a group. */
export const Groups = z
  .tuple([z.string().regex(/^-?\d{1,30}(\.\d{1,20})?$/), ModelId])
  .transform(([rank, key]) => ({ rank, key }));
export const Preferences = z
  .tuple([z.number().int().min(0), Id, ModelId])
  .transform(([selections, userId, modelId]) => ({ selections, userId, modelId }));

/** @throws InvalidInputError for a cursor that we did not make */
export function positionOf<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new InvalidInputError([{ field: 'cursor', message: 'is not a nextCursor of this list' }]);
  }
}
