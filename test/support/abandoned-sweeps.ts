import type { Client } from 'pg';

/** Counts the sweeps that failed on the way, as happens on a busy machine: each of them is done again. */
export async function countAbandonedSweeps(owner: Client): Promise<() => Promise<number>> {
  await owner.query(
    `CREATE TABLE abandoned_sweeps (slot text);
     CREATE FUNCTION note_abandoned_sweep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
       BEGIN INSERT INTO abandoned_sweeps VALUES (OLD.slot); RETURN NULL; END$$;
     CREATE TRIGGER note_abandoned AFTER DELETE ON validation_sweeps FOR EACH ROW EXECUTE FUNCTION note_abandoned_sweep()`,
  );
  return async () => (await owner.query('SELECT FROM abandoned_sweeps')).rowCount ?? 0;
}
