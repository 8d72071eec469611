import type { MigrationInterface, QueryRunner } from 'typeorm';
import { checkPending } from './pending-checks.js';

const CARD = 'AWS model card, "EOL no sooner than"';
const POLICY = 'AWS model lifecycle policy';

/** Days of notice of models that were launched before 2026-09-07; later ones may get 45. */
const NOTICE_DAYS = 180;

/** The first date is promised; on the second it was read. */
const GUARANTEES: [modelId: string, earliestEndAt: string, readOn: string][] = [
  ['eu.amazon.nova-lite-v1:0', '2025-12-04', '2026-11-28'],
  ['eu.amazon.nova-pro-v1:0', '2025-12-04', '2026-11-28'],
  ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', '2026-10-16', '2026-10-06'],
  ['eu.anthropic.claude-sonnet-4-6', '2027-02-17', '2026-10-06'],
  ['eu.mistral.pixtral-large-2502-v1:0', '2026-04-08', '2026-10-06'],
  ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', '2026-09-30', '2026-10-06'],
  ['eu.anthropic.claude-sonnet-5', '2027-06-30', '2026-10-06'],
  ['eu.anthropic.claude-opus-4-5-20251101-v1:0', '2026-11-24', '2026-10-06'],
  ['eu.anthropic.claude-opus-4-6-v1', '2027-02-05', '2026-10-06'],
  ['eu.anthropic.claude-opus-4-8', '2027-05-28', '2026-10-06'],
  ['eu.anthropic.claude-opus-5', '2027-07-24', '2026-10-06'],
];

/** Listed before 2026-09-07, so that they end with six months of notice; their cards name no date. */
const WITHOUT_DATE = [
  'eu.amazon.nova-micro-v1:0',
  'eu.amazon.nova-2-lite-v1:0',
  'eu.anthropic.claude-opus-4-7',
  'eu.anthropic.claude-fable-5',
  'mistral.devstral-2-123b',
  'openai.gpt-oss-120b-1:0',
  'openai.gpt-oss-20b-1:0',
  'qwen.qwen3-32b-v1:0',
  'qwen.qwen3-235b-a22b-2507-v1:0',
  'qwen.qwen3-coder-30b-a3b-v1:0',
  'nvidia.nemotron-super-3-120b',
  'zai.glm-4.7-flash',
  'minimax.minimax-m2.1',
  'minimax.minimax-m2.5',
];

const COLUMNS = `
ALTER TABLE bedrock_models
  ADD COLUMN earliest_end_at timestamptz,
  ADD COLUMN notice_days integer CHECK (notice_days > 0),
  ADD COLUMN guarantee_source text,
  ADD COLUMN guarantee_read_on date,
  ADD CONSTRAINT guarantees_have_a_source
    CHECK (guarantee_source IS NOT NULL AND guarantee_read_on IS NOT NULL OR earliest_end_at IS NULL AND notice_days IS NULL);
COMMENT ON COLUMN bedrock_models.earliest_end_at IS 'the end of life comes no sooner; null: nothing is promised, or nobody has read it';
COMMENT ON COLUMN bedrock_models.notice_days IS 'days between the notice of the end of life and the end of life, at least; null: not known';
COMMENT ON COLUMN bedrock_models.guarantee_source IS 'source of earliest_end_at and notice_days';
COMMENT ON COLUMN bedrock_models.guarantee_read_on IS 'when guarantee_source said so';`;

const GUARANTEE = `
UPDATE bedrock_models SET earliest_end_at = $2, notice_days = ${NOTICE_DAYS}, guarantee_source = $3, guarantee_read_on = $4
WHERE model_id = $1 AND lifecycle_status <> 'EOL'`;

/** Keeps what a model card guarantees of the end of a model, so that a model without an end date is not one without an end. */
export class KeepLifecycleGuarantees1764980000000 implements MigrationInterface {
  readonly creates: string[] = [];

  async up(db: QueryRunner): Promise<void> {
    await db.query(COLUMNS);
    await db.query(`SELECT set_config('orchestrator.actor', 'system:migration', true)`);
    for (const [modelId, earliestEndAt, readOn] of GUARANTEES)
      await db.query(GUARANTEE, [modelId, earliestEndAt, CARD, readOn]);
    for (const modelId of WITHOUT_DATE) await db.query(GUARANTEE, [modelId, null, POLICY, '2026-11-28']);
    await db.query(`SELECT set_config('orchestrator.actor', '', true)`);
    await checkPending(db);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE bedrock_models DROP CONSTRAINT guarantees_have_a_source, DROP COLUMN earliest_end_at,
         DROP COLUMN notice_days, DROP COLUMN guarantee_source, DROP COLUMN guarantee_read_on`,
    );
  }
}
