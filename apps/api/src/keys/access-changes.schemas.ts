import { z } from 'zod';
import { ACCESS_ENTITIES, type AccessChange } from '#libs/platform/auth/access-change.js';
import { Id, Limit, NumberCursor, Time } from '../http/string.schemas.js';

const Entity = z.enum(ACCESS_ENTITIES);

export const AccessChangesQuery = z.strictObject({
  limit: Limit,
  cursor: NumberCursor,
  entity: Entity.optional(),
  entityId: z.uuid().optional().meta({ description: 'Id of a key, a webhook or a channel' }),
  actor: Id.optional().meta({ description: 'Actor, in the format of audit rows, for example service:ci' }),
  from: Time.optional().meta({ description: 'Start of the period, included' }),
  to: Time.optional().meta({ description: 'End of the period, not included' }),
});
export type AccessChangesQuery = z.infer<typeof AccessChangesQuery>;

const row = z.record(z.string(), z.unknown()).nullable();
const AccessChangeView = z
  .object({
    id: z.number().int(),
    entity: Entity,
    entityId: z.uuid(),
    actor: z
      .string()
      .meta({ description: 'Actor, in the format of audit rows; sql:<role> for a change by plain SQL' }),
    changedAt: z.iso.datetime(),
    before: row.meta({ description: 'null: the row was added' }),
    after: row.meta({ description: 'null: the row was removed' }),
  })
  .meta({ id: 'AccessChange' });
export const AccessChangePage = z
  .object({ items: z.array(AccessChangeView), nextCursor: z.string().nullable() })
  .meta({ id: 'AccessChangePage' });

export const toAccessChangeView = (change: AccessChange) => ({
  ...change,
  changedAt: change.changedAt.toISOString(),
});
