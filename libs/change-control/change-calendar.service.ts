import { setImmediate as nextTick } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { type FieldError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Page } from '#libs/platform/paging/page.js';
import { ChangePoliciesRepository } from './change-policies.repository.js';
import { type Opening, type Openings, openingsOf } from './change-window.js';

/** Openings of the windows of a use case. */
export type UseCaseOpenings = Pick<Openings, 'openings' | 'completeUntil'> & { useCase: string };

export interface CalendarQuery {
  /** Undefined: now. */
  from?: Date | undefined;
  /** Undefined: 14 days after `from`. */
  to?: Date | undefined;
  useCase?: string | undefined;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 14;
/** A month, and the hour that its zone may gain. */
export const MAX_CALENDAR_DAYS = 32;
/** Cron expressions of times that are far away take long. */
const MAX_DISTANCE_DAYS = 366;
/** Computed times of a use case. A month of 10 windows that open daily takes 310. */
const MAX_COMPUTED = 400;
/** Computed times after which a page ends. */
const MAX_COMPUTED_ON_A_PAGE = 1_000;

/** Says when changes of reviewed use cases may be applied. */
@Injectable()
export class ChangeCalendar {
  constructor(
    private readonly policies: ChangePoliciesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Lists the reviewed use cases that have windows, by name, with the openings in a period of at most 32 days. A page may
   * have fewer than `limit`.
   * @throws InvalidInputError for a period that is empty, too long or too far away
   */
  async list(
    { useCase, ...times }: CalendarQuery,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<Page<UseCaseOpenings> & { period: Opening }> {
    const period = this.periodOf(times);
    const found = await this.policies.listWindows(useCase, limit + 1, after);
    const items: UseCaseOpenings[] = [];
    let computed = 0;
    for (const { useCase: name, windows } of found.slice(0, limit)) {
      if (computed >= MAX_COMPUTED_ON_A_PAGE) break;
      const { computed: more, ...openings } = openingsOf(windows, period, MAX_COMPUTED);
      items.push({ useCase: name, ...openings });
      computed += more;
      // Other requests are served between two use cases.
      await nextTick();
    }
    const last = items.at(-1);
    return { items, period, ...(last && items.length < found.length && { next: last }) };
  }

  private periodOf({ from, to }: Pick<CalendarQuery, 'from' | 'to'>): Opening {
    const now = this.clock.now();
    const begin = from ?? now;
    const period = { from: begin, to: to ?? new Date(begin.getTime() + DEFAULT_DAYS * DAY_MS) };
    assertPeriod(period, now);
    return period;
  }
}

function assertPeriod({ from, to }: Opening, now: Date): void {
  const errors: FieldError[] = [];
  if (Math.abs(from.getTime() - now.getTime()) > MAX_DISTANCE_DAYS * DAY_MS)
    errors.push({ field: 'from', message: `must be within ${MAX_DISTANCE_DAYS} days of now` });
  if (to <= from) errors.push({ field: 'to', message: 'must be after from' });
  if (to.getTime() - from.getTime() > MAX_CALENDAR_DAYS * DAY_MS)
    errors.push({ field: 'to', message: `must be within ${MAX_CALENDAR_DAYS} days of from` });
  if (errors.length > 0) throw new InvalidInputError(errors);
}
