import type { ChangePolicy } from '#libs/change-control/change-policy.js';

/** Policy of a reviewed use case, with the defaults of the api. */
export const aReview = (changes: Partial<ChangePolicy> = {}): ChangePolicy => ({
  control: 'reviewed',
  approvals: 1,
  approverGroup: null,
  windows: [],
  expiresAfterDays: 7,
  lateByMinutes: 15,
  ...changes,
});
