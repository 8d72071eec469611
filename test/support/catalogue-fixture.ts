import type { Catalogue, Model, Price, UseCase } from '#libs/catalogue/catalogue.js';
import type { MeasuredUsage } from '#libs/catalogue/expected-usage.js';
import type { SelectionPolicy } from '#libs/catalogue/selectability.js';

/** The time at which the stories of the specs happen. */
export const NOW = new Date('2026-11-22T12:00:00.000Z');
/** A time that lies this many seconds after (before, if negative) `NOW`, as the catalogue stores it. */
export const inSeconds = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
export const OPUS = 'eu.anthropic.claude-opus-4-7';
export const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
export const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
export const NOVA_PRO = 'eu.amazon.nova-pro-v1:0';

export const EU_REGIONS = [
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-3',
  'eu-south-1',
  'eu-south-2',
];

export const policy = (changes: Partial<SelectionPolicy> = {}): SelectionPolicy => ({
  region: 'eu-central-1',
  allowedRegions: EU_REGIONS,
  now: NOW,
  ...changes,
});

export const price = (inputPer1k: string | null, outputPer1k: string | null, version = 1): Price => ({
  version,
  inputPer1k,
  outputPer1k,
  cacheReadPer1k: null,
  cacheWritePer1k: null,
  dimensions: {},
});

/** A model that nothing speaks against, unless `changes` says so. */
export const aModel = (id: string, changes: Partial<Model> = {}): Model => ({
  id,
  foundationModelId: id.replace(/^(eu|us|apac|global)\./, ''),
  name: id,
  provider: 'amazon',
  useCase: null,
  maxTokens: 4000,
  contextWindow: 128_000,
  tier: 10,
  lifecycle: { status: 'ACTIVE', legacyAt: null, extendedAccessAt: null, endOfLifeAt: null },
  guarantee: null,
  capabilities: {},
  refusedForms: [],
  invokeWith: 'inference_profile',
  destinationRegions: ['eu-central-1', 'eu-west-1'],
  successorId: null,
  price: price('0.001', '0.002'),
  tokenFactor: 1,
  priceSource: 'public sources',
  priceConflicts: [],
  timeToFirstTokenMs: null,
  available: true,
  validationStatus: 'passed',
  validationDetail: null,
  lastValidatedAt: null,
  ...changes,
});

/** Of 1,000 exchanges in 30 days without a token, unless `changes` says otherwise. */
export const aMeasurement = (changes: Partial<MeasuredUsage> = {}): MeasuredUsage => ({
  exchanges: 1_000,
  days: 30,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  medianExchanges: 1,
  ...changes,
});

/** A use case whose first candidate is active, unless `changes` says otherwise. */
export const aUseCase = (name: string, candidates: string[], changes: Partial<UseCase> = {}): UseCase => ({
  name,
  objective: 'quality',
  activeModelId: candidates[0] ?? 'none',
  candidates,
  coolDowns: {},
  configured: {
    inputTokens: 1000,
    outputTokens: 500,
    exchangesPerConversation: 10,
    exchangesPer30Days: 1000,
  },
  measured: null,
  allowedRegions: null,
  guardrail: null,
  clients: 'both',
  systemPrompt: null,
  onModelFailure: 'switch',
  onModelRecovery: 'manual',
  control: 'direct',
  frozenUntil: null,
  version: 1,
  switchSeq: 0,
  ...changes,
});

const MODELS: [id: string, name: string, useCase: string, tier: number][] = [
  [SONNET, 'Claude Sonnet 4.6', 'clinical', 80],
  [HAIKU, 'Claude Haiku 4.5', 'clinical', 60],
  [OPUS, 'Claude Opus 4.7', 'clinical', 90],
  [NOVA_MICRO, 'Amazon Nova Micro', 'platform', 10],
  [NOVA_LITE, 'Amazon Nova Lite', 'health', 20],
  [NOVA_PRO, 'Amazon Nova Pro', 'operations', 50],
];

/**
 * A small hospital: `clinical` runs on Sonnet with Haiku and Opus behind it, `platform` on Nova Micro with Nova Lite.
 * Nova Pro is nobody's candidate.
 */
export function aCatalogue(
  changes: { models?: Record<string, Partial<Model>>; useCases?: Record<string, Partial<UseCase>> } = {},
): Catalogue {
  return {
    version: 1,
    nextPriceAt: null,
    models: MODELS.map(([id, name, useCase, tier]) =>
      aModel(id, { name, useCase, tier, ...changes.models?.[id] }),
    ),
    useCases: [
      aUseCase('clinical', [SONNET, HAIKU, OPUS], changes.useCases?.clinical),
      aUseCase('platform', [NOVA_MICRO, NOVA_LITE], changes.useCases?.platform),
    ],
    assistants: [],
  };
}
