import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { asAdmin } from './empty-database.js';

const MIGRATIONS = join(checkout, 'supabase', 'migrations');

/** Makes a role of the cluster, which other test files may be making, too. */
const role = (name: string, rights: string) => `DO $$ BEGIN
  CREATE ROLE ${name} ${rights};
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;`;

/** Roles as Supabase makes them. Its `postgres`, which runs migrations, is no superuser. */
const ROLES = `
  ${role('anon', 'NOLOGIN NOINHERIT')}
  ${role('authenticated', 'NOLOGIN NOINHERIT')}
  ${role('service_role', 'NOLOGIN NOINHERIT BYPASSRLS')}
  ${role('supabase_owner', 'NOLOGIN BYPASSRLS')}`;

/** Parts of a project's database that the migrations build on: accounts, `auth.uid()`, and grants that give too much. */
const PLATFORM = `
  ALTER SCHEMA public OWNER TO supabase_owner;
  GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES FOR ROLE supabase_owner IN SCHEMA public
    GRANT ALL ON TABLES TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES FOR ROLE supabase_owner IN SCHEMA public
    GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;
  CREATE SCHEMA auth;
  GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role, supabase_owner;
  CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
  GRANT ALL ON auth.users TO supabase_owner;
  CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('request.jwt.claims', true)::jsonb ->> 'sub', '')::uuid
  $$;
  CREATE PUBLICATION supabase_realtime;
  ALTER PUBLICATION supabase_realtime OWNER TO supabase_owner;`;

/** Names the caller, as PostgREST derives it from the token. */
export interface Claims {
  role: 'anon' | 'authenticated' | 'service_role';
  sub?: string;
}

/** The database of a Supabase project, with the migrations of `supabase/migrations`, on a real PostgreSQL. */
export class SupabaseDatabase {
  private constructor(
    private readonly admin: Client,
    private readonly pool: Pool,
  ) {}

  static async create(): Promise<SupabaseDatabase> {
    const name = `supabase_${randomUUID().replaceAll('-', '')}`;
    await asAdmin('postgres', `CREATE DATABASE ${name}`);
    const connectionString = `${inject('services').postgresAdminUrl}/${name}`;
    const admin = new Client({ connectionString });
    await admin.connect();
    await admin.query(ROLES);
    await admin.query(`GRANT CREATE ON DATABASE ${name} TO supabase_owner; ${PLATFORM}`);
    const database = new SupabaseDatabase(admin, new Pool({ connectionString, max: 4 }));
    await database.migrate();
    return database;
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.admin.end();
  }

  /** Runs statements as `npx supabase` does. */
  async asOwner(statements: string): Promise<void> {
    await this.admin.query(`BEGIN; SET LOCAL ROLE supabase_owner; ${statements}; COMMIT;`);
  }

  /** Runs a statement in the role and with the claims of a token. */
  async as({ role: name, sub }: Claims, statement: string, values: unknown[] = []) {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const claims = JSON.stringify({ role: name, ...(sub && { sub }) });
      await client.query("SELECT set_config('request.jwt.claims', $1, true), set_config('role', $2, true)", [
        claims,
        name,
      ]);
      const result = await client.query(statement, values);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  async addUsers(...ids: string[]): Promise<void> {
    await this.pool.query('INSERT INTO auth.users (id) SELECT unnest($1::uuid[])', [ids]);
  }

  async rows(statement: string, values: unknown[] = []) {
    return (await this.pool.query(statement, values)).rows;
  }

  private async migrate(): Promise<void> {
    for (const name of readdirSync(MIGRATIONS).toSorted())
      await this.asOwner(readFileSync(join(MIGRATIONS, name), 'utf8'));
  }
}
