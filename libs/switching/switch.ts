import type { SelectionExplanation } from '#libs/catalogue/explain-selection.js';
import type { Principal } from '#libs/platform/auth/principal.js';

export type SwitchAction = 'manual_switch' | 'auto_switch' | 'fallback_switch';
export type SwitchType = 'manual' | 'auto';
export type SwitchScope = 'conversation' | 'use_case';

interface Target {
  conversationId?: string;
  useCase?: string;
  /** User on whose behalf a service acts. */
  userId?: string;
  showNotification: boolean;
  /** Returns the result and writes nothing. */
  dryRun: boolean;
  /** Adds the candidates, their figures and the reasons against them to the response. */
  explain?: boolean;
  /** Refuses a conversation that does not exist instead of creating it. */
  mustExist?: boolean;
  /**
   * Model that everything moves off: never chosen, and the previous model of the switch even if it is not selectable.
   * Only a move sets it.
   */
  leaves?: string;
}
/** Picks a model. */
export type ManualSwitch = Target & {
  kind: 'manual';
  modelId: string;
  reason?: string;
  /**
   * Number of the switch in its scope that this one undoes. `followed`: the conversation followed its use case before,
   * and follows it again if that has the model now.
   */
  undoes?: { seq: number; followed: boolean };
};
/** Makes a conversation follow a use case, or a use case take its best candidate. */
export type AutoSwitch = Target & { kind: 'auto'; useCase: string; reason?: string };
/** Reports a failed model: the next candidate replaces it, in this scope only. */
export type FallbackSwitch = Target & {
  kind: 'fallback';
  reason: string;
  failedModelId?: string;
  /** Other models that are excluded now; only our own chat sets them. */
  avoid?: string[];
  /** Overrides the default cool-down; only our own chat sets a shorter one. */
  coolDownSeconds?: number;
};
/** Recovers a conversation from its fallback after the failed model is healthy again. Only internal jobs send it. */
export type ConversationRecovery = Target & { kind: 'recovery'; conversationId: string };
/** Returns a use case to the model that it left when that failed. Only internal jobs send it. */
export type UseCaseRecovery = Target & {
  kind: 'recovery';
  conversationId?: undefined;
  useCase: string;
  modelId: string;
};
/** Removes a pin to a model that is not selectable any more. Only internal jobs send it. */
export type Unpin = Target & { kind: 'unpin'; conversationId: string };

export type SwitchCommand =
  | ManualSwitch
  | AutoSwitch
  | FallbackSwitch
  | ConversationRecovery
  | UseCaseRecovery
  | Unpin;

/** Caller and conditions of a request. */
export interface Caller {
  principal: Principal;
  requestId: string;
  idempotencyKey?: string;
  /** Entity tag of the scope that the caller has read. */
  ifMatch?: string;
  /** Change that is being applied; only the service itself sets it. */
  change?: AppliedChange;
}

/** Change under whose authority its operations are executed. */
export interface AppliedChange {
  id: string;
  /** People who approved it; empty with `brokenGlass`. */
  approvedBy: readonly string[];
  /** True: a person applies it without approvals, and another one reviews it later. */
  brokenGlass: boolean;
}

export type Direction = 'upgrade' | 'downgrade' | 'lateral';

/** Notification for the people concerned. */
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

/** Notification of a committed switch. */
export interface SentNotification extends SwitchNotification {
  /** As in the feed of its user; id of the switch, too. */
  id: string;
}

export interface CostPreview {
  /** USD, positive = cheaper; null: a price is unknown, or it is the first assignment of a new conversation. */
  savedUsd: string | null;
  horizon: string;
}

/** Result of a switch, or with `dryRun` its expected result. */
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
  /** The switch created the conversation. */
  created?: true;
  dryRun?: true;
  costImpact?: CostPreview;
  /** Followers of the use case, counted up to a million. */
  followers?: number;
  /** Set with `explain`. */
  explanation?: SelectionExplanation;
  notification?: SwitchNotification;
  /** Entity tag of the scope after the switch. */
  etag: string;
}

/** Returns the notification of a switch for its user; undefined: nothing was switched, or silently. */
export const sentNotificationOf = ({
  switchId: id,
  notification,
}: SwitchOutcome): SentNotification | undefined => (id && notification ? { id, ...notification } : undefined);

/** Reason why a switch of a use case was allowed. */
export interface SwitchBasis {
  /** `safety_move`: by the service, to a candidate. `report`: a key has reported a failure, and a person reviews it later. */
  kind: 'direct' | 'change' | 'break_glass' | 'safety_move' | 'report';
  changeId: string | null;
  /** People who approved the change. */
  approvedBy: readonly string[];
}

/** Immutable record that is committed together with the effect of a switch. */
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
  /**
   * Of a use case, or of a conversation that a change moved: why it was allowed; null: another switch of a conversation,
   * or one of an earlier release.
   */
  basis: SwitchBasis['kind'] | null;
  /** Change that made it. */
  changeId: string | null;
  /** People who approved the change; null: there is no change. */
  approvedBy: string[] | null;
}

/** Filter of a list of switches. */
export interface SwitchFilter {
  /** Only switches of conversations, or only of use cases. */
  scope?: SwitchScope;
  conversationId?: string;
  userId?: string;
  useCase?: string;
  action?: SwitchAction;
  actor?: string;
  /** Only switches from this model or to it. */
  modelId?: string;
  requestId?: string;
  /** Part of the reason; case does not matter. */
  reason?: string;
  /** Start, inclusive. */
  from?: Date;
  /** End, exclusive. */
  to?: Date;
}

/** End of a page. */
export interface Position {
  occurredAt: Date;
  id: string;
}

/** Switch in a list: with its cost after the worker has written the audit row. */
export interface ListedSwitch extends Omit<SwitchEvent, 'firstAssignment'> {
  audited: boolean;
  costImpact: string | null;
  costImpactHorizon: string | null;
  /** Real saving in USD so far, by the calls after it; null: no call with a known saving yet. */
  savedUsd: string | null;
}

export interface SwitchPage {
  items: ListedSwitch[];
  /** Start of the next page; undefined: this is the last. */
  next?: Position;
}
