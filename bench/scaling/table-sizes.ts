import type { BenchEnvironment } from '../bench-environment.js';
import { Filling } from '../dataset/fill.js';
import type { ScalingReport, TableSize } from './scaling-report.js';

const ROWS = { quick: 100_000, full: 500_000 };

/** Tables by what they are with their partitions. */
const SIZES = `
WITH parts AS (
  SELECT coalesce(i.inhparent, c.oid) AS root, c.oid FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relkind = 'r')
SELECT root::regclass::text AS table, sum(greatest(c.reltuples, 0))::float8 AS rows,
  sum(pg_table_size(parts.oid))::float8 AS "tableBytes", sum(pg_indexes_size(parts.oid))::float8 AS "indexBytes"
FROM parts JOIN pg_class c ON c.oid = parts.oid GROUP BY root ORDER BY 3 DESC`;

const RETENTION = 'SELECT json_object_agg(table_name, days) AS retention FROM retention_rules';

/** Measures the tables of a platform that is a year old, after VACUUM. Its indexes were made from all rows together. */
export async function measureTables(
  ground: BenchEnvironment,
): Promise<Pick<ScalingReport, 'filled' | 'tables' | 'retention'>> {
  const filled = ROWS[ground.quick ? 'quick' : 'full'];
  const stage = await ground.stage('tables');
  await new Filling(stage.databaseUrl('postgres'), () => undefined).run(filled);
  const tables = await stage.sql<TableSize>(SIZES);
  const rules = await stage.sql<{ retention: ScalingReport['retention'] }>(RETENTION);
  await stage.close();
  // Empty partitions and small tables would make a row look larger than it is.
  const { retention } = rules[0]!;
  return { filled, tables: tables.filter(({ rows }) => rows >= filled / 100), retention };
}
