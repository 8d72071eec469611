import { Anchor, Badge, Code, Progress, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount, formatUsd, formatUtcDay } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { type Budget, useBudgets } from './use-budgets.js';

const HEAD = [
  ...(['id', 'scope', 'useCase', 'key', 'userId', 'period', 'from', 'to', 'limitUsd', 'spentUsd'] as const),
  ...(['unknownCostCalls', 'incomplete', 'usedPercent'] as const),
];

/** Limits of spend, and what of them is spent in the present day or month. */
export function Budgets() {
  const budgets = useBudgets();
  const { data = [] } = budgets;
  return (
    <Section
      title="Budgets"
      actions={
        <CsvButton
          name="budgets"
          of="budgets"
          head={[...HEAD]}
          rows={() =>
            data.map((budget) =>
              HEAD.map((name) => (name === 'incomplete' ? String(budget[name]) : budget[name])),
            )
          }
        />
      }
    >
      <Text size="sm" c="dimmed">
        Of the present day or month (UTC), whatever days are chosen above. Operators are warned at 50, 80 and
        100 %. Nothing is blocked.
      </Text>
      <QueryState query={budgets}>{(items) => <BudgetTable items={items} />}</QueryState>
    </Section>
  );
}

function BudgetTable({ items }: { items: Budget[] }) {
  if (items.length === 0)
    return (
      <Text c="dimmed">
        There is no budget yet. On the command line: <Code>budgets set month 200 --use-case clinical</Code>
      </Text>
    );
  return (
    <Table className={cards.cards} aria-label="Budgets">
      <Table.Thead>
        <Table.Tr>
          {['Of', 'Period', 'Limit', 'Spent', 'Used'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((budget) => (
          <Table.Tr key={budget.id}>
            <Table.Td>
              <Subject budget={budget} />
            </Table.Td>
            <Table.Td data-label="Period">{daysOf(budget)}</Table.Td>
            <Table.Td data-label="Limit">
              {formatUsd(budget.limitUsd)} per {budget.period}
            </Table.Td>
            <Table.Td data-label="Spent">
              <Amount usd={budget.spentUsd} unknown={budget.unknownCostCalls} what="calls" />
            </Table.Td>
            <Table.Td data-label="Used" miw={140}>
              <Used budget={budget} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Subject({ budget: { id, useCase, key, userId } }: { budget: Budget }) {
  if (useCase !== null)
    return (
      <Anchor component={Link} to={`/use-cases/${encodeURIComponent(useCase)}`} inherit>
        {useCase}
      </Anchor>
    );
  if (userId === null) return key === null ? 'All calls' : `Key ${key}`;
  return (
    <>
      User {userId}
      {/* Notifications have it in place of the user. */}
      <Text size="xs" c="dimmed" component="span" display="block">
        {id}
      </Text>
    </>
  );
}

const daysOf = ({ from, to }: Budget): string =>
  from === to ? formatUtcDay(from) : `${formatUtcDay(from)} – ${formatUtcDay(to)}`;

/** By the highest threshold that is reached. */
const COLORS = { 50: 'yellow', 80: 'orange', 100: 'red' } as const;

function Used({ budget }: { budget: Budget }) {
  const { usedPercent, threshold, incomplete } = budget;
  return (
    <>
      <Text size="sm" component="span">
        {formatCount(usedPercent)} %{' '}
      </Text>
      {incomplete && <Badge color="gray">Incomplete</Badge>}
      <Progress
        value={Math.min(usedPercent, 100)}
        color={threshold === null ? undefined : COLORS[threshold]}
        aria-label={`Used of the budget per ${budget.period} of ${nameOf(budget)}`}
      />
    </>
  );
}

const nameOf = ({ useCase, key, userId }: Budget): string => useCase ?? key ?? userId ?? 'all calls';
