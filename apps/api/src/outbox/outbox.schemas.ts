import { z } from 'zod';
import type { DeadLetter } from '#libs/platform/outbox/outbox.service.js';
import { cursor, Limit } from '../http/string.schemas.js';

export const OutboxQuery = z.strictObject({
  limit: Limit,
  cursor: cursor(z.uuid()),
});
export type OutboxQuery = z.infer<typeof OutboxQuery>;

export const Requeue = z
  .strictObject({
    id: z.uuid().optional().meta({ description: 'Id of one dead letter; absent: all dead letters' }),
  })
  .meta({ id: 'Requeue' });
export type Requeue = z.infer<typeof Requeue>;

const SetAsideView = z
  .object({
    id: z
      .uuid()
      .meta({ description: 'Id of the entry; for a switch without its audit row: id of the switch' }),
    job: z.string(),
    failures: z.number().int(),
    lastError: z.string(),
    createdAt: z.iso.datetime(),
    setAsideAt: z.iso.datetime(),
  })
  .meta({ id: 'SetAside' });
export const SetAsidePage = z
  .object({ items: z.array(SetAsideView), nextCursor: z.string().nullable() })
  .meta({ id: 'SetAsidePage' });
export const RequeuedView = z
  .object({ requeued: z.number().int().meta({ description: 'Number of requeued entries' }) })
  .meta({ id: 'Requeued' });

export const toSetAsideView = (entry: DeadLetter) => ({
  ...entry,
  createdAt: entry.createdAt.toISOString(),
  setAsideAt: entry.setAsideAt.toISOString(),
});
