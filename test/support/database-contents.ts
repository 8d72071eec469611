import type { Client } from 'pg';

/** Tables that a process writes by the clock, whatever it is asked. */
const HEARTBEATS = ['instances', 'singleton_loops'];

/** A fingerprint of every other table: what is refused, or only tried, must leave all of them as they were. */
export async function databaseContents(db: Client): Promise<Record<string, string>> {
  const { rows: tables } = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1)`,
    [HEARTBEATS],
  );
  const fingerprints = tables.map(
    ({ name }) => `SELECT '${name}' AS name,
      count(*) || ' rows ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS contents FROM ${name} t`,
  );
  const { rows } = await db.query<{ name: string; contents: string }>(fingerprints.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, contents }) => [name, contents]));
}

/** Counts the events of switches. */
export async function countEvents(db: Client): Promise<number> {
  const { rows } = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM switch_events');
  return rows[0]!.count;
}
