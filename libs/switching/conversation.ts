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
      /** Time of the next check of the failed model, ISO 8601. */
      recheckAt: string;
    };

export interface Conversation {
  id: string;
  /** User that it belongs to; else the actor that created it. */
  owner: string;
  useCase: string;
  pin: Pin | null;
  coolDowns: CoolDowns;
  version: number;
  switchSeq: number;
}

/** Returns whether a conversation runs on the model of its use case, or returns to it when a failed model is healthy again. */
export const followsUseCase = ({ pin }: Pick<Conversation, 'pin'>): boolean =>
  pin === null || (pin.kind === 'fallback' && pin.resumeModelId === null);

/** Use case of a conversation that is not stored. */
export const DEFAULT_USE_CASE = 'platform';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Returns whether an id cannot be guessed before it is used. */
export const isUnguessable = (id: string): boolean => UUID.test(id);
