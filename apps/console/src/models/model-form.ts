import { dataOf, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import type { Model } from './use-models.js';

type ModelEdit = Schemas['EditModel'];
type Form = keyof Model['capabilities'];
type Statement = '' | 'yes' | 'no';

/** Forms of a request, by their names in the api. */
export const FORMS = [
  'temperature',
  'topP',
  'temperatureWithTopP',
  'topK',
  'manyStopSequences',
  'assistantPrefill',
  'repeatedRoles',
  'guardrail',
  'tools',
  'toolChoiceAny',
  'toolChoiceTool',
  'strictTools',
  'structuredOutput',
  'image',
  'document',
  'video',
  'audio',
  's3Location',
  'citations',
  'cachePoint',
  'cachePointInTools',
  'cacheOneHour',
  'signedReasoning',
  'unsignedReasoning',
  'thinkingBudget',
  'adaptiveThinking',
  'serviceTier',
  'performanceConfig',
  'countTokens',
] as const satisfies readonly Form[];

const PRICES = [
  'inputPricePer1k',
  'outputPricePer1k',
  'cacheReadPricePer1k',
  'cacheWritePricePer1k',
] as const;
const NUMBERS = ['tier', 'maxTokens', 'contextWindow'] as const;

/** Fields of the form of a model; an empty text is null in the api. */
export interface ModelForm extends Record<(typeof PRICES)[number], string> {
  name: string;
  provider: string;
  useCase: string | null;
  tier: number | string;
  maxTokens: number | string;
  contextWindow: number | string;
  successorId: string | null;
  available: boolean;
  capabilities: Record<string, Statement>;
}

const statementOf = (fact: { supported: boolean } | undefined): Statement => {
  if (!fact) return '';
  return fact.supported ? 'yes' : 'no';
};

/** Of a model that is not approved, the form approves it. */
export const modelForm = (model: Model): ModelForm => ({
  name: model.name,
  provider: model.provider,
  useCase: model.useCase,
  tier: model.tier ?? '',
  maxTokens: model.maxTokens ?? '',
  contextWindow: model.contextWindow ?? '',
  inputPricePer1k: model.inputPricePer1k ?? '',
  outputPricePer1k: model.outputPricePer1k ?? '',
  cacheReadPricePer1k: model.cacheReadPricePer1k ?? '',
  cacheWritePricePer1k: model.cacheWritePricePer1k ?? '',
  successorId: model.successor,
  available: true,
  capabilities: Object.fromEntries(FORMS.map((form) => [form, statementOf(model.capabilities[form])])),
});

/** Fields that an approved model needs, and prices that are no numbers. */
export function problemsOf(form: ModelForm): Record<string, string> {
  const needed = form.available
    ? (['useCase', 'tier', 'maxTokens'] as const).filter(
        (field) => form[field] === '' || form[field] === null,
      )
    : [];
  const prices = PRICES.filter((field) => form[field] !== '' && !/^\d+(\.\d{1,12})?$/.test(form[field]));
  return Object.fromEntries([
    ...needed.map((field) => [field, 'An approved model needs it.']),
    ...prices.map((field) => [field, 'Enter USD as a decimal number, such as 0.003.']),
  ]);
}

/** Only fields that differ from those of the model. */
export function changesOf(model: Model, form: ModelForm): ModelEdit {
  const before = fieldsOf({ ...modelForm(model), available: model.available });
  const after = fieldsOf(form);
  const changed = Object.entries(after).filter(([field, value]) => before[field] !== value);
  const capabilities = changedCapabilities(model, form);
  return {
    ...Object.fromEntries(changed),
    ...(Object.keys(capabilities).length > 0 && { capabilities }),
  };
}

function fieldsOf(form: ModelForm): Record<string, string | number | boolean | null> {
  const { name, provider, useCase, successorId, available } = form;
  return {
    name,
    provider,
    useCase,
    successorId,
    available,
    ...Object.fromEntries(NUMBERS.map((field) => [field, form[field] === '' ? null : Number(form[field])])),
    ...Object.fromEntries(PRICES.map((field) => [field, form[field] === '' ? null : form[field]])),
  };
}

const SUPPORTED = { '': null, yes: true, no: false } as const;

function changedCapabilities(model: Model, form: ModelForm): Record<string, boolean | null> {
  const changed = FORMS.filter((name) => form.capabilities[name] !== statementOf(model.capabilities[name]));
  return Object.fromEntries(changed.map((name) => [name, SUPPORTED[form.capabilities[name] ?? '']]));
}

/** Reads again what a change of a model concerns. */
const refreshModel = (id: string) =>
  Promise.all(
    [['models'], ['candidates'], ['use-cases'], ['model-use', id], ['catalogue-changes', 'model', id]].map(
      (queryKey) => queries.invalidateQueries({ queryKey }),
    ),
  );

export const useEditModel = (id: string) =>
  useMutation({
    mutationFn: (edit: ModelEdit) =>
      dataOf(api.PATCH('/v1/models/{id}', { params: { path: { id } }, body: edit })),
    onSettled: () => refreshModel(id),
  });

export const useRetireModel = (id: string) =>
  useMutation({
    mutationFn: ({ successorId, reason }: { successorId: string | null; reason: string }) =>
      dataOf(
        api.POST('/v1/models/{id}/retire', {
          params: { path: { id } },
          body: { ...(successorId !== null && { successorId }), ...(reason && { reason }) },
        }),
      ),
    onSettled: () => refreshModel(id),
  });
