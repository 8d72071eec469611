import { z } from 'zod';
import type { Sweep } from '#libs/validation/sweep.js';
import { Limit, ModelId } from '../http/string.schemas.js';

export const RequestSweep = z
  .strictObject({
    deep: z.boolean().default(false).meta({
      description: 'true: probe every model with a deep check, however recent its last answer is',
    }),
    modelIds: z
      .array(ModelId)
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Models to check, which must be available; default: all available models' }),
  })
  .meta({ id: 'RequestSweep' })
  .default({ deep: false });
export type RequestSweep = z.infer<typeof RequestSweep>;

export const SweepsQuery = z.strictObject({ limit: Limit });
export type SweepsQuery = z.infer<typeof SweepsQuery>;

export const RequestedSweepView = z.object({ id: z.uuid() }).meta({ id: 'RequestedSweep' });

const SweepView = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed']).meta({
      description: 'waiting: no worker has begun it. failed: it ended with an error, or its worker died',
    }),
    by: z.string().meta({ description: 'Who requested it; schedule: nobody' }),
    deep: z.boolean(),
    modelIds: z.array(z.string()).nullable().meta({ description: 'null: all available models' }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    checked: z.number().int().meta({ description: 'Models that were checked so far' }),
    total: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Models to check; null: it has not begun, or an earlier release ran it' }),
    failed: z.number().int().meta({ description: 'Models that failed a check' }),
  })
  .meta({ id: 'Sweep' });

export const SweepPage = z
  .object({ items: z.array(SweepView), nextCursor: z.null().meta({ description: 'There is one page' }) })
  .meta({ id: 'SweepPage' });

export const toSweepView = ({ requestedBy, startedAt, endedAt, ...sweep }: Sweep) => ({
  ...sweep,
  by: requestedBy ?? 'schedule',
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});
