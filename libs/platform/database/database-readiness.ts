import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** Refuses to boot on a database that could lose an acknowledged switch or that has another schema version. */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  constructor(private readonly db: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.assertDurable();
    await this.assertMigrated();
  }

  /** @throws while PostgreSQL cannot be asked */
  async ping(): Promise<void> {
    await this.db.query('SELECT 1');
  }

  private async assertDurable(): Promise<void> {
    const off: { name: string }[] = await this.db.query(
      `SELECT name FROM pg_settings WHERE name = ANY($1) AND setting IN ('off', 'local')`,
      [DURABLE],
    );
    if (off.length > 0)
      throw new Error(
        `PostgreSQL may lose committed switches: turn on ${off.map(({ name }) => name).join(', ')} and start again.`,
      );
  }

  private async assertMigrated(): Promise<void> {
    const pending = await this.db.showMigrations().catch((error: unknown) => {
      throw new Error('The schema cannot be read: run `npm run migrate` first.', { cause: error });
    });
    if (pending) throw new Error('Migrations are pending: run `npm run migrate` first.');
  }
}
