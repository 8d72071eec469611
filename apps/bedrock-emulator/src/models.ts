import {
  CLAUDE_3,
  CLAUDE_4,
  CLAUDE_4_5,
  CLAUDE_4_6,
  CLAUDE_4_7,
  NOVA_1,
  NOVA_2,
  NOVA_MICRO,
  OPEN_WEIGHTS,
  PIXTRAL,
  type RefusedForm,
  SMALL_LLAMA,
} from './model-forms.js';

export const MODALITIES = ['TEXT', 'IMAGE', 'VIDEO', 'SPEECH'] as const;
export type Modality = (typeof MODALITIES)[number];

/** Days are ISO dates; they begin at midnight UTC. */
export interface Lifecycle {
  startOfLifeTime?: string | undefined;
  legacyTime?: string | undefined;
  publicExtendedAccessTime?: string | undefined;
  endOfLifeTime?: string | undefined;
}

export interface EmulatedModel {
  /** The foundation model's own id. */
  id: string;
  name: string;
  provider: string;
  input: Modality[];
  /** Tokens. */
  contextWindow: number;
  maxOutputTokens: number;
  /** Regions behind the `eu.` profile; null: no profile, the bare id is invoked on demand. */
  destinations: string[] | null;
  /** Ids of application inference profiles over these destinations; absent: none. */
  applicationProfiles?: string[];
  hasGlobalProfile: boolean;
  countsTokens: boolean;
  /** Absent: `MAX_STOP_SEQUENCES`. */
  maxStopSequences?: number;
  /** Forms of a request that it answers with 400; absent: none. */
  refuses?: RefusedForm[];
  lifecycle: Lifecycle;
}

const FOUR = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3'];
const SIX = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];

/** Bedrock's own limit, whatever a model takes. */
export const MAX_STOP_SEQUENCES = 2_500;

type Row = Omit<EmulatedModel, 'id' | 'provider' | 'hasGlobalProfile' | 'countsTokens' | 'lifecycle'> &
  Partial<EmulatedModel>;

const row = (provider: string, id: string, model: Row): EmulatedModel => ({
  provider,
  id,
  hasGlobalProfile: false,
  countsTokens: false,
  lifecycle: {},
  ...model,
});

const claude = (id: string, name: string, model: Partial<EmulatedModel> = {}): EmulatedModel =>
  row('Anthropic', id, {
    name,
    input: ['TEXT', 'IMAGE'],
    contextWindow: 200_000,
    maxOutputTokens: 64_000,
    destinations: SIX,
    ...model,
  });

const nova = (id: string, name: string, model: Partial<EmulatedModel> = {}): EmulatedModel =>
  row('Amazon', id, {
    name,
    input: ['TEXT', 'IMAGE', 'VIDEO'],
    contextWindow: 300_000,
    maxOutputTokens: 10_000,
    destinations: FOUR,
    maxStopSequences: 4,
    refuses: NOVA_1,
    ...model,
  });

const onDemand = (provider: string, id: string, model: Partial<EmulatedModel> & { name: string }) =>
  row(provider, id, {
    input: ['TEXT'],
    contextWindow: 256_000,
    maxOutputTokens: 16_000,
    destinations: null,
    refuses: OPEN_WEIGHTS,
    ...model,
  });

const LONG = { contextWindow: 1_000_000, maxOutputTokens: 128_000 };

/**
 * Models that eu-central-1 offered in November 2026, from public sources. Models that were never offered there (Claude
 * 3.5 Sonnet v2, Nova Premier, Command R+) are absent, so that their ids are invalid. Ended models are included with
 * their dates. Where the destinations of a profile or the limits of a model are not public, those of the most similar
 * model are used. The set of `global.` profiles is a sample.
 */
export const MODELS: readonly EmulatedModel[] = [
  nova('amazon.nova-micro-v1:0', 'Nova Micro', {
    input: ['TEXT'],
    contextWindow: 128_000,
    refuses: NOVA_MICRO,
  }),
  nova('amazon.nova-lite-v1:0', 'Nova Lite', { lifecycle: { startOfLifeTime: '2024-12-05' } }),
  nova('amazon.nova-pro-v1:0', 'Nova Pro', { lifecycle: { startOfLifeTime: '2024-12-05' } }),
  nova('amazon.nova-2-lite-v1:0', 'Nova 2 Lite', {
    contextWindow: 1_000_000,
    maxOutputTokens: 64_000,
    destinations: SIX,
    hasGlobalProfile: true,
    maxStopSequences: MAX_STOP_SEQUENCES,
    refuses: NOVA_2,
    lifecycle: { startOfLifeTime: '2025-12-02' },
  }),
  claude('anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', {
    countsTokens: true,
    hasGlobalProfile: true,
    refuses: CLAUDE_4_5,
    lifecycle: { startOfLifeTime: '2025-10-16' },
  }),
  claude('anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5', {
    hasGlobalProfile: true,
    refuses: CLAUDE_4_5,
    lifecycle: {
      legacyTime: '2026-10-08',
      publicExtendedAccessTime: '2027-01-08',
      endOfLifeTime: '2027-04-08',
    },
  }),
  claude('anthropic.claude-sonnet-4-6', 'Claude Sonnet 4.6', {
    contextWindow: 1_000_000,
    refuses: CLAUDE_4_6,
  }),
  claude('anthropic.claude-sonnet-5', 'Claude Sonnet 5', {
    ...LONG,
    refuses: CLAUDE_4_7,
    lifecycle: { startOfLifeTime: '2026-06-30' },
  }),
  claude('anthropic.claude-opus-4-5-20251101-v1:0', 'Claude Opus 4.5', { refuses: CLAUDE_4_5 }),
  claude('anthropic.claude-opus-4-6-v1', 'Claude Opus 4.6', {
    ...LONG,
    refuses: CLAUDE_4_6,
  }),
  claude('anthropic.claude-opus-4-7', 'Claude Opus 4.7', { ...LONG, refuses: CLAUDE_4_7 }),
  claude('anthropic.claude-opus-4-8', 'Claude Opus 4.8', { ...LONG, refuses: CLAUDE_4_7 }),
  claude('anthropic.claude-opus-5', 'Claude Opus 5', { ...LONG, refuses: CLAUDE_4_7 }),
  claude('anthropic.claude-opus-4-1-20250805-v1:0', 'Claude Opus 4.1', {
    refuses: CLAUDE_4_5,
    lifecycle: { legacyTime: '2026-07-08', endOfLifeTime: '2027-01-08' },
  }),
  claude('anthropic.claude-opus-5-5', 'Claude Opus 5.5', {
    ...LONG,
    refuses: CLAUDE_4_7,
    lifecycle: { startOfLifeTime: '2026-09-22' },
  }),
  claude('anthropic.claude-sonnet-5-5', 'Claude Sonnet 5.5', {
    ...LONG,
    refuses: CLAUDE_4_7,
    lifecycle: { startOfLifeTime: '2026-09-28' },
  }),
  claude('anthropic.claude-haiku-5-5', 'Claude Haiku 5.5', {
    ...LONG,
    refuses: CLAUDE_4_7,
    lifecycle: { startOfLifeTime: '2026-10-07' },
  }),
  row('Mistral AI', 'mistral.pixtral-large-2502-v1:0', {
    name: 'Pixtral Large (25.02)',
    input: ['TEXT', 'IMAGE'],
    contextWindow: 128_000,
    maxOutputTokens: 16_000,
    destinations: FOUR,
    refuses: PIXTRAL,
    lifecycle: { startOfLifeTime: '2024-11-19' },
  }),
  onDemand('Mistral AI', 'mistral.devstral-2-123b', { name: 'Devstral 2 123B' }),
  onDemand('OpenAI', 'openai.gpt-oss-120b-1:0', { name: 'gpt-oss-120b', contextWindow: 128_000 }),
  onDemand('OpenAI', 'openai.gpt-oss-20b-1:0', { name: 'gpt-oss-20b', contextWindow: 128_000 }),
  onDemand('Qwen', 'qwen.qwen3-32b-v1:0', { name: 'Qwen3 32B', contextWindow: 16_384 }),
  onDemand('Qwen', 'qwen.qwen3-235b-a22b-2507-v1:0', {
    name: 'Qwen3 235B A22B 2507',
    maxOutputTokens: 8_000,
  }),
  onDemand('Qwen', 'qwen.qwen3-coder-30b-a3b-v1:0', { name: 'Qwen3 Coder 30B A3B' }),
  onDemand('Qwen', 'qwen.qwen3-coder-next', { name: 'Qwen3 Coder Next' }),
  onDemand('DeepSeek', 'deepseek.v3.2', { name: 'DeepSeek V3.2', destinations: FOUR }),
  onDemand('NVIDIA', 'nvidia.nemotron-super-3-120b', { name: 'Nemotron 3 Super 120B' }),
  onDemand('Z.AI', 'zai.glm-4.7-flash', { name: 'GLM 4.7 Flash', contextWindow: 200_000 }),
  onDemand('MiniMax', 'minimax.minimax-m2.1', { name: 'MiniMax M2.1', maxOutputTokens: 8_192 }),
  onDemand('MiniMax', 'minimax.minimax-m2.5', { name: 'MiniMax M2.5', maxOutputTokens: 8_192 }),
  claude('anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4', {
    refuses: CLAUDE_4,
    lifecycle: {
      legacyTime: '2026-04-14',
      publicExtendedAccessTime: '2026-07-14',
      endOfLifeTime: '2026-10-14',
    },
  }),
  claude('anthropic.claude-3-haiku-20240307-v1:0', 'Claude 3 Haiku', {
    refuses: CLAUDE_3,
    maxOutputTokens: 4_000,
    destinations: FOUR,
    lifecycle: {
      legacyTime: '2026-03-10',
      publicExtendedAccessTime: '2026-06-10',
      endOfLifeTime: '2026-09-10',
    },
  }),
  claude('anthropic.claude-3-5-sonnet-20240620-v1:0', 'Claude 3.5 Sonnet', {
    refuses: CLAUDE_3,
    maxOutputTokens: 4_096,
    destinations: FOUR,
    lifecycle: { publicExtendedAccessTime: '2025-12-01', endOfLifeTime: '2026-03-01' },
  }),
  claude('anthropic.claude-3-7-sonnet-20250219-v1:0', 'Claude 3.7 Sonnet', {
    refuses: CLAUDE_4,
    maxOutputTokens: 8_192,
    destinations: FOUR,
    lifecycle: { endOfLifeTime: '2026-04-28' },
  }),
  ...(['3B', '1B'] as const).map((size) =>
    row('Meta', `meta.llama3-2-${size.toLowerCase()}-instruct-v1:0`, {
      name: `Llama 3.2 ${size} Instruct`,
      input: ['TEXT'],
      contextWindow: 128_000,
      maxOutputTokens: 4_096,
      destinations: FOUR,
      refuses: SMALL_LLAMA,
      lifecycle: { endOfLifeTime: '2026-07-07' },
    }),
  ),
];
