import { NotYetError } from './change-control.errors.js';
import type { ChangePolicy } from './change-policy.js';
import type { ChangeRequest } from './change-request.js';
import { isOpen, opensNext } from './change-window.js';

/**
 * Checks whether a change may be applied at that time: not before its own, and within a window of each policy.
 * @throws NotYetError
 */
export function assertInTime(
  { applyAt }: Pick<ChangeRequest, 'applyAt'>,
  policies: readonly ChangePolicy[],
  now: Date,
): void {
  if (applyAt && applyAt > now) throw new NotYetError('scheduled_later', applyAt);
  for (const { control, windows } of policies)
    if (control === 'reviewed' && !isOpen(windows, now))
      throw new NotYetError('window_closed', opensNext(windows, now));
}
