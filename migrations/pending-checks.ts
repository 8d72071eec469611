import type { QueryRunner } from 'typeorm';

/**
 * Makes the checks now that wait for the commit: all migrations run in one transaction, and no table is altered while its
 * changed rows have checks to come.
 */
export async function checkPending(db: QueryRunner): Promise<void> {
  await db.query('SET CONSTRAINTS ALL IMMEDIATE');
  await db.query('SET CONSTRAINTS ALL DEFERRED');
}
