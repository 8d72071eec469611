import type { ChangePolicy, ChangeRequest, Operation } from './use-changes.js';

type Decision = ChangeRequest['decisions'][number];
type Policy = Pick<ChangePolicy, 'useCase' | 'control' | 'approvals' | 'approverGroup'>;

/** Approvals of the shown content that were not lost since, the newest of each person. */
export function approvalsOf({
  hash,
  revision,
  decisions,
}: Pick<ChangeRequest, 'hash' | 'revision' | 'decisions'>): Decision[] {
  const byPerson = new Map<string, Decision>();
  for (const decision of decisions) {
    if (decision.hash !== hash || decision.revision !== revision) continue;
    if (decision.kind === 'approve') byPerson.set(decision.actor, decision);
    if (decision.kind === 'lapse') byPerson.delete(decision.actor);
  }
  return [...byPerson.values()];
}

const people = (count: number) => (count === 1 ? 'one other person' : `${count} other people`);

/** Says who must approve a change of a use case with this policy. */
export const neededText = ({ approvals, approverGroup }: Policy): string =>
  `${people(approvals)} ${approverGroup === null ? 'with the right to approve' : `of the group ${approverGroup}`}`;

/** Says who must approve, one line for each reviewed use case; a policy that the change sets counts as well. */
export function approvalRules(policies: readonly Policy[], operations: readonly Operation[]): string[] {
  const set = operations.flatMap((operation) => {
    if (operation.kind !== 'edit-policy') return [];
    const present = policies.find(({ useCase }) => useCase === operation.useCase);
    return present ? [{ ...present, ...operation.policy }] : [];
  });
  const lines = [...policies, ...set]
    .filter(({ control }) => control === 'reviewed')
    .map((policy) => `${policy.useCase}: ${neededText(policy)}`);
  return lines.length === 0 ? ['One other person with the right to approve'] : [...new Set(lines)];
}
