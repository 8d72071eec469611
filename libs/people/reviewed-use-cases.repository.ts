import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const MAX_NAMES = 20;

@Injectable()
export class ReviewedUseCasesRepository {
  constructor(private readonly db: DataSource) {}

  /** Returns the first names of the use cases whose changes need approvals. */
  async names(): Promise<string[]> {
    const rows: { name: string }[] = await this.db.query(
      "SELECT name FROM use_cases WHERE control = 'reviewed' ORDER BY name LIMIT $1",
      [MAX_NAMES],
    );
    return rows.map(({ name }) => name);
  }
}
