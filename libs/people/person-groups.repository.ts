import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';

/** Groups in a token of a person. */
export interface SeenGroups {
  personId: string;
  groups: readonly string[];
  /** Of the token. */
  issuedAt: Date;
  seenAt: Date;
}

@Injectable()
export class PersonGroupsRepository {
  constructor(private readonly db: DataSource) {}

  /** Stores the groups, unless those of a newer token are stored. */
  async save({ personId, groups, issuedAt, seenAt }: SeenGroups): Promise<void> {
    await this.db.query(
      `INSERT INTO person_groups AS stored (person_id, groups, issued_at, seen_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id) DO UPDATE
       SET groups = excluded.groups, issued_at = excluded.issued_at, seen_at = excluded.seen_at
       WHERE stored.issued_at <= excluded.issued_at`,
      [personId, groups, issuedAt, seenAt],
    );
  }

  async find(personIds: readonly string[], tx: Transaction): Promise<Map<string, string[]>> {
    const rows: { id: string; groups: string[] }[] = await tx.query(
      'SELECT person_id AS id, groups FROM person_groups WHERE person_id = ANY ($1)',
      [personIds],
    );
    return new Map(rows.map(({ id, groups }) => [id, groups]));
  }
}
