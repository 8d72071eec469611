import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PARTITIONS } from './1764200000000-record-invocations.js';

/**
 * Replaces the function of before: default privileges give no rights on a new partition, and rows can be read while
 * they move.
 */
const RESTRICTED = `
CREATE OR REPLACE FUNCTION make_invocation_partition(ahead integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
DECLARE
  month timestamptz := date_trunc('month', now()) + make_interval(months => least(greatest(ahead, 0), 12));
  name text := 'model_invocations_' || to_char(month, 'YYYY_MM');
  other text;
BEGIN
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE model_invocations INCLUDING ALL)', name);
  FOR other IN SELECT DISTINCT CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
    FROM pg_class, aclexplode(relacl) WHERE oid = to_regclass(name) AND grantee <> relowner
  LOOP
    EXECUTE format('REVOKE ALL ON %I FROM %s', name, other);
  END LOOP;
  LOCK TABLE model_invocations_default IN SHARE ROW EXCLUSIVE MODE;
  EXECUTE format('WITH moved AS (DELETE FROM model_invocations_default WHERE started_at >= %L AND started_at < %L
    RETURNING *) INSERT INTO %I SELECT * FROM moved', month, month + interval '1 month', name);
  EXECUTE format('ALTER TABLE model_invocations ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
    name, month, month + interval '1 month');
  RETURN true;
END $$;`;

/** Partitions of calls are for the owner and the application alone, whatever the default privileges are. */
export class RestrictInvocationPartitions1764960000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(RESTRICTED);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(PARTITIONS.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'));
  }
}
