import { Injectable } from '@nestjs/common';
import { assertUseCasesAllowed, assertUserAllowed, limitsOf } from '#libs/platform/auth/key-limits.js';
import { hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ForbiddenError, InvalidInputError } from '#libs/platform/errors/errors.js';
import { type Page, pageOf } from '#libs/platform/paging/page.js';
import type { CallFilter, CallPosition, ListedCall } from './call-list.js';
import { CallListRepository } from './call-list.repository.js';

export interface CallQuery extends Partial<Omit<CallFilter, 'useCases'>> {
  useCase?: string | undefined;
}

const DAY_MS = 86_400_000;
/** Calls are in one partition per month, and no index has every filter: the period bounds what is read. */
const MAX_DAYS = 31;
const DEFAULT_DAYS = 7;

/** Lists recorded calls with their attempts. */
@Injectable()
export class CallListService {
  constructor(
    private readonly calls: CallListRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns a page, newest first. Users get their own calls; service keys need the scope read or audit.
   * @throws ForbiddenError, KeyLimitError, InvalidInputError
   */
  async list(
    { useCase, ...query }: CallQuery,
    principal: Principal,
    { limit, before }: { limit: number; before?: CallPosition | undefined },
  ): Promise<Page<ListedCall>> {
    const userId = readableUser(query.userId, principal);
    if (useCase !== undefined) assertUseCasesAllowed(principal, useCase);
    const useCases = useCase === undefined ? limitsOf(principal).useCases : [useCase];
    const filter = { ...query, userId, useCases, ...this.periodOf(query) };
    return pageOf(await this.calls.list(filter, limit + 1, before), limit);
  }

  private periodOf({ from, to }: CallQuery): { from: Date; to: Date } {
    const end = to ?? new Date(this.clock.millis() + 1_000);
    const start = from ?? new Date(end.getTime() - DEFAULT_DAYS * DAY_MS);
    const message =
      start >= end
        ? 'must be before `to`'
        : end.getTime() - start.getTime() > MAX_DAYS * DAY_MS &&
          `must be at most ${MAX_DAYS} days before \`to\``;
    if (message) throw new InvalidInputError([{ field: 'from', message }]);
    return { from: start, to: end };
  }
}

/** Returns the user whose calls may be read; undefined: those of everybody. */
function readableUser(asked: string | undefined, principal: Principal): string | undefined {
  if (principal.kind === 'user') {
    if (asked !== undefined && asked !== principal.subject)
      throw new ForbiddenError('A user may read only its own calls: omit userId, or send your own user id');
    return principal.subject;
  }
  if (!hasScope(principal, 'read') && !hasScope(principal, 'audit'))
    throw new ForbiddenError('This needs a service key with the scope read or audit');
  assertUserAllowed(principal, asked);
  return asked;
}
