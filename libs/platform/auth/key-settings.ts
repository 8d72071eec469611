export const FALLBACKS = ['none', 'same-use-case'] as const;
export const ECHOES = ['none', 'body'] as const;

/** Values that hold for a call of a key which says nothing else; null: none. */
export interface KeyDefaults {
  useCase: string | null;
  /** Its use case holds where `useCase` is null. */
  assistantId: string | null;
  /** User of the calls. A key needs no act-as for it. */
  userId: string | null;
  /** `same-use-case`: another candidate may answer for a model that a call names. */
  fallback: (typeof FALLBACKS)[number];
  /** `body`: the answer to a call of a wire says in its body which model answered. */
  echo: (typeof ECHOES)[number];
}

/** Limits of a key, beside its scopes. */
export interface KeyLimits {
  /** Use cases in which it may act; null: all. */
  useCases: string[] | null;
  /** Models that it may name: the candidates of the use case, those of them in a list, or any. */
  models: 'candidates' | 'any' | string[];
  /** Users for whom it may act: any, only its default user, or those whose ids begin with one of the prefixes. */
  users: 'any' | 'own' | string[];
}

export interface KeySettings {
  defaults: KeyDefaults;
  limits: KeyLimits;
}

/** Settings of a key that was created without any. */
export const NO_SETTINGS: KeySettings = {
  defaults: { useCase: null, assistantId: null, userId: null, fallback: 'none', echo: 'none' },
  limits: { useCases: null, models: 'candidates', users: 'any' },
};

/** Fields to change; undefined: as they are. */
export interface KeySettingsEdit {
  defaults?: Partial<KeyDefaults> | undefined;
  limits?: Partial<KeyLimits> | undefined;
}

export const editedSettings = (present: KeySettings, { defaults, limits }: KeySettingsEdit): KeySettings => ({
  defaults: { ...present.defaults, ...defaults },
  limits: { ...present.limits, ...limits },
});
