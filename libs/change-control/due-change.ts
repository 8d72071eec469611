import { type ChangePolicy, latenessOf } from './change-policy.js';
import type { ChangeRequest } from './change-request.js';
import { isOpen } from './change-window.js';
import { type Freeze, holds } from './freeze.js';

/** Open change that may have something due. */
export type PendingChange = Pick<ChangeRequest, 'id' | 'state' | 'applyAt' | 'useCases' | 'expiresAt'>;

/** State of the world in which the clock decides. */
export interface ClockContext {
  now: Date;
  /** Of the use cases of the change. */
  policies: readonly ChangePolicy[];
  freezes: readonly Freeze[];
}

/**
 * `missed`: its time is past by more than its policies allow. Nobody expects it any more, so it is not applied.
 * `old`: nobody approved it, or no window opened, in its days.
 */
export type DueAction = 'apply' | 'wait' | 'missed' | 'old';

/** Decides what the clock does with an open change. */
export function decideDue(change: PendingChange, { now, policies, freezes }: ClockContext): DueAction {
  const { applyAt } = change;
  if (applyAt && now.getTime() - applyAt.getTime() > latenessOf(policies) * 60_000) return 'missed';
  if (change.expiresAt <= now) return 'old';
  if (change.state !== 'approved' && change.state !== 'scheduled') return 'wait';
  if (applyAt && applyAt > now) return 'wait';
  const isHeld = change.useCases.some((name) => freezes.some((freeze) => holds(freeze, name, now)));
  const isClosed = policies.some(({ control, windows }) => control === 'reviewed' && !isOpen(windows, now));
  return isHeld || isClosed ? 'wait' : 'apply';
}
