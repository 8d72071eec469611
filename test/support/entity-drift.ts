import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

interface ColumnInDatabase {
  name: string;
  type: string;
  required: boolean;
  filled: boolean;
  key: boolean;
}

const COLUMNS = `
SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
       a.atthasdef OR a.attidentity <> '' AS filled,
       EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY(i.indkey)) AS key
FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`;

const FULL_NAMES: Record<string, string> = { timestamptz: 'timestamp with time zone' };

/** Where the entities and the database disagree, one sentence each. */
export async function entityDrift(db: DataSource): Promise<string[]> {
  const differences = await Promise.all(db.entityMetadatas.map((entity) => driftOf(entity, db)));
  return differences.flat();
}

async function driftOf(entity: EntityMetadata, db: DataSource): Promise<string[]> {
  const rows: ColumnInDatabase[] = await db.query(COLUMNS, [entity.tablePath]);
  const inDatabase = new Map(rows.map((row) => [row.name, row]));
  const known = new Set(entity.columns.map(({ databaseName }) => databaseName));
  const forgotten = rows.filter(({ name, required, filled }) => required && !filled && !known.has(name));
  return [
    ...entity.columns.flatMap((column) => compare(column, inDatabase.get(column.databaseName))),
    ...forgotten.map(({ name }) => `${name} must be given and the entity does not have it`),
  ].map((difference) => `${entity.tablePath}: ${difference}`);
}

function compare(column: ColumnMetadata, found: ColumnInDatabase | undefined): string[] {
  const name = column.databaseName;
  if (!found) return [`${name} does not exist`];
  const declared = {
    type: typeOf(column),
    required: !column.isNullable,
    key: column.isPrimary,
  };
  return (['type', 'required', 'key'] as const)
    .filter((what) => declared[what] !== found[what])
    .map((what) => `${name}: ${what} is ${found[what]}, the entity says ${declared[what]}`);
}

function typeOf({ type, precision, scale, isArray }: ColumnMetadata): string {
  const digits = type === 'numeric' ? `(${precision},${scale})` : '';
  return `${FULL_NAMES[String(type)] ?? type}${digits}${isArray ? '[]' : ''}`;
}
