import type { MigrationInterface, QueryRunner } from 'typeorm';

const READ_BY_DECISIONS = [
  'bedrock_models',
  'bedrock_model_prices',
  'model_price_quotes',
  'use_cases',
  'use_case_candidates',
  'use_case_usage',
  'ai_assistants',
];

/** Excludes changes by triggers, which are counted with the change that caused them. */
const BY_ITSELF =
  'FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION bump_catalogue_version()';

/**
 * Increases the catalogue's version with every change of the data that decisions read, so that equal versions mean
 * equal catalogues. This includes a price history that is edited by hand, a deleted quote and a truncated table.
 */
export class BumpVersionOnEveryChange1764920000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TRIGGER bump_version AFTER INSERT OR UPDATE OR DELETE ON bedrock_model_prices ${BY_ITSELF}`,
    );
    await db.query(`CREATE TRIGGER bump_version_deleted AFTER DELETE ON model_price_quotes ${BY_ITSELF}`);
    for (const table of READ_BY_DECISIONS)
      await db.query(
        `CREATE TRIGGER bump_version_emptied AFTER TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_version()`,
      );
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of READ_BY_DECISIONS) await db.query(`DROP TRIGGER bump_version_emptied ON ${table}`);
    await db.query('DROP TRIGGER bump_version_deleted ON model_price_quotes');
    await db.query('DROP TRIGGER bump_version ON bedrock_model_prices');
  }
}
