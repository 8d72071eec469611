import { Group, Pill, SegmentedControl, TextInput } from '@mantine/core';
import { SearchSelect } from '../components/search-select.js';
import type { useFilters } from '../components/use-filters.js';
import { useModels } from '../models/use-models.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { isDay, moved, type Range, SPANS } from './range.js';

type Filters = ReturnType<typeof useFilters>;

/** Period, and the calls in it that count. */
export function RangeControl({ range, filters }: { range: Range; filters: Filters }) {
  const { from, to, days } = range;
  const { data: useCases = [] } = useUseCases();
  const choose = (end: 'from' | 'to', day: string) => {
    // While somebody types there is no day, or one long ago.
    if (isDay(day)) filters.set({ ...moved(range, end, day), days: '' });
  };
  return (
    <Group align="flex-end">
      <SegmentedControl
        aria-label="Period"
        data={Object.entries(SPANS).map(([value, label]) => ({ value, label }))}
        value={days ?? ''}
        onChange={(span) => filters.set({ days: span, from: '', to: '' })}
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
      <SearchSelect
        label="Use case"
        choices={useCases.map(({ name }) => ({ value: name, label: name }))}
        value={filters.of('useCase')}
        onChange={(useCase) => filters.set({ useCase })}
      />
      <Narrowed filters={filters} />
    </Group>
  );
}

/** The model or the user that the page is narrowed to, with a button that removes it. */
function Narrowed({ filters }: { filters: Filters }) {
  const { data: models = [] } = useModels();
  const [modelId, userId] = [filters.of('modelId'), filters.of('userId')];
  const modelName = models.find(({ id }) => id === modelId)?.name ?? modelId;
  return (
    <>
      {modelId && <Removable label={`Model ${modelName}`} onRemove={() => filters.set({ modelId: '' })} />}
      {userId && <Removable label={`User ${userId}`} onRemove={() => filters.set({ userId: '' })} />}
    </>
  );
}

const Removable = ({ label, onRemove }: { label: string; onRemove: () => void }) => (
  <Pill
    withRemoveButton
    size="lg"
    onRemove={onRemove}
    removeButtonProps={{ 'aria-label': `Remove the filter ${label}`, 'aria-hidden': false, tabIndex: 0 }}
  >
    {label}
  </Pill>
);
