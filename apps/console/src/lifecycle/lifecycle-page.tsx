import { SegmentedControl, Text } from '@mantine/core';
import { formatDay } from '../components/format.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import classes from './lifecycle.module.css';
import { LifecycleCard } from './lifecycle-card.js';
import { type Ending, useLifecycle } from './use-lifecycle.js';

export function LifecyclePage() {
  const filters = useFilters();
  const onlyUsed = filters.of('show') === 'in use';
  return (
    <Page
      title="Lifecycle"
      about="What ends when, what runs on it, and who should take over."
      actions={
        <SegmentedControl
          aria-label="Which models"
          data={[
            { value: '', label: 'All' },
            { value: 'in use', label: 'In use' },
          ]}
          value={onlyUsed ? 'in use' : ''}
          onChange={(show) => filters.set({ show })}
        />
      }
    >
      <QueryState query={useLifecycle()}>
        {(all) => <Endings endings={onlyUsed ? all.filter(({ inUse }) => inUse) : all} onlyUsed={onlyUsed} />}
      </QueryState>
    </Page>
  );
}

function Endings({ endings, onlyUsed }: { endings: Ending[]; onlyUsed: boolean }) {
  if (endings.length === 0)
    return (
      <EmptyState title="Nothing ends">
        {onlyUsed
          ? 'No model that something runs on has a date. Show all to see the others.'
          : 'No model has a date to come. Dates come with the synchronisation of the catalogue.'}
      </EmptyState>
    );
  const dates = endings.flatMap(({ milestones }) => milestones);
  const last = dates.toSorted((a, b) => a.days - b.days).at(-1);
  return (
    <Section title="Timeline">
      {last && (
        <div className={classes.scale} aria-hidden="true">
          <Text size="xs" c="dimmed">
            Today
          </Text>
          <Text size="xs" c="dimmed">
            {formatDay(last.at)}
          </Text>
        </div>
      )}
      <ul className={classes.endings} aria-label="What ends when">
        {endings.map((ending) => (
          <LifecycleCard key={ending.modelId} ending={ending} lastDay={Math.max(1, last?.days ?? 1)} />
        ))}
      </ul>
    </Section>
  );
}
