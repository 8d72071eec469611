import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { pageOf } from '#libs/platform/paging/page.js';
import {
  type AnalyticsQuery,
  DAY_MS,
  type DateQuery,
  dayOf,
  type GroupPage,
  type GroupPosition,
  invalidField,
  type WithDateRange,
  withDateRange,
} from './analytics-query.js';
import { CallFormsRepository } from './call-forms.repository.js';
import type { GroupedPage } from './group-query.js';
import { PreferencesRepository } from './preferences.repository.js';
import { SwitchFiguresRepository } from './switch-figures.repository.js';
import type {
  CallForms,
  Percentiles,
  Preference,
  SwitchFigures,
  UnknownCosts,
  UsageFigures,
} from './usage-figures.js';
import { UsageFiguresRepository } from './usage-figures.repository.js';

/** Query with its days, a page of groups, the sum over all groups, and the start of the next page. */
export interface Grouped<Figures> {
  query: WithDateRange<AnalyticsQuery>;
  items: (Figures & { key: string })[];
  totals: Figures;
  next?: GroupPosition | undefined;
}

/** `complete` is false while too many calls wait for the roll-up to be read in time. */
export type GroupedUsage<Figures = UsageFigures> = Grouped<Figures> & { complete: boolean };
/** Costs with the savings of the switches of these days, and the reasons for unknown costs, most calls first. */
export type GroupedCosts = GroupedUsage & { switches: SwitchFigures; unknownCosts: UnknownCosts[] };
/** Calls by the form of their requests, most calls first. */
export type CallFormsOfDays = WithDateRange<DateQuery> & { items: CallForms[]; complete: boolean };
export type UsageAndTimes = UsageFigures & { percentiles: Percentiles };

/** Reads roll-ups: a year costs little. */
const MAX_DAYS = 366;
/** One row for each user and day. */
const MAX_DAYS_OF_USERS = 31;
/** Sums of switches have a row for each hour, and the newest switches are not in them yet. */
const MAX_DAYS_OF_SWITCHES = 92;
/** One row for each day and combination of forms. */
const MAX_DAYS_OF_FORMS = 92;
/** Days that tell which calls a use case has. */
const RECENT_DAYS = 30;

/** Sums up usage, costs and switches. */
@Injectable()
export class AnalyticsService {
  constructor(
    private readonly usageFigures: UsageFiguresRepository,
    private readonly switchFigures: SwitchFiguresRepository,
    private readonly preferred: PreferencesRepository,
    private readonly forms: CallFormsRepository,
    private readonly clock: Clock,
  ) {}

  /** Returns groups, those with most calls first. @throws InvalidInputError */
  async usage(query: AnalyticsQuery, page: GroupPage): Promise<GroupedUsage<UsageAndTimes>> {
    const ranged = this.usageQuery(query, MAX_DAYS);
    const percentiles = await this.usageFigures.percentiles(ranged);
    const { items, totals, ...rest } = await this.readUsage(ranged, 'calls', page);
    return {
      ...rest,
      items: items.map((item) => ({ ...item, percentiles: percentiles.get(item.key) ?? {} })),
      totals: { ...totals, percentiles: percentiles.get('') ?? {} },
    };
  }

  /**
   * Returns the most expensive groups first, and the estimated and real savings of the switches in these days.
   * @throws InvalidInputError
   */
  async costs(query: AnalyticsQuery, page: GroupPage): Promise<GroupedCosts> {
    const ranged = this.usageQuery(query, MAX_DAYS_OF_SWITCHES);
    const switches = await this.switchFigures.totals(ranged);
    const unknownCosts = await this.usageFigures.unknownCosts(ranged);
    return { ...(await this.readUsage(ranged, 'costUsd', page)), switches, unknownCosts };
  }

  /** Returns groups, those with most switches first. @throws InvalidInputError */
  async switches(query: AnalyticsQuery, page: GroupPage): Promise<Grouped<SwitchFigures>> {
    const ranged = withDateRange(query, this.clock.now(), MAX_DAYS_OF_SWITCHES);
    return paged(ranged, await this.switchFigures.page(ranged, page), page.limit);
  }

  /** Lists the models that users switched to in the last 30 days, most selections first. */
  async preferences(
    filter: { userId?: string | undefined; modelId?: string | undefined },
    limit: number,
    after?: Pick<Preference, 'selections' | 'userId' | 'modelId'>,
  ): Promise<{ items: Preference[]; next?: Preference | undefined }> {
    const now = this.clock.now();
    const found = await this.preferred.list(filter, { limit, after, now });
    return pageOf(found, limit);
  }

  /** Returns calls by wire, family of the body and form, most calls first. @throws InvalidInputError */
  async callForms(query: DateQuery): Promise<CallFormsOfDays> {
    const ranged = withDateRange(query, this.clock.now(), MAX_DAYS_OF_FORMS);
    const complete = await this.usageFigures.isComplete();
    return { ...ranged, items: await this.forms.list(ranged), complete };
  }

  /** Returns the calls of the last 30 days that followed these use cases, by their forms. */
  async recentCallForms(useCases: string[]): Promise<(CallForms & { useCase: string })[]> {
    const now = this.clock.now();
    const from = dayOf(now.getTime() - (RECENT_DAYS - 1) * DAY_MS);
    return this.forms.following({ from, to: dayOf(now.getTime()), useCases });
  }

  private usageQuery(query: AnalyticsQuery, mostDays: number): WithDateRange<AnalyticsQuery> {
    if (query.groupBy === 'hour' && query.userId !== undefined)
      throw invalidField('groupBy', 'must not be hour together with userId: use day for a single user');
    const most = query.groupBy === 'user' ? MAX_DAYS_OF_USERS : mostDays;
    return withDateRange(query, this.clock.now(), most);
  }

  private async readUsage(
    query: WithDateRange<AnalyticsQuery>,
    rank: 'calls' | 'costUsd',
    page: GroupPage,
  ): Promise<GroupedUsage> {
    const complete = await this.usageFigures.isComplete();
    return { ...paged(query, await this.usageFigures.page(query, rank, page), page.limit), complete };
  }
}

function paged<Figures>(
  query: WithDateRange<AnalyticsQuery>,
  { items: found, totals }: GroupedPage<Figures>,
  limit: number,
): Grouped<Figures> {
  return { query, totals, ...pageOf(found, limit) };
}
