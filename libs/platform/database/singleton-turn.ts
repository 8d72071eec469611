import type { PreparedStatement } from './pipelined-transaction.js';
import { query, queueWrite, type Transaction } from './transactions.js';

/** The lock ends with the transaction, whatever poolers do. */
const TAKE: PreparedStatement = {
  name: 'take-singleton-turn',
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended('singleton:' || current_schema() || ':' || $1::text, 0)) AS taken`,
};

/** A row in five seconds is enough, however often a loop polls. */
const BEAT: PreparedStatement = {
  name: 'beat-singleton-loop',
  text: `INSERT INTO singleton_loops AS l (name, heartbeat_at) VALUES ($1, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
    WHERE l.heartbeat_at < excluded.heartbeat_at - interval '5 seconds'`,
};

/**
 * Takes the lock of a loop until the end of the transaction, and writes its heartbeat.
 * @returns false: another process has the lock
 */
export async function takeTurn(tx: Transaction, name: string): Promise<boolean> {
  const [turn] = await query<{ taken: boolean }>(tx, TAKE, [name]);
  if (!turn?.taken) return false;
  queueWrite(tx, BEAT, [name]);
  return true;
}
