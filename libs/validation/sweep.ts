export interface SweepRequest {
  /** True: every model is probed deeply, however recent its last answer is. */
  deep: boolean;
  /** Null: every available model. */
  modelIds: string[] | null;
}

export type SweepState = 'waiting' | 'running' | 'done' | 'failed';

export interface Sweep extends SweepRequest {
  id: string;
  state: SweepState;
  /** Null: the schedule. */
  requestedBy: string | null;
  startedAt: Date;
  endedAt: Date | null;
  checked: number;
  /** Null: it has not begun, or an earlier release ran it. */
  total: number | null;
  /** Models that failed a check. */
  failed: number;
}
