import { factColumns, type ModelFacts } from '#libs/catalogue/model-facts.js';

/** Columns that an operator decides. */
interface Approval {
  use_case: string;
  max_tokens: number;
  tier: number;
}

/** The eight models that are available on a fresh installation; all others of the facts are not available. */
const APPROVED: Record<string, Approval> = {
  'eu.anthropic.claude-sonnet-4-6': { use_case: 'clinical', max_tokens: 8000, tier: 80 },
  'eu.anthropic.claude-opus-4-7': { use_case: 'clinical', max_tokens: 8000, tier: 90 },
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0': { use_case: 'clinical', max_tokens: 8000, tier: 60 },
  'eu.amazon.nova-lite-v1:0': { use_case: 'health', max_tokens: 4000, tier: 20 },
  'eu.amazon.nova-2-lite-v1:0': { use_case: 'health', max_tokens: 8000, tier: 40 },
  'eu.amazon.nova-pro-v1:0': { use_case: 'operations', max_tokens: 4000, tier: 50 },
  'eu.mistral.pixtral-large-2502-v1:0': { use_case: 'operations', max_tokens: 8000, tier: 50 },
  'eu.amazon.nova-micro-v1:0': { use_case: 'platform', max_tokens: 4000, tier: 10 },
};

/** Rows of `bedrock_models`. Rows that exist already are left alone: from then on they belong to the operator. */
export const seedModels = ({ models, readOn }: ModelFacts) =>
  models.map((model) => ({
    ...factColumns(model, readOn),
    ...APPROVED[model.id],
    is_available: model.id in APPROVED,
  }));
/** Token mixes are starting assumptions; measured volumes replace them as soon as there are any. */
export const SEED_USE_CASES = `
INSERT INTO use_cases (name, objective, active_model_id, input_tokens_per_exchange, output_tokens_per_exchange,
  exchanges_per_conversation, exchanges_per_30_days)
VALUES
  ('clinical', 'quality', 'eu.anthropic.claude-sonnet-4-6', 1800, 600, 12, 60000),
  ('health', 'cost', 'eu.amazon.nova-lite-v1:0', 1200, 400, 8, 90000),
  ('operations', 'quality', 'eu.amazon.nova-pro-v1:0', 1500, 300, 5, 30000),
  ('platform', 'cost', 'eu.amazon.nova-micro-v1:0', 800, 250, 6, 120000)
ON CONFLICT (name) DO NOTHING
RETURNING name`;

export const SEED_CANDIDATES = `
INSERT INTO use_case_candidates (use_case, position, model_id)
SELECT use_case, position, model_id FROM (VALUES
  ('clinical', 1, 'eu.anthropic.claude-sonnet-4-6'),
  ('clinical', 2, 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'),
  ('clinical', 3, 'eu.anthropic.claude-opus-4-7'),
  ('health', 1, 'eu.amazon.nova-lite-v1:0'),
  ('health', 2, 'eu.amazon.nova-2-lite-v1:0'),
  ('health', 3, 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'),
  ('operations', 1, 'eu.amazon.nova-pro-v1:0'),
  ('operations', 2, 'eu.mistral.pixtral-large-2502-v1:0'),
  ('operations', 3, 'eu.amazon.nova-2-lite-v1:0'),
  ('platform', 1, 'eu.amazon.nova-micro-v1:0'),
  ('platform', 2, 'eu.amazon.nova-lite-v1:0')) AS seed (use_case, position, model_id)
WHERE use_case = ANY($1)`;
