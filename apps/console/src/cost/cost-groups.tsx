import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useLocation } from 'react-router';
import { Amount } from '../components/amount.js';
import { CsvButton } from '../components/csv-button.js';
import { type DataColumn, DataTable } from '../components/data-table.js';
import { formatCount, formatPercent, formatUsd } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useModels } from '../models/use-models.js';
import { type CostGroup, changeOf, isLoud } from './compare-costs.js';
import type { Budget } from './use-budgets.js';
import { useBudgets } from './use-budgets.js';
import type { Question } from './use-cost.js';
import { GROUPS, type GroupBy, isAnswered, useCostGroups } from './use-cost-groups.js';

interface Props {
  question: Question;
  groupBy: GroupBy;
  onGroupBy: (groupBy: string) => void;
}

/** Costs by use case, model or user beside those of the period before. A name leads to its own costs. */
export function CostGroups({ question, groupBy, onGroupBy }: Props) {
  const groups = useCostGroups(question, groupBy);
  const columns = useColumns(groupBy);
  return (
    <Section
      title={`Cost by ${GROUPS[groupBy].toLowerCase()}`}
      actions={
        <CsvButton
          name={`costs-by-${groupBy}-${question.from}-${question.to}`}
          of="costs beside the period before"
          head={CSV_HEAD}
          rows={() => (groups.data?.items ?? []).map(csvRow)}
        />
      }
    >
      <SegmentedControl
        aria-label="Group by"
        data={Object.entries(GROUPS).map(([value, label]) => ({ value, label }))}
        value={groupBy}
        onChange={onGroupBy}
        style={{ alignSelf: 'flex-start' }}
      />
      {isAnswered(question, groupBy) ? (
        <QueryState query={groups}>
          {({ items, isComplete }) =>
            items.length === 0 ? (
              <Text c="dimmed">
                Nothing was called in these days or in those before. Choose another period.
              </Text>
            ) : (
              <>
                <DataTable label="Costs" rows={items} columns={columns} rowId={({ key }) => key} />
                {!isComplete && (
                  <Text size="sm" c="dimmed">
                    The {formatCount(items.length)} with the highest cost.
                  </Text>
                )}
              </>
            )
          }
        </QueryState>
      ) : (
        <Text c="dimmed">Costs by user cover at most 31 days. Choose a shorter period.</Text>
      )}
    </Section>
  );
}

const CSV_HEAD = [
  ...['key', 'calls', 'costUsd', 'unknownCostCalls', 'costBeforeUsd', 'inputTokens', 'outputTokens'],
  ...['p95Ms', 'fallbacks', 'guardrailIntervened', 'failed'],
];

const csvRow = ({ key, calls, costUsd, unknownCostCalls, beforeUsd, usage }: CostGroup) => [
  ...[key, calls, costUsd, unknownCostCalls, beforeUsd],
  ...[usage?.inputTokens ?? null, usage?.outputTokens ?? null, usage?.latencyMs?.p95 ?? null],
  ...[usage?.fallbacks ?? null, usage?.guardrailIntervened ?? null, usage?.failed ?? null],
];

/** Narrows the page to one group, and shows the next dimension of it. */
function DrillDown({ groupBy, value, label }: { groupBy: GroupBy; value: string; label: string }) {
  const { search } = useLocation();
  const next = new URLSearchParams(search);
  next.set(groupBy === 'model' ? 'modelId' : groupBy === 'user' ? 'userId' : 'useCase', value);
  next.set('by', groupBy === 'model' ? 'useCase' : 'model');
  next.delete('sort');
  return (
    <Anchor component={Link} to={`/cost?${next}`} inherit>
      {label}
    </Anchor>
  );
}

function Change({ group: { costUsd, beforeUsd } }: { group: CostGroup }) {
  const change = changeOf(costUsd, beforeUsd);
  if (change === null) return <Text size="sm">{Number(beforeUsd) === 0 ? 'new' : 'unknown'}</Text>;
  return (
    <Text
      size="sm"
      c={isLoud(costUsd, beforeUsd) ? 'var(--mantine-color-orange-light-color)' : 'dimmed'}
      fw={isLoud(costUsd, beforeUsd) ? 600 : undefined}
    >
      {change > 0 && '+'}
      {formatPercent(change / 100, 0)}
    </Text>
  );
}

const amountOf = (usd: string | null | undefined): number | undefined =>
  usd === null || usd === undefined ? undefined : Number(usd);

function useColumns(groupBy: GroupBy): DataColumn<CostGroup>[] {
  const { data: models } = useModels();
  const { data: budgets } = useBudgets();
  return useMemo(() => {
    const nameOf = (key: string) =>
      groupBy === 'model' ? (models?.find(({ id }) => id === key)?.name ?? key) : key;
    const budgetOf = ({ key }: CostGroup) =>
      groupBy === 'model'
        ? undefined
        : budgets?.find((budget) => (groupBy === 'user' ? budget.userId : budget.useCase) === key);
    return [
      {
        id: 'name',
        header: GROUPS[groupBy],
        value: ({ key }) => nameOf(key),
        cell: ({ key }) => <DrillDown groupBy={groupBy} value={key} label={nameOf(key)} />,
      },
      ...COST_COLUMNS,
      ...(groupBy === 'model' ? [] : [budgetColumn(budgetOf)]),
      ...USAGE_COLUMNS,
    ];
  }, [groupBy, models, budgets]);
}

const budgetColumn = (budgetOf: (group: CostGroup) => Budget | undefined): DataColumn<CostGroup> => ({
  id: 'budget',
  header: 'Budget',
  from: 'lg',
  value: (group) => budgetOf(group)?.usedPercent,
  cell: (group) => {
    const budget = budgetOf(group);
    return budget ? `${formatCount(budget.usedPercent)} % of the ${budget.period}` : '–';
  },
});

const COST_COLUMNS: DataColumn<CostGroup>[] = [
  {
    id: 'cost',
    header: 'Cost',
    value: ({ costUsd }) => amountOf(costUsd),
    cell: ({ costUsd, unknownCostCalls }) => <Amount usd={costUsd} unknown={unknownCostCalls} what="calls" />,
  },
  {
    id: 'before',
    header: 'Period before',
    from: 'sm',
    value: ({ beforeUsd }) => amountOf(beforeUsd),
    cell: ({ beforeUsd }) => (
      <Text size="sm" c="dimmed">
        {formatUsd(beforeUsd)}
      </Text>
    ),
  },
  {
    id: 'change',
    header: 'Change',
    value: ({ costUsd, beforeUsd }) => changeOf(costUsd, beforeUsd) ?? undefined,
    cell: (group) => <Change group={group} />,
  },
];

const figure = (
  id: string,
  header: string,
  of: (usage: NonNullable<CostGroup['usage']>) => number | null | undefined,
): DataColumn<CostGroup> => ({
  id,
  header,
  value: ({ usage }) => (usage && of(usage)) ?? undefined,
  cell: ({ usage }) => {
    const value = usage && of(usage);
    return value === null || value === undefined ? '–' : formatCount(value);
  },
});

const USAGE_COLUMNS: DataColumn<CostGroup>[] = [
  { ...figure('calls', 'Calls', ({ calls }) => calls), from: 'md' },
  { ...figure('tokens', 'Tokens', ({ totalTokens }) => totalTokens), from: 'lg' },
  { ...figure('p95', 'p95 (ms)', ({ latencyMs }) => latencyMs?.p95), from: 'lg' },
  { ...figure('fallbacks', 'Fallbacks', ({ fallbacks }) => fallbacks), isOptional: true },
  {
    ...figure('guardrail', 'Guardrail intervened', ({ guardrailIntervened }) => guardrailIntervened),
    isOptional: true,
  },
  {
    ...figure(
      'unanswered',
      'Not answered',
      ({ calls, answered, guardrailIntervened }) => calls - answered - guardrailIntervened,
    ),
    isOptional: true,
  },
];
