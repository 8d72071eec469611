import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACCESS_ENTITIES, type AccessChange, type AccessChangeFilter } from './access-change.js';

/** Reads what triggers have written; migrations/1764950001000-record-changes-of-access.ts has them. */
@Injectable()
export class AccessChangesRepository {
  constructor(private readonly db: DataSource) {}

  /** Newest first; `after` is the last id of the page before. Names every entity, so that an id alone finds the index. */
  async list(
    { entity, entityId, actor, from, to }: AccessChangeFilter,
    limit: number,
    after?: number,
  ): Promise<AccessChange[]> {
    return this.db.query(
      `SELECT id::float8 AS id, entity, entity_id AS "entityId", actor, changed_at AS "changedAt", before, after
       FROM access_changes c
       WHERE entity = ANY ($1::text[]) AND ($2::uuid IS NULL OR entity_id = $2) AND ($3::text IS NULL OR actor = $3)
         AND ($4::timestamptz IS NULL OR changed_at >= $4) AND ($5::timestamptz IS NULL OR changed_at < $5)
         AND ($6::bigint IS NULL OR (changed_at, c.id) < (SELECT changed_at, id FROM access_changes WHERE id = $6))
       ORDER BY changed_at DESC, c.id DESC LIMIT $7`,
      [entity ? [entity] : ACCESS_ENTITIES, entityId, actor, from, to, after, limit],
    );
  }
}
