import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

const COLUMN = `
ALTER TABLE use_cases ADD COLUMN guardrail jsonb
  CONSTRAINT guardrail_is_complete CHECK (guardrail IS NULL OR (
    jsonb_typeof(guardrail) = 'object'
    AND coalesce(jsonb_typeof(guardrail -> 'id'), '') = 'string'
    AND coalesce(jsonb_typeof(guardrail -> 'version'), '') = 'string'
    AND coalesce(jsonb_typeof(guardrail -> 'required'), '') = 'boolean'));
COMMENT ON COLUMN use_cases.guardrail IS
  '{id, version, required}: Bedrock guardrail of every call of the use case; required: no call without it; null: none';`;

/** Stores the guardrail of a use case. */
export class GuardUseCases1764994000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMN);
    await checkPending(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE use_cases DROP COLUMN guardrail');
  }
}
