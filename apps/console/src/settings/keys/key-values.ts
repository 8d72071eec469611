import type { Schemas } from '@orchestrator/client/client.js';
import type { Key } from './use-keys.js';

type KeyScope = Key['scopes'][number];

/** Scopes with the rights that they give. */
export const SCOPES: Record<KeyScope, string> = {
  read: 'Read models, use cases and figures',
  switch: 'Chat, call models, and switch own conversations',
  'act-as': 'Act for users that a call names',
  operate: 'Switch use cases, change settings, run sweeps',
  audit: 'Read all switches, calls and conversations',
  admin: 'Manage keys, webhooks and erasures',
};

/** Values of the form; '' and [] mean none. */
export interface KeyValues {
  name: string;
  scopes: string[];
  /** Days; '': never. */
  lifetime: string;
  useCase: string;
  assistantId: string;
  userId: string;
  fallback: Key['defaults']['fallback'];
  echo: Key['defaults']['echo'];
  useCases: string[];
  models: 'candidates' | 'any' | 'list';
  modelIds: string[];
  users: 'any' | 'own' | 'list';
  prefixes: string[];
}

export const NEW_KEY: KeyValues = {
  name: '',
  scopes: ['read'],
  lifetime: '',
  useCase: '',
  assistantId: '',
  userId: '',
  fallback: 'none',
  echo: 'none',
  useCases: [],
  models: 'candidates',
  modelIds: [],
  users: 'any',
  prefixes: [],
};

export function valuesOf({ name, scopes, defaults, limits }: Key): KeyValues {
  return {
    name,
    scopes,
    lifetime: '',
    useCase: defaults.useCase ?? '',
    assistantId: defaults.assistantId ?? '',
    userId: defaults.userId ?? '',
    fallback: defaults.fallback,
    echo: defaults.echo,
    useCases: limits.useCases ?? [],
    ...(Array.isArray(limits.models)
      ? { models: 'list', modelIds: limits.models }
      : { models: limits.models, modelIds: [] }),
    ...(Array.isArray(limits.users)
      ? { users: 'list', prefixes: limits.users }
      : { users: limits.users, prefixes: [] }),
  };
}

/** Defaults and limits as the api takes them. */
export const settingsOf = (values: KeyValues): Schemas['EditKey'] => ({
  defaults: {
    useCase: values.useCase || null,
    assistantId: values.assistantId || null,
    userId: values.userId.trim() || null,
    fallback: values.fallback,
    echo: values.echo,
  },
  limits: {
    useCases: values.useCases.length === 0 ? null : values.useCases,
    models: values.models === 'list' ? values.modelIds : values.models,
    users: values.users === 'list' ? values.prefixes : values.users,
  },
});

const DAY_MS = 86_400_000;

export function newKeyOf(values: KeyValues, now = Date.now()): Schemas['CreateKey'] {
  const { name, scopes, lifetime } = values;
  return {
    name: name.trim(),
    scopes: scopes.filter((scope): scope is KeyScope => scope in SCOPES),
    expiresAt: lifetime === '' ? null : new Date(now + Number(lifetime) * DAY_MS).toISOString(),
    ...settingsOf(values),
  };
}

/** Checks by field: null, or the text that says what to enter. */
export const checks = {
  name: (name: string) =>
    /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name.trim())
      ? null
      : 'Use 1 to 64 of a-z, 0-9, ".", "_" and "-", beginning with a letter or a digit',
  scopes: (scopes: string[]) => (scopes.length > 0 ? null : 'Choose at least one scope'),
  modelIds: (ids: string[], { models }: KeyValues) =>
    models !== 'list' || ids.length > 0 ? null : 'Choose at least one model',
  prefixes: (prefixes: string[], { users }: KeyValues) =>
    users !== 'list' || prefixes.length > 0 ? null : 'Enter at least one prefix',
};
