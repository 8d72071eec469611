import type { SelectionExplanation } from '#libs/catalogue/explain-selection.js';
import type { Principal } from '#libs/platform/auth/principal.js';

export type SwitchAction = 'manual_switch' | 'auto_switch' | 'fallback_switch';
export type SwitchType = 'manual' | 'auto';
export type SwitchScope = 'conversation' | 'use_case';

interface Target {
  conversationId?: string;
  useCase?: string;
  /** The user on whose behalf a service acts. */
  userId?: string;
  showNotification: boolean;
  /** Answer what would happen and write nothing. */
  dryRun: boolean;
  /** Answer also with the candidates, their figures and what is against them. */
  explain?: boolean;
  /** Refuse a conversation that does not exist, which else is created. */
  mustExist?: boolean;
}
/** Somebody picks a model. */
export type ManualSwitch = Target & { kind: 'manual'; modelId: string; reason?: string };
/** A conversation joins a use case and follows it; or a use case takes its best candidate. */
export type AutoSwitch = Target & { kind: 'auto'; useCase: string };
/** The model failed: the next candidate takes over, in this scope only. */
export type FallbackSwitch = Target & {
  kind: 'fallback';
  reason: string;
  failedModelId?: string;
  /** Other models that must not take over now; only our own chat knows of some. */
  avoid?: string[];
  /** Instead of the usual time; only our own chat looks sooner. */
  coolDownSeconds?: number;
};
/** Returns a conversation from its fallback: the model that failed is healthy again. Only our own jobs ask for it. */
export type ConversationRecovery = Target & { kind: 'recovery'; conversationId: string };
/** Returns a use case to the model that it left when that failed. Only our own jobs ask for it. */
export type UseCaseRecovery = Target & {
  kind: 'recovery';
  conversationId?: undefined;
  useCase: string;
  modelId: string;
};
/** Ends a pin to a model that cannot be selected any more. Only our own jobs ask for it. */
export type Unpin = Target & { kind: 'unpin'; conversationId: string };

export type SwitchCommand =
  | ManualSwitch
  | AutoSwitch
  | FallbackSwitch
  | ConversationRecovery
  | UseCaseRecovery
  | Unpin;

/** Who asks, and under which conditions. */
export interface Caller {
  principal: Principal;
  requestId: string;
  idempotencyKey?: string;
  /** Entity tag of the scope that the caller has seen. */
  ifMatch?: string;
}

export type Direction = 'upgrade' | 'downgrade' | 'lateral';

/** What the people concerned are told. */
export interface SwitchNotification {
  title: string;
  message: string;
  type: SwitchType;
  modelName: string;
  modelId: string;
  direction: Direction;
  from: string;
  to: string;
  reason?: string;
}

export interface CostPreview {
  /** USD, positive = cheaper; null: a price is unknown, or it is the first assignment of a new conversation. */
  savedUsd: string | null;
  horizon: string;
}

/** What a switch did, or with `dryRun` would do. */
export interface SwitchOutcome {
  switched: boolean;
  from: string;
  to: string;
  fromId: string;
  toId: string;
  scope: SwitchScope;
  conversationId?: string;
  useCase: string;
  version: number;
  switchId?: string;
  /** The conversation did not exist before. */
  created?: true;
  dryRun?: true;
  costImpact?: CostPreview;
  /** Conversations that follow the use case, counted up to a million. */
  followers?: number;
  /** With `explain`. */
  explanation?: SelectionExplanation;
  notification?: SwitchNotification;
  /** Entity tag of the scope after the switch. */
  etag: string;
}

/** The immutable record that a switch commits together with its effect. */
export interface SwitchEvent {
  id: string;
  scope: SwitchScope;
  conversationId: string | null;
  useCase: string;
  /** 1..n within its conversation or use case. */
  seq: number;
  userId: string;
  actor: string;
  onBehalfOf: string | null;
  action: SwitchAction;
  type: SwitchType;
  /** True: it created its conversation, which no model had answered before. */
  firstAssignment: boolean;
  previousModelId: string;
  newModelId: string;
  previousPriceVersion: number | null;
  newPriceVersion: number | null;
  reason: string | null;
  notificationShown: boolean;
  notificationTitle: string;
  notificationMessage: string;
  requestId: string;
  occurredAt: Date;
}

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
