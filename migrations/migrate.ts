import type { DataSource } from 'typeorm';
import { assertOwnSessions } from '#libs/platform/database/database-readiness.js';
import { setDataRules } from './data-rules.js';
import { grant } from './grants.js';
import { MIGRATIONS } from './migrations.js';

/** Serialises migrations that start at the same time on several machines. */
const LOCK = 'bedrock-model-orchestrator:migrate';

/**
 * Waits for the roll-up in progress, and stops the next: it holds this lock while it waits for tables, and would wait for
 * those that a migration has locked. Workers skip a roll-up whose lock is taken.
 */
const STOP_ROLL_UPS = `SELECT pg_advisory_lock(hashtextextended('roll-up-usage:' || current_schema(), 0))`;

/**
 * Brings the schema up to date and gives the application's role its rights.
 * @param appRole the login of DATABASE_URL
 * @returns the names of the migrations that were applied now
 * @throws Error when a table of one of our names exists that is not ours, and behind a pooler in transaction mode
 */
export async function migrateUp(db: DataSource, schema: string, appRole: string): Promise<string[]> {
  await assertOwnSessions(db);
  const lock = db.createQueryRunner();
  await lock.query('SELECT pg_advisory_lock(hashtext($1))', [LOCK]);
  await lock.query(STOP_ROLL_UPS);
  try {
    const [{ missing }] = await db.query('SELECT to_regnamespace($1) IS NULL AS missing', [`"${schema}"`]);
    if (missing) await db.query(`CREATE SCHEMA "${schema}"`);
    await refuseForeignTables(db, schema);
    const applied = await db.runMigrations({ transaction: 'all' });
    await setDataRules(db);
    await grant(db, schema, await applicationOf(db, appRole));
    return applied.map(({ name }) => name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()');
    await lock.release();
  }
}

/** Returns the role of a login, which Supabase's pooler expects as `role.project`. Undefined: it is the owner. */
async function applicationOf(db: DataSource, login: string): Promise<string | undefined> {
  const [{ owner, role }] = await db.query(
    `SELECT current_user AS owner, (SELECT rolname FROM pg_roles
       WHERE rolname IN ($1::text, regexp_replace($1, '[.][^.]*$', '')) ORDER BY length(rolname) DESC LIMIT 1) AS role`,
    [login],
  );
  return role === owner ? undefined : (role ?? login);
}

/** Undoes the newest migration. @returns its name, or null when there is none left */
export async function migrateDown(db: DataSource): Promise<string | null> {
  const [{ exists }] = await db.query(`SELECT to_regclass('orchestrator_migrations') IS NOT NULL AS exists`);
  if (!exists) return null;
  const [newest] = await db.query('SELECT name FROM orchestrator_migrations ORDER BY id DESC LIMIT 1');
  if (!newest) return null;
  const lock = db.createQueryRunner();
  await lock.query(STOP_ROLL_UPS);
  try {
    await db.undoLastMigration();
  } finally {
    await lock.query('SELECT pg_advisory_unlock_all()');
    await lock.release();
  }
  return newest.name;
}

/** Refuses existing tables with our names: without a recorded migration they belong to another application. */
async function refuseForeignTables(db: DataSource, schema: string): Promise<void> {
  const existing: { name: string }[] = await db.query(
    'SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace',
    [schema],
  );
  const names = new Set(existing.map(({ name }) => name));
  const ours = await hasOurMigrations(db, schema);
  const done: { name: string }[] = ours ? await db.query('SELECT name FROM orchestrator_migrations') : [];
  const applied = new Set(done.map(({ name }) => name));
  const foreign = MIGRATIONS.filter((migration) => !applied.has(migration.name))
    .flatMap((migration) => new migration().creates)
    .concat(ours ? [] : 'orchestrator_migrations')
    .filter((table) => names.has(table));
  if (foreign.length > 0)
    throw new Error(
      `The schema "${schema}" already has ${foreign.join(', ')}, and not from this program. ` +
        'Nothing was changed. Set DATABASE_SCHEMA to a separate schema, e.g. DATABASE_SCHEMA=orchestrator.',
    );
}

async function hasOurMigrations(db: DataSource, schema: string): Promise<boolean> {
  const [{ ours }] = await db.query(
    `SELECT count(*) = 3 AS ours FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attname IN ('id', 'timestamp', 'name') AND NOT attisdropped`,
    [`"${schema}".orchestrator_migrations`],
  );
  return ours;
}
