import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

interface Forms {
  models: string[];
  takes: string;
  refuses: string;
}

/** Forms of requests that models take or refuse, as the table of Converse in AWS's documentation and model cards say. */
const FORMS: Forms[] = [
  {
    models: ['eu.amazon.nova-micro-v1:0'],
    takes:
      'tools toolChoiceAny toolChoiceTool cachePoint temperature topP temperatureWithTopP assistantPrefill guardrail',
    refuses:
      'cachePointInTools cacheOneHour signedReasoning unsignedReasoning thinkingBudget adaptiveThinking manyStopSequences citations countTokens image document video s3Location',
  },
  {
    models: ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-pro-v1:0'],
    takes:
      'tools toolChoiceAny toolChoiceTool cachePoint temperature topP temperatureWithTopP assistantPrefill guardrail image document video s3Location',
    refuses:
      'cachePointInTools cacheOneHour signedReasoning unsignedReasoning thinkingBudget adaptiveThinking manyStopSequences citations countTokens',
  },
  {
    models: ['eu.amazon.nova-2-lite-v1:0'],
    takes:
      'image document video tools toolChoiceAny toolChoiceTool cachePoint temperature topP temperatureWithTopP guardrail',
    refuses: 'cachePointInTools signedReasoning thinkingBudget adaptiveThinking citations countTokens',
  },
  {
    models: ['eu.anthropic.claude-haiku-4-5-20251001-v1:0'],
    takes:
      'image document tools toolChoiceAny toolChoiceTool cachePoint cachePointInTools cacheOneHour signedReasoning manyStopSequences citations guardrail thinkingBudget temperature topP topK assistantPrefill countTokens',
    refuses: 'video s3Location unsignedReasoning adaptiveThinking',
  },
  {
    models: ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'eu.anthropic.claude-opus-4-5-20251101-v1:0'],
    takes:
      'image document tools toolChoiceAny toolChoiceTool cachePoint cachePointInTools cacheOneHour signedReasoning manyStopSequences citations guardrail thinkingBudget temperature topP topK assistantPrefill',
    refuses: 'video s3Location unsignedReasoning adaptiveThinking',
  },
  {
    models: ['eu.anthropic.claude-sonnet-4-6', 'eu.anthropic.claude-opus-4-6-v1'],
    takes:
      'image document tools toolChoiceAny toolChoiceTool cachePoint cachePointInTools cacheOneHour signedReasoning manyStopSequences citations guardrail thinkingBudget adaptiveThinking temperature topP topK',
    refuses: 'video s3Location unsignedReasoning',
  },
  {
    models: ['eu.anthropic.claude-sonnet-5'],
    takes:
      'image document tools toolChoiceAny toolChoiceTool cachePoint cachePointInTools cacheOneHour signedReasoning manyStopSequences citations guardrail adaptiveThinking',
    refuses: 'video s3Location unsignedReasoning thinkingBudget topK countTokens',
  },
  {
    models: [
      'eu.anthropic.claude-opus-4-7',
      'eu.anthropic.claude-opus-4-8',
      'eu.anthropic.claude-opus-5',
      'eu.anthropic.claude-fable-5',
    ],
    takes:
      'image document tools toolChoiceAny toolChoiceTool cachePoint cachePointInTools cacheOneHour signedReasoning manyStopSequences citations guardrail adaptiveThinking',
    refuses: 'video s3Location unsignedReasoning thinkingBudget topK',
  },
  {
    models: ['eu.mistral.pixtral-large-2502-v1:0'],
    takes: 'image tools toolChoiceAny temperature topP temperatureWithTopP guardrail',
    refuses:
      'video s3Location cachePoint cachePointInTools signedReasoning unsignedReasoning thinkingBudget adaptiveThinking citations countTokens',
  },
  {
    models: [
      'mistral.devstral-2-123b',
      'qwen.qwen3-32b-v1:0',
      'qwen.qwen3-235b-a22b-2507-v1:0',
      'qwen.qwen3-coder-30b-a3b-v1:0',
      'nvidia.nemotron-super-3-120b',
      'zai.glm-4.7-flash',
      'minimax.minimax-m2.1',
      'minimax.minimax-m2.5',
    ],
    takes: 'temperature topP temperatureWithTopP',
    refuses:
      'image video s3Location cachePoint cachePointInTools signedReasoning thinkingBudget adaptiveThinking citations countTokens',
  },
  {
    models: ['openai.gpt-oss-120b-1:0', 'openai.gpt-oss-20b-1:0'],
    takes: 'temperature topP temperatureWithTopP unsignedReasoning',
    refuses:
      'image video s3Location cachePoint cachePointInTools signedReasoning thinkingBudget adaptiveThinking citations countTokens',
  },
];

const factsOf = ({ takes, refuses }: Forms) => ({ ...facts(takes, true), ...facts(refuses, false) });
const facts = (forms: string, supported: boolean) =>
  Object.fromEntries(
    forms
      .split(' ')
      .map((form) => [
        form,
        { supported, source: 'AWS Converse table, model cards, errors of Bedrock', readOn: '2026-11-28' },
      ]),
  );

const COLUMNS = `
ALTER TABLE bedrock_models ADD COLUMN refused_forms text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN bedrock_models.refused_forms IS
  'Names of capabilities that the model has refused since the last sync, whatever capabilities says';
ALTER TABLE model_invocations
  ADD COLUMN wire text,
  ADD COLUMN body_family text,
  ADD COLUMN forms text[];
COMMENT ON COLUMN model_invocations.wire IS
  'Way on which the call came: chat, bedrock, anthropic or openai; null: recorded by a release without it';
COMMENT ON COLUMN model_invocations.body_family IS
  'Form of the body: converse, claude, nova, mistral or other; null: a chat, or recorded by a release without it';
COMMENT ON COLUMN model_invocations.forms IS
  'Names of the capabilities that the request needs; null: recorded by a release without it';`;

/** Stores which forms of requests a model takes, what it has refused, and which forms a call needed. */
export class KeepFormsOfRequests1765000000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
    await db.query(`SELECT set_config('orchestrator.actor', 'system:migration', true)`);
    // Facts that are there already stay: an operator may have set them.
    for (const forms of FORMS)
      await db.query(
        'UPDATE bedrock_models SET capabilities = $1::jsonb || capabilities WHERE model_id = ANY($2)',
        [factsOf(forms), forms.models],
      );
    await db.query(`SELECT set_config('orchestrator.actor', '', true)`);
    await checkPending(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE bedrock_models DROP COLUMN refused_forms;
      ALTER TABLE model_invocations DROP COLUMN wire, DROP COLUMN body_family, DROP COLUMN forms;`);
  }
}
