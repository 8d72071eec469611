import type { SwitchAction, SwitchEvent, SwitchScope } from './switch.js';

/** Which switches a list shows. */
export interface SwitchFilter {
  /** Only of conversations, or only of use cases themselves. */
  scope?: SwitchScope;
  conversationId?: string;
  userId?: string;
  useCase?: string;
  action?: SwitchAction;
  /** From this time on, inclusive. */
  from?: Date;
  /** Up to this time, exclusive. */
  to?: Date;
}

/** Where a page ended. */
export interface Position {
  occurredAt: Date;
  id: string;
}

/** A switch as a list shows it: with its cost once the worker has written the audit row. */
export interface ListedSwitch extends SwitchEvent {
  audited: boolean;
  costImpact: string | null;
  costImpactHorizon: string | null;
  /** USD that it really saved so far, by the calls that came after it; null: no call yet whose saving is known. */
  savedUsd: string | null;
}

export interface SwitchPage {
  items: ListedSwitch[];
  /** Where the next page starts; undefined: this is the last. */
  next?: Position;
}
