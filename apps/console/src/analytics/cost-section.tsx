import { Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import { CsvButton } from '../components/csv-button.js';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatUsd } from '../components/format.js';
import { Section } from '../components/section.js';
import { ByDay } from './by-day.js';
import { daysOf } from './range.js';
import type { Figures } from './use-analytics.js';

type Day = Figures['costsByDay']['items'][number];

/** A day without calls costs nothing; one whose calls have no known price is left open. */
const drawn = (day: Day | undefined): number | null => {
  if (!day) return 0;
  return day.costUsd === null ? null : Number(day.costUsd);
};

/** Says which prices make costs unknown. */
function MissingPrices({ of }: { of: Figures['costsByDay']['unknownCosts'] }) {
  return of.map(({ modelId, reason, calls }) => (
    <Text size="sm" key={`${modelId} ${reason}`}>
      {modelId}: {reason.replaceAll('_', ' ')} ({formatCount(calls)} calls)
    </Text>
  ));
}

export function CostSection({ figures: { question, costsByDay } }: { figures: Figures }) {
  const { items, totals, unknownCosts } = costsByDay;
  return (
    <Section
      title="Cost"
      actions={
        <CsvButton
          name={`costs-${question.from}-${question.to}`}
          of="cost by day"
          head={['day', 'calls', 'costUsd', 'unknownCostCalls']}
          rows={() =>
            items.map(({ key, calls, costUsd, unknownCostCalls }) => [key, calls, costUsd, unknownCostCalls])
          }
        />
      }
    >
      {totals.calls === 0 ? (
        <Text c="dimmed">Nothing was called, so nothing was spent.</Text>
      ) : (
        <>
          <DescriptionList
            facts={{
              'In these days': <Amount usd={totals.costUsd} unknown={totals.unknownCostCalls} what="calls" />,
              Calls: formatCount(totals.calls),
              ...(unknownCosts.length > 0 && { 'Missing prices': <MissingPrices of={unknownCosts} /> }),
            }}
          />
          <ByDay
            name="Cost by day"
            series={[{ name: 'cost', label: 'USD', color: 'petrol.6' }]}
            formatValue={(value) => formatUsd(String(value))}
            points={daysOf(question).map((day) => ({
              day,
              cost: drawn(items.find(({ key }) => key === day)),
            }))}
            columns={['Calls', 'Cost']}
            rows={items.map(({ key, calls, costUsd, unknownCostCalls }) => ({
              day: key,
              cells: [
                formatCount(calls),
                <Amount key="cost" usd={costUsd} unknown={unknownCostCalls} what="calls" />,
              ],
            }))}
          />
        </>
      )}
    </Section>
  );
}
