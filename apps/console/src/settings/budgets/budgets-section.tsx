import { Button, Group, Progress, Text } from '@mantine/core';
import { useMemo } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import type { DataColumn } from '../../components/data-table.js';
import { Dialog, useDialog } from '../../components/dialog.js';
import { formatCount, formatUsd } from '../../components/format.js';
import { EmptyState } from '../../components/query-state.js';
import { QueryTable } from '../../components/query-table.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { useMay } from '../../session/use-session.js';
import { BudgetForm } from './budget-form.js';
import { BudgetHistory } from './budget-history.js';
import { type Budget, deleteBudget, nameOf, useBudgetSettings } from './use-budget-settings.js';

/** Limits of spend: set, delete, and who has changed them. */
export function BudgetsSection() {
  const budgets = useBudgetSettings();
  const mayEdit = useMay('operate');
  const mayReadChanges = useMay('audit', 'operate');
  const setting = useDialog<Budget | null>();
  const deleting = useDialog<Budget>();
  const columns = useMemo(
    () => columnsOf(mayEdit ? { set: setting.open, remove: deleting.open } : undefined),
    // The functions behind these never change.
    [mayEdit],
  );
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          Operators are warned at 50, 80 and 100 % of a limit. Nothing is blocked.
        </Text>
        {mayEdit && <Button onClick={() => setting.open(null)}>Set a budget</Button>}
      </Group>
      <QueryTable
        query={budgets}
        label="Budgets"
        columns={columns}
        none={
          <EmptyState title="No budget yet">
            Set one for all calls, a use case, a key or a user, per day or per month.
          </EmptyState>
        }
      />
      {mayReadChanges && (
        <Section title="History">
          <BudgetHistory budgets={budgets.data ?? []} />
        </Section>
      )}
      <Dialog
        title={setting.item ? `Budget of ${nameOf(setting.item)}` : 'Set a budget'}
        opened={setting.opened}
        onClose={setting.close}
      >
        <BudgetForm of={setting.item ?? null} onClose={setting.close} />
      </Dialog>
      <ConfirmDialog
        title="Delete the budget"
        action="Delete"
        isDangerous
        opened={deleting.opened}
        onClose={deleting.close}
        onConfirm={() => deleteBudget(deleting.item!)}
      >
        {deleting.item &&
          `Nobody is warned any more of the spend of ${nameOf(deleting.item)} per ${deleting.item.period}.`}
      </ConfirmDialog>
    </>
  );
}

interface Actions {
  set: (budget: Budget) => void;
  remove: (budget: Budget) => void;
}

const columnsOf = (actions?: Actions): DataColumn<Budget>[] => [
  { id: 'of', header: 'Of', value: nameOf, cell: nameOf },
  {
    id: 'limit',
    header: 'Limit',
    value: ({ limitUsd }) => Number(limitUsd),
    cell: ({ limitUsd, period }) => `${formatUsd(limitUsd)} per ${period}`,
  },
  {
    id: 'used',
    header: 'Used',
    from: 'sm',
    value: ({ usedPercent }) => usedPercent,
    cell: (budget) => (
      <>
        <Text size="sm">
          {formatCount(budget.usedPercent)} % ({formatUsd(budget.spentUsd)})
        </Text>
        <Progress
          value={Math.min(budget.usedPercent, 100)}
          color={budget.threshold === 100 ? 'red' : undefined}
          aria-label={`Used of the budget of ${nameOf(budget)} per ${budget.period}`}
        />
      </>
    ),
  },
  {
    id: 'updated',
    header: 'Set',
    from: 'md',
    value: ({ updatedAt }) => Date.parse(updatedAt),
    cell: ({ updatedAt }) => <Time at={updatedAt} />,
  },
  ...(actions
    ? [
        {
          id: 'actions',
          header: 'Actions',
          cell: (budget: Budget) => <RowActions of={budget} {...actions} />,
        },
      ]
    : []),
];

const RowActions = ({ of, set, remove }: Actions & { of: Budget }) => (
  <Group gap={4}>
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`Change limit of ${nameOf(of)} per ${of.period}`}
      onClick={() => set(of)}
    >
      Change limit
    </Button>
    <Button
      size="compact-xs"
      variant="light"
      color="red"
      aria-label={`Delete budget of ${nameOf(of)} per ${of.period}`}
      onClick={() => remove(of)}
    >
      Delete
    </Button>
  </Group>
);
