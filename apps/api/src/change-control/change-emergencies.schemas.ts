import { z } from 'zod';
import { LongText, Time } from '../http/string.schemas.js';

export const ScheduleChange = z
  .strictObject({ applyAt: Time.meta({ description: 'In a window of each policy, and in no freeze' }) })
  .meta({ id: 'ScheduleChange' });
export type ScheduleChange = z.infer<typeof ScheduleChange>;

export const BreakGlass = z
  .strictObject({ reason: LongText.meta({ description: 'At least 20 characters that are not blanks' }) })
  .meta({ id: 'BreakGlass' });
export type BreakGlass = z.infer<typeof BreakGlass>;

export const ReviewChange = z
  .strictObject({ verdict: z.enum(['accepted', 'undo']), comment: LongText })
  .meta({ id: 'ReviewChange' });
export type ReviewChange = z.infer<typeof ReviewChange>;
