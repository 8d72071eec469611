import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { TokenOwner } from '#libs/platform/auth/person.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { PersonGroupsRepository } from './person-groups.repository.js';

const MAX_PEOPLE = 5_000;

/** Knows the groups of people by their newest token: who has lost one since an approval. */
@Injectable()
export class PersonGroups {
  private readonly logger = new Logger('People');
  /** Token time and groups that were last stored of each person. */
  private readonly stored = new LRUCache<string, string>({ max: MAX_PEOPLE });

  constructor(
    private readonly groups: PersonGroupsRepository,
    private readonly clock: Clock,
  ) {}

  /** Stores the groups of a verified token, once. Never throws: without it, people can still read. */
  async saw({ principal, issuedAt }: TokenOwner): Promise<void> {
    if (principal.kind !== 'person' || issuedAt === null) return;
    const { id: personId, groups } = principal;
    const seen = JSON.stringify([issuedAt, groups]);
    if (this.stored.get(personId) === seen) return;
    try {
      await this.groups.save({ personId, groups, issuedAt, seenAt: this.clock.now() });
      this.stored.set(personId, seen);
    } catch (error) {
      this.logger.warn(`the groups of a person were not stored: ${(error as Error).message}`);
    }
  }

  /** Returns the groups of those people who were seen. */
  async of(personIds: readonly string[], tx: Transaction): Promise<Map<string, string[]>> {
    return this.groups.find(personIds, tx);
  }
}
