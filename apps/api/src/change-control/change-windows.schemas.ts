import { z } from 'zod';
import {
  type ChangeCalendar,
  MAX_CALENDAR_DAYS,
  type UseCaseOpenings,
} from '#libs/change-control/change-calendar.service.js';
import { cursor, Id, Limit, Time } from '../http/string.schemas.js';

export const ChangeWindowsQuery = z.strictObject({
  from: Time.optional().meta({ description: 'Absent: now. Within 366 days of now' }),
  to: Time.optional().meta({
    description: `Absent: 14 days after \`from\`. At most ${MAX_CALENDAR_DAYS} days after it`,
  }),
  useCase: Id.optional(),
  cursor: cursor(Id),
  limit: Limit,
});
export type ChangeWindowsQuery = z.infer<typeof ChangeWindowsQuery>;

const OpeningView = z.object({
  from: z.iso.datetime().meta({ description: 'Of the first it may be before the period' }),
  to: z.iso.datetime().meta({ description: 'Exclusive' }),
});

export const ChangeWindowsPage = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    items: z.array(
      z.object({
        useCase: z.string(),
        openings: z
          .array(OpeningView)
          .meta({ description: 'In their order; windows that overlap are one opening' }),
        completeUntil: z.iso
          .datetime()
          .nullable()
          .meta({ description: 'Openings that begin at this time or later are left out; null: none is' }),
      }),
    ),
    nextCursor: z.string().nullable().meta({ description: 'A page may have fewer items than `limit`' }),
  })
  .meta({ id: 'ChangeWindowsPage' });

const toOpeningsView = ({ useCase, openings, completeUntil }: UseCaseOpenings) => ({
  useCase,
  openings: openings.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() })),
  completeUntil: completeUntil?.toISOString() ?? null,
});

export const toWindowsView = ({ items, next, period }: Awaited<ReturnType<ChangeCalendar['list']>>) => ({
  from: period.from.toISOString(),
  to: period.to.toISOString(),
  items: items.map(toOpeningsView),
  nextCursor: next?.useCase ?? null,
});
