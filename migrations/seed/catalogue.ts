/**
 * The models of eu-central-1 as public sources had them in November 2026: eight available, those that exist but that
 * nobody has approved yet, and those that ended, with their successors. NULL means not known. Times are UTC midnights.
 * Rows that exist already are left alone: from then on they belong to the operator.
 */
export const SEED_MODELS = `
INSERT INTO bedrock_models (model_id, foundation_model_id, name, provider, use_case, max_tokens, context_window, tier,
  lifecycle_status, legacy_at, extended_access_at, end_of_life_at, invoke_with, destination_regions, successor_model_id,
  input_price_per_1k, output_price_per_1k, cache_read_price_per_1k, cache_write_price_per_1k, price_source, is_available)
VALUES
  ('eu.amazon.nova-micro-v1:0', 'amazon.nova-micro-v1:0', 'Amazon Nova Micro', 'amazon', 'platform', 4000, 128000, 10, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.000046, 0.000184, NULL, NULL, 'public sources 2026-11-22, single-source', true),
  ('eu.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0', 'Amazon Nova Lite', 'amazon', 'health', 4000, 300000, 20, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-west-1,eu-west-3}', NULL, 0.000078, 0.000312, 0.000019, 0.000078, 'public sources 2026-11-22, agreed', true),
  ('eu.amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0', 'Amazon Nova Pro', 'amazon', 'operations', 4000, 300000, 50, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-west-1,eu-west-3}', NULL, 0.00105, 0.0042, 0.00026, 0.001, 'public sources 2026-11-22, agreed', true),
  ('eu.amazon.nova-2-lite-v1:0', 'amazon.nova-2-lite-v1:0', 'Amazon Nova 2 Lite', 'amazon', 'health', 8000, 1000000, 40, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3}', NULL, 0.00039, 0.00327, 0.0000975, 0.00039, 'public sources 2026-11-22, conflict', true),
  ('eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', 'anthropic', 'clinical', 8000, 200000, 60, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3}', NULL, 0.0011, 0.0055, 0.00011, 0.001375, 'public sources 2026-11-22, agreed', true),
  ('eu.anthropic.claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6', 'Claude Sonnet 4.6', 'anthropic', 'clinical', 8000, 1000000, 80, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3}', NULL, 0.0033, 0.0165, 0.00033, 0.004125, 'public sources 2026-11-22, agreed', true),
  ('eu.anthropic.claude-opus-4-7', 'anthropic.claude-opus-4-7', 'Claude Opus 4.7', 'anthropic', 'clinical', 8000, 1000000, 90, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3}', NULL, 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict', true),
  ('eu.mistral.pixtral-large-2502-v1:0', 'mistral.pixtral-large-2502-v1:0', 'Pixtral Large', 'mistral', 'operations', 8000, 128000, 50, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', '{eu-central-1,eu-north-1,eu-west-1,eu-west-3}', NULL, 0.002, 0.006, NULL, NULL, 'public sources 2026-11-22, single-source', true),
  ('eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5', 'anthropic', NULL, NULL, 200000, NULL, 'LEGACY', '2026-10-08', '2027-01-08', '2027-04-08', 'inference_profile', '{eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3}', 'eu.anthropic.claude-sonnet-4-6', 0.0033, 0.0165, 0.00033, 0.004125, 'public sources 2026-11-22, agreed', false),
  ('eu.anthropic.claude-sonnet-5', 'anthropic.claude-sonnet-5', 'Claude Sonnet 5', 'anthropic', NULL, NULL, 1000000, NULL, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.0033, 0.0165, 0.00033, 0.004125, 'public sources 2026-11-22, agreed-after-promo', false),
  ('eu.anthropic.claude-opus-4-5-20251101-v1:0', 'anthropic.claude-opus-4-5-20251101-v1:0', 'Claude Opus 4.5', 'anthropic', NULL, NULL, 200000, NULL, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict', false),
  ('eu.anthropic.claude-opus-4-6-v1', 'anthropic.claude-opus-4-6-v1', 'Claude Opus 4.6', 'anthropic', NULL, NULL, 1000000, NULL, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict', false),
  ('eu.anthropic.claude-opus-4-8', 'anthropic.claude-opus-4-8', 'Claude Opus 4.8', 'anthropic', NULL, NULL, 1000000, NULL, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict', false),
  ('eu.anthropic.claude-opus-5', 'anthropic.claude-opus-5', 'Claude Opus 5', 'anthropic', NULL, NULL, 1000000, NULL, 'ACTIVE', NULL, NULL, NULL, 'inference_profile', NULL, NULL, 0.0055, 0.0275, 0.00055, 0.006875, 'public sources 2026-11-22, conflict', false),
  ('eu.anthropic.claude-fable-5', 'anthropic.claude-fable-5', 'Claude Fable 5', 'anthropic', NULL, NULL, 1000000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, 0.011, 0.055, 0.0011, 0.01375, 'public sources 2026-11-22, agreed', false),
  ('mistral.devstral-2-123b', 'mistral.devstral-2-123b', 'Devstral 2 123B', 'mistral', NULL, NULL, 256000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('openai.gpt-oss-120b-1:0', 'openai.gpt-oss-120b-1:0', 'gpt-oss-120b', 'openai', NULL, NULL, 128000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('openai.gpt-oss-20b-1:0', 'openai.gpt-oss-20b-1:0', 'gpt-oss-20b', 'openai', NULL, NULL, 128000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('qwen.qwen3-32b-v1:0', 'qwen.qwen3-32b-v1:0', 'Qwen3 32B', 'qwen', NULL, NULL, NULL, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('qwen.qwen3-235b-a22b-2507-v1:0', 'qwen.qwen3-235b-a22b-2507-v1:0', 'Qwen3 235B A22B 2507', 'qwen', NULL, NULL, 256000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('qwen.qwen3-coder-30b-a3b-v1:0', 'qwen.qwen3-coder-30b-a3b-v1:0', 'Qwen3 Coder 30B A3B', 'qwen', NULL, NULL, 256000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('nvidia.nemotron-super-3-120b', 'nvidia.nemotron-super-3-120b', 'NVIDIA Nemotron 3 Super 120B', 'nvidia', NULL, NULL, 262144, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('zai.glm-4.7-flash', 'zai.glm-4.7-flash', 'GLM 4.7 Flash', 'zai', NULL, NULL, 200000, NULL, 'ACTIVE', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false),
  ('minimax.minimax-m2.1', 'minimax.minimax-m2.1', 'MiniMax M2.1', 'minimax', NULL, NULL, 196000, NULL, 'ACTIVE', NULL, NULL, NULL, 'foundation_model', NULL, NULL, 0.00036, 0.00144, NULL, NULL, 'public sources 2026-11-22, single-source', false),
  ('minimax.minimax-m2.5', 'minimax.minimax-m2.5', 'MiniMax M2.5', 'minimax', NULL, NULL, NULL, NULL, 'ACTIVE', NULL, NULL, NULL, 'foundation_model', NULL, NULL, 0.00036, 0.00144, NULL, NULL, 'public sources 2026-11-22, single-source', false),
  ('eu.anthropic.claude-sonnet-4-20250514-v1:0', 'anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4', 'anthropic', NULL, NULL, 200000, NULL, 'EOL', '2026-04-14', '2026-07-14', '2026-10-14', NULL, NULL, 'eu.anthropic.claude-sonnet-4-6', 0.003, 0.015, 0.0003, 0.00375, 'public sources 2026-11-22, not confirmed', false),
  ('eu.anthropic.claude-3-haiku-20240307-v1:0', 'anthropic.claude-3-haiku-20240307-v1:0', 'Claude 3 Haiku', 'anthropic', NULL, NULL, 200000, NULL, 'EOL', '2026-03-10', '2026-06-10', '2026-09-10', NULL, NULL, 'eu.anthropic.claude-haiku-4-5-20251001-v1:0', 0.00025, 0.00125, NULL, NULL, 'public sources 2026-11-22, not confirmed', false),
  ('eu.anthropic.claude-3-5-sonnet-20240620-v1:0', 'anthropic.claude-3-5-sonnet-20240620-v1:0', 'Claude 3.5 Sonnet', 'anthropic', NULL, NULL, 200000, NULL, 'EOL', NULL, '2025-12-01', '2026-03-01', NULL, NULL, 'eu.anthropic.claude-sonnet-4-6', 0.006, 0.03, NULL, NULL, 'public sources 2026-11-22, not confirmed', false),
  ('anthropic.claude-3-5-sonnet-20241022-v2:0', 'anthropic.claude-3-5-sonnet-20241022-v2:0', 'Claude 3.5 Sonnet v2', 'anthropic', NULL, NULL, 200000, NULL, 'EOL', NULL, NULL, '2026-07-30', NULL, NULL, 'eu.anthropic.claude-sonnet-4-6', NULL, NULL, NULL, NULL, NULL, false),
  ('eu.anthropic.claude-3-7-sonnet-20250219-v1:0', 'anthropic.claude-3-7-sonnet-20250219-v1:0', 'Claude 3.7 Sonnet', 'anthropic', NULL, NULL, 200000, NULL, 'EOL', NULL, NULL, '2026-04-28', NULL, NULL, 'eu.anthropic.claude-sonnet-4-6', 0.003, 0.015, 0.0003, 0.00375, 'public sources 2026-11-22, not confirmed', false),
  ('eu.meta.llama3-2-3b-instruct-v1:0', 'meta.llama3-2-3b-instruct-v1:0', 'Llama 3.2 3B Instruct', 'meta', NULL, NULL, 128000, NULL, 'EOL', NULL, NULL, '2026-07-07', NULL, NULL, 'eu.amazon.nova-micro-v1:0', 0.00019, 0.00019, NULL, NULL, 'public sources 2026-11-22, not confirmed', false),
  ('eu.meta.llama3-2-1b-instruct-v1:0', 'meta.llama3-2-1b-instruct-v1:0', 'Llama 3.2 1B Instruct', 'meta', NULL, NULL, 128000, NULL, 'EOL', NULL, NULL, '2026-07-07', NULL, NULL, 'eu.amazon.nova-micro-v1:0', 0.00013, 0.00013, NULL, NULL, 'public sources 2026-11-22, not confirmed', false),
  ('amazon.nova-premier-v1:0', 'amazon.nova-premier-v1:0', 'Amazon Nova Premier', 'amazon', NULL, NULL, 1000000, NULL, 'EOL', NULL, NULL, '2026-09-14', NULL, NULL, 'eu.amazon.nova-pro-v1:0', 0.0025, 0.0125, NULL, NULL, 'public sources 2026-11-22, not confirmed', false),
  ('cohere.command-r-plus-v1:0', 'cohere.command-r-plus-v1:0', 'Cohere Command R+', 'cohere', NULL, NULL, 128000, NULL, 'EOL', '2026-02-19', '2026-05-19', '2026-08-19', NULL, NULL, 'eu.amazon.nova-pro-v1:0', 0.003, 0.015, NULL, NULL, 'public sources 2026-11-22, not confirmed', false)
ON CONFLICT (model_id) DO NOTHING`;

/** Claude makes about 30 % more tokens of the same text from Opus 4.7 on. A factor that somebody has set stays. */
export const SEED_TOKEN_FACTORS = `
UPDATE bedrock_models SET token_factor = 1.3
WHERE token_factor IS NULL AND foundation_model_id IN ('anthropic.claude-opus-4-7', 'anthropic.claude-opus-4-8',
  'anthropic.claude-sonnet-5', 'anthropic.claude-opus-5', 'anthropic.claude-fable-5')`;

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
