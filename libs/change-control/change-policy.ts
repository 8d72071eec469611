import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import type { ChangeWindow } from './change-window.js';

/** Rule of a use case for its changes. */
export interface ChangePolicy {
  control: 'direct' | 'reviewed';
  /** People who must approve, beside the proposer: 1 to 5. */
  approvals: number;
  /** Group that an approver must have; null: any. */
  approverGroup: string | null;
  /** Times at which changes may be applied; none: always. */
  windows: ChangeWindow[];
  /** Days after which a change that was not applied expires. */
  expiresAfterDays: number;
  /** Minutes by which a scheduled change may be applied late. */
  lateByMinutes: number;
}

/** Policy with its use case, as it is stored. */
export interface UseCasePolicy extends ChangePolicy {
  useCase: string;
  /** Version of the use case. */
  version: number;
  /** End of the last freeze that is present or ahead; null: none. */
  frozenUntil: Date | null;
}

/** Days in which a change expires that concerns no reviewed use case. */
const DEFAULT_EXPIRY_DAYS = 7;
/** Minutes by which such a change may be late. */
const DEFAULT_LATENESS_MINUTES = 15;
const DAY_MS = 86_400_000;

const reviewed = (policies: readonly ChangePolicy[]) =>
  policies.filter(({ control }) => control === 'reviewed');

/** Returns when a change expires that these policies apply to: the shortest time counts. */
export function expiryOf(policies: readonly ChangePolicy[], from: Date): Date {
  const days = reviewed(policies).map(({ expiresAfterDays }) => expiresAfterDays);
  const shortest = days.length > 0 ? Math.min(...days) : DEFAULT_EXPIRY_DAYS;
  return new Date(from.getTime() + shortest * DAY_MS);
}

/** Returns by how many minutes a change may be late that these policies apply to. */
export function latenessOf(policies: readonly ChangePolicy[]): number {
  const minutes = reviewed(policies).map(({ lateByMinutes }) => lateByMinutes);
  return minutes.length > 0 ? Math.min(...minutes) : DEFAULT_LATENESS_MINUTES;
}

/** Person who approves, with its groups at that time. */
export interface Approver {
  actor: string;
  groups: string[];
}

/** Returns who decides, with the groups of a person: they say whether its approvals count. */
export const approverOf = (principal: Principal): Approver => ({
  actor: actorOf(principal),
  groups: principal.kind === 'person' ? [...principal.groups] : [],
});

/** Approvals that a policy still needs. */
export interface MissingApprovals {
  /** Null: any change needs one approval. */
  useCase: string | null;
  missing: number;
  /** Group of which they must be; null: any. */
  group: string | null;
}

/**
 * Returns what lacks until a change is approved. Every change needs one approval; one of reviewed use cases those of
 * each of their policies.
 * @param policies present policies, and those that the change sets
 */
export function missingApprovals(
  policies: readonly (ChangePolicy & { useCase: string })[],
  approvers: readonly Approver[],
): MissingApprovals[] {
  const any = { useCase: null, missing: 1 - approvers.length, group: null };
  const byPolicy = policies
    .filter(({ control }) => control === 'reviewed')
    .map(({ useCase, approvals, approverGroup: group }) => ({
      useCase,
      missing: approvals - approvers.filter((approver) => isOf(approver, group)).length,
      group,
    }));
  return [...byPolicy, any].filter(({ missing }) => missing > 0);
}

const isOf = ({ groups }: Approver, group: string | null): boolean =>
  group === null || groups.includes(group);
