import type { CoolDowns } from '#libs/catalogue/catalogue.js';

/** Keeps a conversation on a model, chosen by hand or taken over until the failed one is healthy again. */
export type Pin =
  | { kind: 'manual'; modelId: string }
  | {
      kind: 'fallback';
      modelId: string;
      failedModelId: string;
      /** The pin by hand to go back to; null: back to following the use case. */
      resumeModelId: string | null;
      /** When to see whether the failed model is healthy again, ISO 8601. */
      recheckAt: string;
    };

export interface Conversation {
  id: string;
  /** The user it belongs to; else the actor that made it. */
  owner: string;
  useCase: string;
  pin: Pin | null;
  coolDowns: CoolDowns;
  version: number;
  switchSeq: number;
}

/** The use case of a conversation that nobody has seen. */
export const DEFAULT_USE_CASE = 'platform';
