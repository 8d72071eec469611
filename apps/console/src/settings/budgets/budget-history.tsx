import { Button, Table, Text } from '@mantine/core';
import { formatUsd } from '../../components/format.js';
import { QueryState } from '../../components/query-state.js';
import { Time } from '../../components/time.js';
import { type Budget, type BudgetChange, nameOf, useBudgetChanges } from './use-budget-settings.js';

/** Changes of budgets with their actors. */
export function BudgetHistory({ budgets }: { budgets: Budget[] }) {
  const changes = useBudgetChanges();
  return (
    <QueryState query={changes}>
      {({ pages }) => (
        <>
          <Changes changes={pages.flatMap(({ items }) => items)} budgets={budgets} />
          {changes.hasNextPage && (
            <Button
              variant="default"
              loading={changes.isFetchingNextPage}
              onClick={() => void changes.fetchNextPage()}
            >
              Show older ones
            </Button>
          )}
        </>
      )}
    </QueryState>
  );
}

function Changes({ changes, budgets }: { changes: BudgetChange[]; budgets: Budget[] }) {
  if (changes.length === 0)
    return (
      <Text c="dimmed" size="sm">
        No budget was set yet.
      </Text>
    );
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="Changes of budgets">
        <Table.Thead>
          <Table.Tr>
            {['When', 'Budget', 'Change', 'By'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={change.id}>
              <Table.Td>
                <Time at={change.changedAt} />
              </Table.Td>
              <Table.Td>{subjectIn(change, budgets)}</Table.Td>
              <Table.Td>{inWords(change)}</Table.Td>
              <Table.Td>{change.actor}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** A deleted budget is known by its row only, which has no user. */
function subjectIn({ budgetId, before, after }: BudgetChange, budgets: Budget[]): string {
  const present = budgets.find(({ id }) => id === budgetId);
  if (present) return nameOf(present);
  const row = after ?? before ?? {};
  return text(row.use_case) ?? text(row.key_owner) ?? text(row.scope) ?? budgetId;
}

function inWords({ before, after }: BudgetChange): string {
  const limit = (row: Record<string, unknown> | null) => formatUsd(text(row?.limit_usd) ?? null);
  const period = text((after ?? before)?.period);
  if (!after) return `Deleted: ${limit(before)} per ${period}`;
  if (!before) return `Set to ${limit(after)} per ${period}`;
  return `From ${limit(before)} to ${limit(after)} per ${period}`;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
