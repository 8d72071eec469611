import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

/** Forms of a request that the models of the first seed refuse. */
const REFUSED: [forms: string[], modelIds: string[]][] = [
  [
    ['repeatedRoles'],
    [
      'eu.amazon.nova-micro-v1:0',
      'eu.amazon.nova-lite-v1:0',
      'eu.amazon.nova-pro-v1:0',
      'eu.amazon.nova-2-lite-v1:0',
      'eu.mistral.pixtral-large-2502-v1:0',
      'mistral.devstral-2-123b',
    ],
  ],
  [
    ['temperatureWithTopP', 'repeatedRoles'],
    [
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'eu.anthropic.claude-opus-4-5-20251101-v1:0',
    ],
  ],
  [
    ['temperatureWithTopP', 'assistantPrefill', 'repeatedRoles'],
    ['eu.anthropic.claude-sonnet-4-6', 'eu.anthropic.claude-opus-4-6-v1'],
  ],
  [
    ['temperature', 'topP', 'assistantPrefill', 'repeatedRoles'],
    [
      'eu.anthropic.claude-sonnet-5',
      'eu.anthropic.claude-opus-4-7',
      'eu.anthropic.claude-opus-4-8',
      'eu.anthropic.claude-opus-5',
      'eu.anthropic.claude-fable-5',
    ],
  ],
];

const SOURCES: Record<string, string> = {
  temperature: 'Anthropic documentation, errors of Bedrock',
  topP: 'Anthropic documentation, errors of Bedrock',
  temperatureWithTopP: 'errors of Bedrock',
  assistantPrefill: 'Anthropic documentation, errors of Bedrock',
  repeatedRoles: 'errors of Bedrock: roles must alternate',
};

const factsOf = (forms: string[]) =>
  Object.fromEntries(
    forms.map((form) => [form, { supported: false, source: SOURCES[form], readOn: '2026-11-28' }]),
  );

const COLUMN = `
ALTER TABLE bedrock_models
  ADD COLUMN capabilities jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(capabilities) = 'object');
COMMENT ON COLUMN bedrock_models.capabilities IS
  'name -> {supported, source, readOn}: forms of a request that the model takes or refuses; absent: not known, and not restricted';`;

/** Stores the forms that a model refuses, so that a call omits them, or uses another model. */
export class KeepCapabilities1764980002000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMN);
    await db.query(`SELECT set_config('orchestrator.actor', 'system:migration', true)`);
    for (const [forms, modelIds] of REFUSED)
      await db.query('UPDATE bedrock_models SET capabilities = $1 WHERE model_id = ANY($2)', [
        factsOf(forms),
        modelIds,
      ]);
    await db.query(`SELECT set_config('orchestrator.actor', '', true)`);
    await checkPending(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE bedrock_models DROP COLUMN capabilities');
  }
}
