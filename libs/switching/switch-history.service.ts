import { Injectable } from '@nestjs/common';
import { assertUserAllowed } from '#libs/platform/auth/key-limits.js';
import { hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { ConversationsService } from './conversations.service.js';
import { RecordedSwitchesRepository } from './recorded-switches.repository.js';
import type { ListedSwitch, Position, SwitchEvent, SwitchFilter, SwitchPage } from './switch.js';
import { SwitchEventsRepository } from './switch-events.repository.js';
import { SwitchNotFoundError } from './switching.errors.js';

/** No index finds a part of a text: only so many milliseconds before the end are read for it. */
const SEARCHED_MS = 92 * 86_400_000;

/** Lists switches. */
@Injectable()
export class SwitchHistoryService {
  constructor(
    private readonly events: SwitchEventsRepository,
    private readonly recorded: RecordedSwitchesRepository,
    private readonly conversations: ConversationsService,
    private readonly clock: Clock,
  ) {}

  /** Lists the newest first. Users see their own, service keys need the scope audit. @throws ForbiddenError, KeyLimitError */
  async list(
    filter: SwitchFilter,
    principal: Principal,
    page: { limit: number; before?: Position },
  ): Promise<SwitchPage> {
    const visible = principal.kind === 'user' ? { ...filter, userId: principal.subject } : filter;
    if (principal.kind === 'user' && filter.userId !== undefined && filter.userId !== principal.subject)
      throw new ForbiddenError(
        'A user may read only its own switches: omit userId, or send your own user id',
      );
    if (principal.kind !== 'user' && !hasScope(principal, 'audit'))
      throw new ForbiddenError('This needs a service key with the scope audit');
    if (principal.kind === 'service') assertUserAllowed(principal, filter.userId);
    return paged(page.limit, (limit) => this.recorded.list(this.withinPeriod(visible), limit, page.before));
  }

  /** Returns a switch, by the rules of the list. @throws SwitchNotFoundError, ForbiddenError, KeyLimitError */
  async get(id: string, principal: Principal): Promise<ListedSwitch> {
    if (principal.kind !== 'user' && !hasScope(principal, 'audit'))
      throw new ForbiddenError('This needs a service key with the scope audit');
    const found = await this.recorded.find(id);
    if (!found || (principal.kind === 'user' && found.userId !== principal.subject))
      throw new SwitchNotFoundError(id);
    if (principal.kind === 'service') assertUserAllowed(principal, found.userId);
    return found;
  }

  /** Yields this page and all after it, one at a time. */
  async *pagesAfter(
    first: SwitchPage,
    filter: SwitchFilter,
    principal: Principal,
    limit: number,
  ): AsyncGenerator<SwitchPage> {
    let page = first;
    yield page;
    while (page.next) {
      page = await this.list(filter, principal, { limit, before: page.next });
      yield page;
    }
  }

  /** Returns the newest switch of each use case itself, by any actor. */
  async lastOfUseCases(useCases: readonly string[]): Promise<SwitchEvent[]> {
    return this.events.lastOfUseCases(useCases);
  }

  /** Lists the conversation's own switches and those of its use case while it followed, the newest first. */
  async historyOf(
    conversationId: string,
    principal: Principal,
    page: { limit: number; before?: Position },
  ): Promise<SwitchPage> {
    await this.conversations.requireHistory(conversationId, principal);
    return paged(page.limit, (limit) => this.recorded.historyOf(conversationId, limit, page.before));
  }

  private withinPeriod(filter: SwitchFilter): SwitchFilter {
    if (filter.reason === undefined || filter.from !== undefined) return filter;
    const to = filter.to?.getTime() ?? this.clock.millis();
    return { ...filter, from: new Date(to - SEARCHED_MS) };
  }
}

async function paged(limit: number, read: (limit: number) => Promise<ListedSwitch[]>): Promise<SwitchPage> {
  return pageOf(await read(limit + 1), limit);
}
