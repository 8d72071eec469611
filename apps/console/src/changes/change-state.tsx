import { Badge } from '@mantine/core';
import type { ChangeState, ChangeSummary } from './use-changes.js';

export const STATES: Record<ChangeState, { label: string; color: string; text: string }> = {
  proposed: { label: 'Proposed', color: 'blue', text: 'It waits for approvals.' },
  approved: {
    label: 'Approved',
    color: 'petrol',
    text: 'It waits for a change window or the end of a freeze.',
  },
  scheduled: { label: 'Scheduled', color: 'petrol', text: 'It is applied at its time.' },
  applying: { label: 'Applying', color: 'blue', text: 'It is being applied.' },
  applied: { label: 'Applied', color: 'green', text: 'All its operations took effect.' },
  rejected: { label: 'Rejected', color: 'gray', text: 'A person has rejected it. A revision starts again.' },
  withdrawn: { label: 'Withdrawn', color: 'gray', text: 'Its proposer has withdrawn it.' },
  expired: { label: 'Expired', color: 'orange', text: 'Nobody decided in time, or its time has passed.' },
  conflicted: {
    label: 'Conflicted',
    color: 'orange',
    text: 'Something that it changes was changed meanwhile. Nothing was applied. A revision starts again.',
  },
  failed: { label: 'Failed', color: 'red', text: 'An operation failed. Nothing was applied.' },
};

export const StateBadge = ({ state }: { state: ChangeState }) => (
  <Badge color={STATES[state].color}>{STATES[state].label}</Badge>
);

const OPEN: readonly ChangeState[] = ['proposed', 'approved', 'scheduled'];

/** Still to be decided or applied. */
export const isOpen = ({ state }: Pick<ChangeSummary, 'state'>): boolean => OPEN.includes(state);

/** A change without approvals that somebody has to look at. */
export const isReviewOpen = ({ reviewDueAt, reviewedAt }: ChangeSummary): boolean =>
  reviewDueAt !== null && reviewedAt === null;
