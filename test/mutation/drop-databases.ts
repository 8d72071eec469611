import { Client } from 'pg';
import type { Services } from './sql-batch.js';

/** Drops what spec files have cloned from the template: hundreds of runs would fill a disk. */
export async function dropTestDatabases({ postgresAdminUrl }: Services): Promise<void> {
  const admin = new Client({ connectionString: `${postgresAdminUrl}/postgres` });
  await admin.connect();
  try {
    const { rows } = await admin.query(
      "SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9a-f]{32}$'",
    );
    for (const { datname } of rows) await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  } finally {
    await admin.end();
  }
}
