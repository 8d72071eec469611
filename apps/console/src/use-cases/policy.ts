import { answered, type Schemas } from '@orchestrator/client/client.js';
import { useMutation } from '@tanstack/react-query';
import { api, queries } from '../api.js';
import type { Difference } from '../components/difference-table.js';
import { formatCount } from '../components/format.js';
import { OBJECTIVES } from './objectives.js';
import type { UseCase } from './use-use-cases.js';

type UseCaseEdit = Schemas['EditUseCase'];

/** Fields of the form of a policy. */
export interface Policy {
  objective: UseCase['objective'];
  candidates: string[];
  /** Empty: no further restriction. */
  allowedRegions: string[];
  onModelFailure: UseCase['onModelFailure'];
  onModelRecovery: UseCase['onModelRecovery'];
  clients: UseCase['clients'];
  inputTokensPerExchange: number;
  outputTokensPerExchange: number;
  exchangesPerConversation: number;
  exchangesPer30Days: number;
}

export const FAILURE = { switch: 'Switch to the next candidate', alert: 'Alert operators only' };
export const RECOVERY = { manual: 'Stay until someone switches back', auto: 'Switch back' };
export const CLIENTS = { keys: 'Service keys', users: 'Users', both: 'Service keys and users' };

export function policyOf(useCase: UseCase): Policy {
  const { objective, candidates, allowedRegions, onModelFailure, onModelRecovery, clients, configured } =
    useCase;
  return {
    objective,
    candidates,
    allowedRegions: allowedRegions ?? [],
    onModelFailure,
    onModelRecovery,
    clients,
    inputTokensPerExchange: configured.inputTokens,
    outputTokensPerExchange: configured.outputTokens,
    exchangesPerConversation: configured.exchangesPerConversation,
    exchangesPer30Days: configured.exchangesPer30Days,
  };
}

type NameOf = (modelId: string) => string;

/** Label of each field, and its text in a diff. */
const FIELDS: {
  [Field in keyof Policy]: { label: string; text: (value: Policy[Field], nameOf: NameOf) => string };
} = {
  objective: { label: 'Objective', text: (value) => OBJECTIVES[value].short },
  candidates: {
    label: 'Candidates',
    text: (ids, nameOf) => ids.map((id, index) => `${index + 1}. ${nameOf(id)}`).join('\n'),
  },
  allowedRegions: {
    label: 'Regions',
    text: (regions) => (regions.length === 0 ? 'All that the service allows' : regions.join(', ')),
  },
  onModelFailure: { label: 'On model failure', text: (value) => FAILURE[value] },
  onModelRecovery: { label: 'On model recovery', text: (value) => RECOVERY[value] },
  clients: { label: 'Open to', text: (value) => CLIENTS[value] },
  inputTokensPerExchange: { label: 'Input tokens per exchange', text: formatCount },
  outputTokensPerExchange: { label: 'Output tokens per exchange', text: formatCount },
  exchangesPerConversation: { label: 'Exchanges per conversation', text: formatCount },
  exchangesPer30Days: { label: 'Exchanges in 30 days', text: formatCount },
};

interface PolicyDifference extends Difference {
  field: keyof Policy;
}

/** Fields that differ, as texts. */
export function differences(before: Policy, after: Policy, nameOf: NameOf): PolicyDifference[] {
  const keys = Object.keys(FIELDS) as (keyof Policy)[];
  return keys.flatMap((field) => {
    const [from, to] = [textOf(before, field, nameOf), textOf(after, field, nameOf)];
    return from === to ? [] : [{ field, label: FIELDS[field].label, before: from, after: to }];
  });
}

function textOf<Field extends keyof Policy>(policy: Policy, field: Field, nameOf: NameOf): string {
  return FIELDS[field].text(policy[field], nameOf);
}

/** Only these fields, as the api takes them. */
export function editOf(policy: Policy, fields: (keyof Policy)[]): UseCaseEdit {
  const all: UseCaseEdit = {
    ...policy,
    allowedRegions: policy.allowedRegions.length === 0 ? null : policy.allowedRegions,
  };
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.some((known) => known === field)));
}

/** Fields that decide which model answers: a reviewed use case changes them by approved changes only. */
const REVIEWED: readonly (keyof Policy)[] = [
  'candidates',
  'objective',
  'allowedRegions',
  'onModelFailure',
  'onModelRecovery',
];

export const isReviewedField = (field: keyof Policy): boolean => REVIEWED.includes(field);

/** Saves a use case; with a version, only if the use case still has it. */
export const useSaveUseCase = (name: string) =>
  useMutation({
    mutationFn: async ({ edit, version }: { edit: UseCaseEdit; version?: number }) => {
      const header = version === undefined ? {} : { 'If-Match': `"${version}"` };
      return (
        await answered(api.PUT('/v1/use-cases/{name}', { params: { path: { name }, header }, body: edit }))
      ).data;
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['use-cases'] }),
        queries.invalidateQueries({ queryKey: ['candidates', name] }),
      ]),
  });
