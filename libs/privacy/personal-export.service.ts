import { Injectable } from '@nestjs/common';
import type { ExportedRow } from './personal-data.js';
import { PersonalDataRepository } from './personal-data.repository.js';
import { UserUnknownError } from './privacy.errors.js';

/** Rows in memory at a time. */
const PAGE = 500;

/** Everything that is stored under the id of a user. */
@Injectable()
export class PersonalExportService {
  constructor(private readonly data: PersonalDataRepository) {}

  /** Row by row, table by table. @returns how many. @throws UserUnknownError */
  async *rowsOf(person: string): AsyncGenerator<ExportedRow, number> {
    let count = 0;
    for (const place of await this.data.places())
      for (let after: object | null = null, isLast = false; !isLast; ) {
        const rows: ExportedRow['row'][] = await this.data.rows(place, person, { limit: PAGE, after });
        for (const row of rows) yield { table: place.table, row };
        count += rows.length;
        after = rows.at(-1) ?? null;
        isLast = rows.length < PAGE;
      }
    if (count === 0) throw new UserUnknownError();
    return count;
  }
}
