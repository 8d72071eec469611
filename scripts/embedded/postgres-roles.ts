import { Client } from 'pg';

export const DATABASE = 'orchestrator';

/** Logins: `orchestrator_owner` migrates, `orchestrator_app` may create nothing and gets grants by migrations. */
export type Role = 'postgres' | 'orchestrator_owner' | 'orchestrator_app';

/** Runs on every start, so that a cluster of an older version gets missing roles. */
export async function createRolesAndDatabase(adminUrl: string, password: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await createLogin(admin, 'orchestrator_owner', `CREATEDB PASSWORD ${admin.escapeLiteral(password)}`);
    await createLogin(admin, 'orchestrator_app', `NOCREATEDB PASSWORD ${admin.escapeLiteral(password)}`);
    await createDatabase(admin, DATABASE);
  } finally {
    await admin.end();
  }
}

async function createLogin(admin: Client, role: Role, attributes: string): Promise<void> {
  const known = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  await admin.query(`${known.rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN ${attributes}`);
}

export async function createDatabase(admin: Client, name: string): Promise<void> {
  const known = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (!known.rowCount) await admin.query(`CREATE DATABASE ${name} OWNER orchestrator_owner`);
}
