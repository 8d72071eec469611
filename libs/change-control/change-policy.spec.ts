import { describe, expect, it } from 'vitest';
import { aReview } from '../../test/support/change-policy-fixture.js';
import { type ChangePolicy, missingApprovals } from './change-policy.js';

const policy = ({ useCase = 'clinical', ...changes }: Partial<ChangePolicy> & { useCase?: string } = {}) => ({
  ...aReview(changes),
  useCase,
});
const by = (actor: string, ...groups: string[]) => ({ actor, groups });

describe('missing approvals', () => {
  it('are one of anybody, also where no use case is reviewed', () => {
    expect(missingApprovals([policy({ control: 'direct' })], [])).toEqual([
      { useCase: null, missing: 1, group: null },
    ]);
    expect(missingApprovals([policy({ control: 'direct' })], [by('ben')])).toEqual([]);
  });

  it('are those of the group of each policy', () => {
    const policies = [policy({ approverGroup: 'leads', approvals: 2 }), policy({ useCase: 'health' })];
    expect(missingApprovals(policies, [by('ben', 'leads'), by('eve')])).toEqual([
      { useCase: 'clinical', missing: 1, group: 'leads' },
    ]);
    expect(missingApprovals(policies, [by('ben', 'leads'), by('bea', 'leads')])).toEqual([]);
  });

  it('are of the old policy and of the new one', () => {
    const policies = [policy({ approvals: 1 }), policy({ approvals: 3 })];
    expect(missingApprovals(policies, [by('ben')])).toEqual([
      { useCase: 'clinical', missing: 2, group: null },
    ]);
  });
});
