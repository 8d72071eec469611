import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../../../scripts/embedded/postgres.js';
import { createDatabase, type Role } from '../../../scripts/embedded/postgres-roles.js';
import { runMigrations } from '../../support/migration-runner.js';
import { descendantsOf, signalAll } from '../../support/processes.js';
import { stablePort } from '../../support/stable-port.js';

const TEMPLATE = 'fault_template';

/** The PostgreSQL of the whole run, with a database for each fault. */
export class PostgresServer {
  private runs = true;

  private constructor(
    private readonly folder: string,
    private server: EmbeddedPostgres,
  ) {}

  /** @param release checkout whose migrations and seed each database starts with; default: this one */
  static async start(folder: string, release?: string): Promise<PostgresServer> {
    const postgres = new PostgresServer(folder, await launch(folder, await stablePort()));
    try {
      await postgres.asAdmin((admin) => createDatabase(admin, TEMPLATE));
      await postgres.migrate(TEMPLATE, release);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return postgres;
  }

  url(database: string, role: Role): string {
    return this.server.url(database, role);
  }

  /** @param release checkout whose migrations and seed it starts with; default: that of the others */
  async createDatabase(name: string, release?: string): Promise<void> {
    if (release) {
      await this.asAdmin((admin) => createDatabase(admin, name));
      await this.migrate(name, release);
      return;
    }
    await this.asAdmin((admin) =>
      admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER orchestrator_owner`),
    );
  }

  async dropDatabase(name: string): Promise<void> {
    await this.asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }

  async asAdmin<T>(work: (admin: Client) => Promise<T>): Promise<T> {
    const admin = new Client({ connectionString: this.server.adminUrl });
    admin.on('error', () => undefined);
    await admin.connect();
    return work(admin).finally(() => admin.end());
  }

  /** Kills the server and its backends together: nobody finishes what was begun. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    this.runs = false;
    await this.server.exited;
  }

  async startAgain(): Promise<void> {
    this.server = await launch(this.folder, this.server.port);
    this.runs = true;
  }

  /** After a fault that was not undone, for the sake of the next one. */
  async heal(): Promise<void> {
    if (!this.runs) await this.startAgain();
    this.signal('SIGCONT');
  }

  /** To the server and its backends. */
  signal(signal: NodeJS.Signals): void {
    signalAll([this.server.pid, ...descendantsOf(this.server.pid)], signal);
  }

  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.server.stop();
  }

  /** Migrates and seeds as a deployment does. @returns what the runner printed @throws when it fails */
  async migrate(database: string, release?: string): Promise<string> {
    const variables = {
      DATABASE_URL: this.url(database, 'orchestrator_app'),
      MIGRATION_DATABASE_URL: this.url(database, 'orchestrator_owner'),
      REDIS_URL: 'redis://127.0.0.1',
    };
    const { code, stdout, stderr } = await runMigrations(['up', 'seed'], variables, release);
    if (code !== 0) throw new Error(`the migrations failed: ${stderr}`);
    return stdout;
  }
}

const launch = (folder: string, port: number) =>
  startPostgres({ folder, logFile: join(folder, 'postgres.log'), disposable: true, port });
