import { Text } from '@mantine/core';
import { CsvButton } from '../components/csv-button.js';
import { DescriptionList } from '../components/description-list.js';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { ByDay } from './by-day.js';
import { daysOf } from './range.js';
import type { Figures } from './use-analytics.js';

/** In the colours that switches have everywhere. */
const SERIES = [
  { name: 'manual', label: 'By hand', color: 'blue.6' },
  { name: 'auto', label: 'Automatic', color: 'green.6' },
  { name: 'fallback', label: 'Fallback', color: 'orange.6' },
];

export function SwitchesOverTime({ figures: { question, switchesByDay } }: { figures: Figures }) {
  const { items, totals } = switchesByDay;
  return (
    <Section
      title="Switches over time"
      actions={
        <CsvButton
          name={`switches-${question.from}-${question.to}`}
          of="switches over time"
          head={['day', 'switches', 'manual', 'auto', 'fallback']}
          rows={() =>
            items.map(({ key, switches, manual, auto, fallback }) => [key, switches, manual, auto, fallback])
          }
        />
      }
    >
      {totals.switches === 0 ? (
        <Text c="dimmed">Nothing was switched in these days. Choose others, or all use cases.</Text>
      ) : (
        <>
          <DescriptionList
            facts={{
              'By hand': formatCount(totals.manual),
              Automatic: formatCount(totals.auto),
              Fallback: formatCount(totals.fallback),
            }}
          />
          <ByDay
            name="Switches by day"
            series={SERIES}
            points={daysOf(question).map((day) => {
              const { manual = 0, auto = 0, fallback = 0 } = items.find(({ key }) => key === day) ?? {};
              return { day, manual, auto, fallback };
            })}
            columns={SERIES.map(({ label }) => label)}
            rows={items.map(({ key, manual, auto, fallback }) => ({
              day: key,
              cells: [manual, auto, fallback].map(formatCount),
            }))}
          />
        </>
      )}
    </Section>
  );
}
