import type { ChangePolicy } from '../changes/use-changes.js';

/** Fields of the form. */
export interface PolicyValues {
  control: ChangePolicy['control'];
  approvals: number | string;
  /** '': any person who may approve. */
  approverGroup: string;
  windows: ChangePolicy['windows'];
  expiresAfterDays: number | string;
  lateByMinutes: number | string;
}

export const valuesOf = (policy: ChangePolicy): PolicyValues => ({
  control: policy.control,
  approvals: policy.approvals,
  approverGroup: policy.approverGroup ?? '',
  windows: policy.windows,
  expiresAfterDays: policy.expiresAfterDays,
  lateByMinutes: policy.lateByMinutes,
});

type Edit = Pick<
  ChangePolicy,
  'control' | 'approvals' | 'approverGroup' | 'windows' | 'expiresAfterDays' | 'lateByMinutes'
>;

/** The whole policy as the api takes it. */
export const policyOf = ({ approverGroup, ...values }: PolicyValues): Edit => ({
  ...values,
  approvals: Number(values.approvals),
  approverGroup: approverGroup.trim() === '' ? null : approverGroup.trim(),
  expiresAfterDays: Number(values.expiresAfterDays),
  lateByMinutes: Number(values.lateByMinutes),
});

/** Fields that differ from the policy, as the api takes them. */
export function changesOf(values: PolicyValues, policy: ChangePolicy): Partial<Edit> {
  const wanted = Object.entries(policyOf(values)) as [keyof Edit, unknown][];
  return Object.fromEntries(
    wanted.filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(policy[field])),
  );
}

/** An empty number is none. */
export const invalidIn = ({ approvals, expiresAfterDays, lateByMinutes, windows }: PolicyValues): boolean =>
  [approvals, expiresAfterDays, lateByMinutes].some((value) => value === '') ||
  windows.some(({ cron, timezone }) => cron.trim() === '' || timezone.trim() === '');
