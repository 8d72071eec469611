import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import type { useFilters } from '../components/use-filters.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { isDay, moved, type Range, SPANS } from './range.js';

/** Which days, and of what. */
export function RangeControl({ range, filters }: { range: Range; filters: ReturnType<typeof useFilters> }) {
  const { from, to, days } = range;
  const { data: useCases = [] } = useUseCases();
  const choose = (end: 'from' | 'to', day: string) => {
    // While one types there is no day, or one long ago.
    if (isDay(day)) filters.set({ ...moved(range, end, day), days: '' });
  };
  return (
    <Group align="flex-end">
      <SegmentedControl
        aria-label="Days"
        data={SPANS.map((span) => ({ value: span, label: `${span} days` }))}
        value={days ?? ''}
        onChange={(span) => filters.set({ days: span === SPANS[0] ? '' : span, from: '', to: '' })}
      />
      <TextInput
        type="date"
        label="From (UTC)"
        value={from}
        onChange={(event) => choose('from', event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label="To"
        value={to}
        onChange={(event) => choose('to', event.currentTarget.value)}
      />
      <NativeSelect
        label="Use case"
        data={[{ value: '', label: 'All' }, ...useCases.map(({ name }) => ({ value: name, label: name }))]}
        value={filters.of('useCase')}
        onChange={(event) => filters.set({ useCase: event.currentTarget.value })}
      />
    </Group>
  );
}
