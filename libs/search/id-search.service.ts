import { Injectable } from '@nestjs/common';
import { limitsOf } from '#libs/platform/auth/key-limits.js';
import { hasScope, type Principal } from '#libs/platform/auth/principal.js';
import type { FoundIds, FoundRequest } from './id-search.js';
import { IdSearchRepository } from './id-search.repository.js';

/** Finds conversations, users and requests by the beginnings of their ids. */
@Injectable()
export class IdSearchService {
  constructor(private readonly repository: IdSearchRepository) {}

  /**
   * Lists those that the key may see: one for some users finds nothing, and one for some use cases only their
   * conversations. Switches need the scope audit.
   * @param limit of each kind
   */
  async find(prefix: string, limit: number, principal: Principal): Promise<FoundIds> {
    const { users, useCases } = limitsOf(principal);
    if (users !== 'any') return { conversations: [], userIds: [], requests: [] };
    const conversations = await this.repository.conversations(prefix, limit, useCases ?? null);
    if (useCases) return { conversations, userIds: [], requests: [] };
    const userIds = await this.repository.users(prefix, limit);
    const calls = await this.repository.requestsOf('calls', prefix, limit);
    const mayAudit = hasScope(principal, 'audit');
    const switches = mayAudit ? await this.repository.requestsOf('switches', prefix, limit) : [];
    return { conversations, userIds, requests: merged(switches, calls).slice(0, limit) };
  }
}

function merged(switches: readonly string[], calls: readonly string[]): FoundRequest[] {
  return [...new Set([...switches, ...calls])].toSorted(byBytes).map((requestId) => ({
    requestId,
    hasSwitches: switches.includes(requestId),
    hasCalls: calls.includes(requestId),
  }));
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
