import { Client } from 'pg';
import { USER_MONTHS } from '../../test/support/switch-roll-ups.js';
import { CALLS_SQL } from './calls.js';
import { conversationsSql } from './conversations.js';
import { populationSql, sizeOf } from './distribution.js';
import { othersSql } from './misc-tables.js';
import { notificationsSql } from './notifications.js';
import { switchesSql } from './switches.js';

/** Nothing is checked or synchronised row by row; what is filled is as if it had been. */
const SETTINGS = `SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off;
  SET synchronize_seqscans = off; SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET TIME ZONE 'UTC';
  SET statement_timeout = 0`;

/** Of the server, while it is filled: what is written need not survive a crash. */
const CARELESS = { fsync: 'off', full_page_writes: 'off', max_wal_size: '32GB', checkpoint_timeout: '1h' };

/** Foreign keys first: they stand on the keys of other tables. What a partition has comes and goes with its table. */
const CONSTRAINTS = `
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND conparentid = 0 AND conrelid = ANY ($1::regclass[]) ORDER BY contype, oid`;
const INDEXES = `
SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS make
FROM pg_index i JOIN pg_class c ON c.oid = indexrelid
WHERE indrelid = ANY ($1::regclass[]) AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u')) ORDER BY indexrelid`;

/** Making an index of all rows takes a fraction of the time that it takes to add them to it one by one. */
interface MadeAfterwards {
  drop: string;
  make: string;
}

const FILLED = [
  ...[
    'ai_conversations',
    'ai_conversation_follows',
    'switch_events',
    'bedrock_model_switches',
    'switch_savings',
  ],
  ...[
    'audit_seals',
    'audit_salts',
    'audit_unsealed',
    'notifications',
    'notification_receipts',
    'model_invocations',
  ],
  ...['usage_hourly', 'usage_daily', 'usage_latencies', 'idempotency_keys', 'catalogue_changes'],
  ...['switches_hourly', 'switches_daily', 'user_months'],
  'bedrock_model_validations',
];

export class Filling {
  private readonly began = performance.now();

  /** @param url of a superuser, on a database that is migrated and seeded */
  constructor(
    private readonly url: string,
    private readonly say: (line: string) => void,
  ) {}

  /** Fills with `rows` switches, notifications and calls and what belongs to them, and brings statistics up to date. */
  async run(rows: number): Promise<void> {
    const size = sizeOf(rows);
    for (const [name, value] of Object.entries(CARELESS))
      await this.statement(`ALTER SYSTEM SET ${name} = '${value}'`);
    await this.statement('SELECT pg_reload_conf()');
    await this.statement(populationSql(size, new Date()));
    const indexes = await this.listed(INDEXES);
    const constraints = await this.listed(CONSTRAINTS);
    for (const { drop } of [...indexes, ...constraints]) await this.statement(drop);
    await Promise.all([
      this.inOrder('switches', switchesSql(size)),
      this.inOrder('calls', CALLS_SQL),
      this.inOrder('conversations', conversationsSql(size))
        .then(() => this.inOrder('notifications', notificationsSql(size)))
        .then(() => this.inOrder('others', othersSql(size))),
    ]);
    await this.statement(USER_MONTHS);
    const keys = constraints.filter(({ make }) => !make.includes('FOREIGN KEY'));
    await this.inTwo('indexes', [...keys, ...indexes]);
    await this.inTwo(
      'foreign keys',
      constraints.filter((each) => !keys.includes(each)),
    );
    await this.statement('DROP SCHEMA bench CASCADE');
    await this.statement('VACUUM ANALYZE');
    for (const name of Object.keys(CARELESS)) await this.statement(`ALTER SYSTEM RESET ${name}`);
    await this.statement('SELECT pg_reload_conf()');
    await this.statement('CHECKPOINT');
    this.progress('vacuumed');
  }

  private async inOrder(what: string, statements: string[]): Promise<void> {
    for (const [index, statement] of statements.entries()) {
      await this.statement(statement);
      this.progress(`${what}: ${index + 1} of ${statements.length}`);
    }
  }

  /** Two at a time: as many as there are cores. */
  private async inTwo(what: string, all: MadeAfterwards[]): Promise<void> {
    const waiting = [...all];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await this.statement(next.make);
    };
    await Promise.all([work(), work()]);
    this.progress(`${what}: ${all.length}`);
  }

  private async listed(sql: string): Promise<MadeAfterwards[]> {
    return this.withClient(async (db) => (await db.query<MadeAfterwards>(sql, [FILLED])).rows);
  }

  private statement(text: string): Promise<unknown> {
    return this.withClient((db) => db.query(text));
  }

  private async withClient<T>(work: (db: Client) => Promise<T>): Promise<T> {
    const db = new Client({ connectionString: this.url });
    await db.connect();
    try {
      await db.query(SETTINGS);
      return await work(db);
    } finally {
      await db.end();
    }
  }

  private progress(what: string): void {
    this.say(`    ${Math.round((performance.now() - this.began) / 1000)} s: ${what}`);
  }
}
