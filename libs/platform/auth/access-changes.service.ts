import { Injectable } from '@nestjs/common';
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
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? String(items.at(-1)!.id) : null };
  }
}
