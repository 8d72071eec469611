export type NotificationKind = 'switch' | 'lifecycle' | 'validation' | 'alert';

/**
 * Whom it is for. A switch of a use case is one notification: it reaches everybody who had a conversation that
 * followed the use case at that switch, and the operators.
 */
type Audience =
  | { audience: 'user'; userId: string }
  | { audience: 'followers'; useCase: string; useCaseSeq: number }
  | { audience: 'operators' };

/** What only some kinds have. */
export interface NotificationDetails {
  /** Of a switch: by the tiers of the two models, whose names are `from` and `to`. */
  direction?: 'upgrade' | 'downgrade' | 'lateral';
  from?: string;
  to?: string;
  /** Of a lifecycle warning: what happens to the model, when (ISO 8601), and in how many whole days. */
  milestone?: 'legacy' | 'extended_access' | 'end_of_life';
  dueAt?: string;
  days?: number;
  /** Of a validation: what the sweep says now. */
  verdict?: 'failed' | 'passed';
}

interface Content {
  /** Of a switch: the id of its event. A second notification with the same id is not stored. */
  id: string;
  kind: NotificationKind;
  conversationId?: string | null;
  useCase?: string | null;
  type: 'auto' | 'manual';
  title: string;
  message: string;
  /** The model that it is about; of a switch: the new one. */
  modelId: string;
  modelName: string;
  provider: string | null;
  reason: string | null;
  details: NotificationDetails;
  /** True: stored, and never streamed or pushed. */
  silent: boolean;
  occurredAt: Date;
}

export type NewNotification = Content & Audience;

/** A published notification as one recipient has it. */
export interface Notification extends Content {
  /** The order of publication. */
  seq: number;
  /** Null: it is for more than one. */
  userId: string | null;
  conversationId: string | null;
  useCase: string | null;
  shownAt: Date | null;
  acknowledgedAt: Date | null;
}

/** As it is read to be passed on, before anybody has seen it; who has it is still to be found out. */
export interface PublishedNotification {
  notification: Notification;
  audience: Audience['audience'];
  /** Of a switch of a use case. */
  useCaseSeq: number | null;
}

export interface NotificationFilter {
  kind?: NotificationKind;
  unacknowledged?: boolean;
  includeSilent?: boolean;
}
