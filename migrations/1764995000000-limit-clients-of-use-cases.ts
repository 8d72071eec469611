import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

const COLUMNS = `
ALTER TABLE use_cases
  ADD COLUMN clients text NOT NULL DEFAULT 'both' CHECK (clients IN ('keys', 'users', 'both')),
  ADD COLUMN system_prompt text CHECK (system_prompt <> '');
ALTER TABLE ai_assistants ADD COLUMN system_prompt text CHECK (system_prompt <> '');
COMMENT ON COLUMN use_cases.clients IS 'who may chat in it: service keys, users with their own token, or both';
COMMENT ON COLUMN use_cases.system_prompt IS 'replaces the system prompt of users; null: theirs applies';
COMMENT ON COLUMN ai_assistants.system_prompt IS 'as in use_cases, and before it';`;

/** Stores who may chat in a use case, and the system prompts that users cannot replace. */
export class LimitClientsOfUseCases1764995000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
    await checkPending(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE use_cases DROP COLUMN clients, DROP COLUMN system_prompt');
    await db.query('ALTER TABLE ai_assistants DROP COLUMN system_prompt');
  }
}
