import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { UnavailableError } from '../errors/errors.js';
import { asUnavailable, isDatabaseAway } from './database-trouble.js';
import { RenewedConnections } from './renewed-connections.js';
import { isShared, refusesTransactions, type SessionSettings } from './session.js';
import { untilAnswered } from './until-answered.js';

const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];
const NO_SUCH_TABLE = '42P01';

interface State {
  isMigrated: boolean;
  isReadOnly: boolean;
  isDurable: boolean;
}

/**
 * Refuses to boot on a database that could lose an acknowledged switch, or has another schema version. Also refuses if
 * a pooler provides sessions without our settings.
 */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly connections: RenewedConnections,
  ) {}

  async onModuleInit(): Promise<void> {
    await untilAnswered(() => this.assertDurable());
    await untilAnswered(() => assertOwnSessions(this.db));
    await untilAnswered(() => this.assertMigrated());
  }

  /**
   * Reads at most one row by primary key: probes come every few seconds. A newer schema than this build's is accepted.
   * @throws UnavailableError if PostgreSQL is unavailable, read-only, could lose changes, or lacks a part of this
   * build's schema
   */
  async assertReady(): Promise<void> {
    const latest = this.db.migrations.at(-1)?.constructor.name;
    const { isMigrated, isReadOnly, isDurable } = await this.state(latest);
    if (!isMigrated)
      throw new UnavailableError(
        'schema_behind',
        `PostgreSQL lacks the migration ${latest}: run npm run migrate`,
      );
    if (isReadOnly) {
      this.connections.renew();
      throw new UnavailableError(
        'database_read_only',
        'PostgreSQL accepts no changes: it is a standby, its disk is full, or default_transaction_read_only is on',
      );
    }
    if (!isDurable)
      throw new UnavailableError(
        'database_not_durable',
        'PostgreSQL may lose committed switches: turn on fsync and full_page_writes',
      );
  }

  private async state(latest: string | undefined): Promise<State> {
    const { migrationsTableName: table, schema } = this.db.options as {
      migrationsTableName: string;
      schema: string;
    };
    try {
      const [state] = await this.db.query(
        `SELECT EXISTS (SELECT FROM "${schema}"."${table}" WHERE name = $1) AS "isMigrated",
          current_setting('transaction_read_only') = 'on' AS "isReadOnly",
          current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS "isDurable"`,
        [latest],
      );
      return state;
    } catch (error) {
      if ((error as { code?: string }).code === NO_SUCH_TABLE)
        return { isMigrated: false, isReadOnly: false, isDurable: true };
      throw asUnavailable(error);
    }
  }

  /** Asks for what the server, the database or the role is set to: sessions of ours set `synchronous_commit` themselves. */
  private async assertDurable(): Promise<void> {
    const off: { name: string }[] = await this.db.query(
      `SELECT name FROM pg_settings WHERE name = ANY($1) AND reset_val IN ('off', 'local')`,
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

/**
 * Checks that each statement runs under our settings, and that exclusive sessions are exclusive.
 * @throws Error with instructions
 */
export async function assertOwnSessions(db: DataSource): Promise<void> {
  const { sessionSettings } = db.options.extra as { sessionSettings: SessionSettings };
  const found: { name: string; setting: string }[] = await db.query(
    'SELECT lower(name) AS name, setting FROM pg_settings WHERE lower(name) = ANY($1)',
    [Object.keys(sessionSettings)],
  );
  const lost = found.filter(({ name, setting }) => setting !== String(sessionSettings[name]));
  if (lost.length === 0 && (await keepsSessions((db.driver as PostgresDriver).master as Pool))) return;
  throw new Error(
    'A pooler in transaction mode is between this process and PostgreSQL, so sessions do not persist. Set ' +
      'DATABASE_POOLING to transaction or auto, and MIGRATION_DATABASE_URL to a direct address (docs/postgresql.md).',
  );
}

/** While one connection is in a transaction, another still has the session that it had, unless a pooler took it. */
async function keepsSessions(pool: Pool): Promise<boolean> {
  const one = await pool.connect();
  try {
    if (isShared(one)) return true;
    const had = await sessionOf(one);
    const taken = await inTransactionOf(pool, async (other) => (await sessionOf(other)) === had);
    return !taken && (await inTransactionOf(pool, async () => (await sessionOf(one)) === had));
  } catch (error) {
    if (refusesTransactions(error)) return false;
    throw error;
  } finally {
    one.release();
  }
}

async function inTransactionOf(pool: Pool, look: (other: PoolClient) => Promise<boolean>): Promise<boolean> {
  const other = await pool.connect();
  try {
    await other.query('BEGIN');
    return await look(other);
  } finally {
    other.release(true);
  }
}

async function sessionOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  return rows[0].pid;
}
