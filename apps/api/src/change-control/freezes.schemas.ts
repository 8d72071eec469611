import { z } from 'zod';
import type { Freeze } from '#libs/change-control/freeze.js';
import { cursor, Id, Limit, LongText, optionalFlag, Time } from '../http/string.schemas.js';

export const FreezeId = z.uuid();

export const FreezesQuery = z.strictObject({
  useCase: Id.optional().meta({ description: 'Only freezes that hold this use case' }),
  open: optionalFlag('`true`: only freezes that are present or ahead'),
  cursor: cursor(FreezeId),
  limit: Limit,
});
export type FreezesQuery = z.infer<typeof FreezesQuery>;

export const CreateFreeze = z
  .strictObject({
    from: Time.optional().meta({ description: 'Absent: now' }),
    to: Time.meta({ description: 'At most 90 days after `from`' }),
    useCases: z.array(Id).min(1).max(500).nullable().default(null).meta({ description: 'null: all' }),
    reason: LongText,
  })
  .meta({ id: 'CreateFreeze' });
export type CreateFreeze = z.infer<typeof CreateFreeze>;

export const FreezeView = z
  .object({
    id: FreezeId,
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    useCases: z.array(z.string()).nullable().meta({ description: 'null: all' }),
    reason: z.string(),
    madeBy: z.string(),
    madeAt: z.iso.datetime(),
    endedEarlyBy: z.string().nullable(),
    endedEarlyAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Freeze' });

export const FreezePage = z
  .object({ items: z.array(FreezeView), nextCursor: z.string().nullable() })
  .meta({ id: 'FreezePage' });

export const toFreezeView = ({ from, to, madeAt, endedEarlyAt, ...freeze }: Freeze) => ({
  ...freeze,
  from: from.toISOString(),
  to: to.toISOString(),
  madeAt: madeAt.toISOString(),
  endedEarlyAt: endedEarlyAt?.toISOString() ?? null,
});
