import { Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import { CsvButton } from '../components/csv-button.js';
import { formatCount, formatUsd } from '../components/format.js';
import { Section } from '../components/section.js';
import { OverTime } from './over-time.js';
import { daysOf, previousOf } from './range.js';
import { timesOf } from './times.js';
import type { Figures } from './use-cost.js';

type Group = Figures['costs']['items'][number];

/** A time without calls costs nothing; one whose calls have no known price has no bar. */
const drawn = (group: Group | undefined): number | null => {
  if (!group) return 0;
  return group.costUsd === null ? null : Number(group.costUsd);
};

const CURRENT = { name: 'cost', label: 'This period', color: 'petrol.6' };
const PREVIOUS = { name: 'before', label: 'Period before', color: 'gray.5' };

/** Cost by hour or day; days beside those of the period before. */
export function CostOverTime({ figures }: { figures: Figures }) {
  const { question, unit, costs, costsBefore, usage } = figures;
  const tokensOf = (key: string) => usage.items.find((group) => group.key === key)?.totalTokens;
  const daysBefore = daysOf(previousOf(question));
  return (
    <Section
      title="Cost over time"
      actions={
        <CsvButton
          name={`costs-${question.from}-${question.to}`}
          of={`cost by ${unit}`}
          head={[unit, 'calls', 'costUsd', 'unknownCostCalls', 'totalTokens']}
          rows={() =>
            costs.items.map(({ key, calls, costUsd, unknownCostCalls }) => [
              ...[key, calls, costUsd, unknownCostCalls, tokensOf(key) ?? null],
            ])
          }
        />
      }
    >
      {costs.totals.calls === 0 ? (
        <Text c="dimmed">Nothing was called, so nothing was spent. Choose another period.</Text>
      ) : (
        <OverTime
          name={`Cost by ${unit}`}
          unit={unit}
          isGrouped
          series={unit === 'day' ? [CURRENT, PREVIOUS] : [CURRENT]}
          formatValue={(value) => formatUsd(String(value))}
          points={timesOf(question, unit).map((at, n) => ({
            at,
            cost: drawn(costs.items.find(({ key }) => key === at)),
            ...(unit === 'day' && {
              before: drawn(costsBefore.items.find(({ key }) => key === daysBefore[n])),
            }),
          }))}
          columns={['Calls', 'Tokens', 'Cost']}
          rows={costs.items.map(({ key, calls, costUsd, unknownCostCalls }) => ({
            at: key,
            cells: [
              formatCount(calls),
              formatCount(tokensOf(key) ?? 0),
              <Amount key="cost" usd={costUsd} unknown={unknownCostCalls} what="calls" />,
            ],
          }))}
        />
      )}
    </Section>
  );
}
