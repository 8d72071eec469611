import { Text } from '@mantine/core';
import { CsvButton } from '../components/csv-button.js';
import { DescriptionList } from '../components/description-list.js';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { OverTime } from './over-time.js';
import { timesOf } from './times.js';
import type { Figures } from './use-cost.js';

/** In the colours that switches have in every list. */
const SERIES = [
  { name: 'manual', label: 'By hand', color: 'blue.6' },
  { name: 'auto', label: 'Automatic', color: 'gray.6' },
  { name: 'fallback', label: 'Fallback', color: 'orange.6' },
];

export function SwitchesOverTime({ figures: { question, unit, switches } }: { figures: Figures }) {
  const { items, totals } = switches;
  return (
    <Section
      title="Switches over time"
      actions={
        <CsvButton
          name={`switches-${question.from}-${question.to}`}
          of="switches over time"
          head={[unit, 'switches', 'manual', 'auto', 'fallback']}
          rows={() =>
            items.map(({ key, switches: all, manual, auto, fallback }) => [key, all, manual, auto, fallback])
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
          <OverTime
            name={`Switches by ${unit}`}
            unit={unit}
            series={SERIES}
            points={timesOf(question, unit).map((at) => {
              const { manual = 0, auto = 0, fallback = 0 } = items.find(({ key }) => key === at) ?? {};
              return { at, manual, auto, fallback };
            })}
            columns={SERIES.map(({ label }) => label)}
            rows={items.map(({ key, manual, auto, fallback }) => ({
              at: key,
              cells: [manual, auto, fallback].map(formatCount),
            }))}
          />
        </>
      )}
    </Section>
  );
}
