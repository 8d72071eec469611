import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../errors/errors.js';
import { isDatabaseAway } from './transactions.js';

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];
const NO_SUCH_TABLE = '42P01';
/** A process that starts waits as long for a PostgreSQL that is away or that a whole fleet keeps busy. */
export const BOOT_ATTEMPTS = 30;
export const BOOT_RETRY_MS = 1_000;

/** Refuses to boot on a database that could lose an acknowledged switch or that has another schema version. */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  constructor(private readonly db: DataSource) {}

  async onModuleInit(): Promise<void> {
    await untilAnswered(() => this.assertDurable());
    await untilAnswered(() => this.assertMigrated());
  }

  /**
   * One look by primary key or less: probes come every few seconds. A schema that is newer than this build is fine.
   * @throws UnavailableError while PostgreSQL cannot be asked, or lacks what this build was made for
   */
  async assertReady(): Promise<void> {
    const { migrationsTableName: table, schema } = this.db.options as {
      migrationsTableName: string;
      schema: string;
    };
    const latest = this.db.migrations.at(-1)?.constructor.name;
    const rows: unknown[] = await this.db
      .query(`SELECT 1 FROM "${schema}"."${table}" WHERE name = $1`, [latest])
      .catch((error: Error & { code?: string }) => {
        if (error.code === NO_SUCH_TABLE) return [];
        throw new UnavailableError('database_unavailable', 'PostgreSQL does not answer', { cause: error });
      });
    if (rows.length === 0)
      throw new UnavailableError(
        'schema_behind',
        `PostgreSQL lacks the migration ${latest}: run npm run migrate`,
      );
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
      if (isDatabaseAway(error)) throw error;
      throw new Error('The schema cannot be read: run `npm run migrate` first.', { cause: error });
    });
    if (pending) throw new Error('Migrations are pending: run `npm run migrate` first.');
  }
}

/** Retries what fails because PostgreSQL is away. @throws what it failed with in the end */
async function untilAnswered(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === BOOT_ATTEMPTS || !isDatabaseAway(error)) throw error;
      await delay(BOOT_RETRY_MS);
    }
  }
}
