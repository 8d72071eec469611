import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { Erasure, ExportedRow } from './personal-data.js';

/** Place of personal data: a table, its key, and SQL that finds the person's rows ($1). */
interface Place {
  table: string;
  key: string;
  rowsOf: string;
}

const EVENTS: Place = { table: 'switch_events', key: 'id', rowsOf: 'user_id = $1' };
/** Erased with their events. */
const AUDIT_ROWS: Place = { ...EVENTS, table: 'bedrock_model_switches' };
/** Events without an audit row; the others equal their audit rows, which are sealed. */
const PENDING_EVENTS: Place = {
  ...EVENTS,
  rowsOf: `${EVENTS.rowsOf} AND (SELECT true FROM ${AUDIT_ROWS.table} a WHERE a.id = ${EVENTS.table}.id) IS NULL`,
};

/** Reads and erases by the owner's list of places: nothing in these statements comes from a caller but parameters. */
@Injectable()
export class PersonalDataRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Lists all places of personal data. A switch that gets its audit row meanwhile appears twice, and is never missing.
   */
  async places(): Promise<Place[]> {
    return [PENDING_EVENTS, ...(await this.listed()), AUDIT_ROWS];
  }

  /** Lists the places without those that are erased together with others. */
  async erasable(): Promise<Place[]> {
    return [EVENTS, ...(await this.listed())];
  }

  private async listed(): Promise<Place[]> {
    return this.db.query(
      'SELECT table_name AS "table", key_columns AS key, rows_of AS "rowsOf" FROM personal_data_rules ORDER BY table_name',
    );
  }

  async isKnown(person: string): Promise<boolean> {
    for (const { table, rowsOf } of [...(await this.erasable()), AUDIT_ROWS]) {
      const rows = await this.db.query(`SELECT 1 FROM ${table} WHERE ${rowsOf} LIMIT 1`, [person]);
      if (rows.length > 0) return true;
    }
    return false;
  }

  /** In the order of the key, without the hashes of service keys; `after` is the last row had. */
  async rows(
    { table, key, rowsOf }: Place,
    person: string,
    { limit, after }: { limit: number; after: object | null },
  ): Promise<ExportedRow['row'][]> {
    const found = await this.db.query(
      `SELECT to_jsonb(t) - 'hash' AS row FROM (
         SELECT * FROM ${table} WHERE ${rowsOf} AND ($3::jsonb IS NULL
           OR (${key}) > (SELECT ${key} FROM jsonb_populate_record(NULL::${table}, $3)))
         ORDER BY ${key} LIMIT $2) t`,
      [person, limit, after && JSON.stringify(after)],
    );
    return found.map(({ row }: ExportedRow) => row);
  }

  /** @returns the number of erased rows, and how many of them were in the hash chain */
  async erase(
    table: string,
    { person, pseudonym }: Pick<Erasure, 'person' | 'pseudonym'>,
    most: number,
    tx: Transaction,
  ): Promise<{ rows: number; seals: number }> {
    const [erased] =
      table === EVENTS.table
        ? await tx.query('SELECT switches AS rows, seals FROM erase_switches($1, $2, $3)', [
            person,
            pseudonym,
            most,
          ])
        : await tx.query('SELECT erase_personal_data($1, $2, $3, $4) AS rows, 0 AS seals', [
            table,
            person,
            pseudonym,
            most,
          ]);
    return erased;
  }
}
