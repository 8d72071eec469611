/** Receiver of the feed that only this process delivers to while it holds the lease. */
export interface Leased {
  id: string;
  failures: number;
  lease: string;
}

/** Message, and the cursor of its receiver after it; no message: the cursor moves without one. */
export interface Step<Message, Cursor> {
  message: Message | null;
  cursor: Cursor;
}

/** Receivers that are known to be slow, and how many of them may be leased; 0 or less: none. */
export interface SlowReceivers {
  ids: string[];
  limit: number;
}

/** Cause of a failure, where the attempt names it. */
export const FAILURE_CAUSES = [
  'credentials',
  'tls',
  'dns',
  'refused',
  'address',
  'timeout',
  'answer',
  'configuration',
  'connection',
] as const;
export type FailureCause = (typeof FAILURE_CAUSES)[number];

export interface Failure {
  delivered: false;
  /** Null: there was no response. */
  status: number | null;
  /** Our own text: of the receiver's response only its status. */
  error: string;
  cause: FailureCause;
  /** Pause in milliseconds that the receiver asks for. */
  retryAfterMs: number;
}

export type Delivery = { delivered: true; status: number } | Failure;

export const failed = (error: string, cause: FailureCause, status: number | null = null): Failure => ({
  delivered: false,
  status,
  error,
  cause,
  retryAfterMs: 0,
});
