import { Injectable } from '@nestjs/common';
import { pageOf } from '#libs/platform/paging/page.js';
import type { AccessChange, AccessChangeFilter } from './access-change.js';
import { AccessChangesRepository } from './access-changes.repository.js';

@Injectable()
export class AccessChangesService {
  constructor(private readonly changes: AccessChangesRepository) {}

  /** Returns a page of the recorded changes, newest first. */
  async list(
    filter: AccessChangeFilter,
    limit: number,
    cursor?: number,
  ): Promise<{ items: AccessChange[]; nextCursor: string | null }> {
    const found = await this.changes.list(filter, limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return { items, nextCursor: next ? String(next.id) : null };
  }
}
