import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { EmptyState, QueryState } from '../components/query-state.js';
import { SearchSelect } from '../components/search-select.js';
import { Time } from '../components/time.js';
import { useFilters } from '../components/use-filters.js';
import { useModels } from '../models/use-models.js';
import { ModelChecks } from './model-checks.js';
import { byModel, type Check, useSweeps } from './use-sweeps.js';
import { ValidationTable } from './validation-table.js';

const SHOWN = { '': 'All', failed: 'Last one failed' } as const;

/** Results of sweeps: the last ones of every model, or all of one. */
export function Verdicts() {
  const filters = useFilters();
  const modelId = filters.of('model');
  const onlyFailed = filters.of('show') === 'failed';
  const sweeps = useSweeps(modelId);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = sweeps;
  return (
    <>
      <Group align="flex-end">
        <ModelFilter modelId={modelId} onChoose={(model) => filters.set({ model })} />
        {!modelId && (
          <SegmentedControl
            aria-label="Which models"
            data={Object.entries(SHOWN).map(([value, label]) => ({ value, label }))}
            value={onlyFailed ? 'failed' : ''}
            onChange={(show) => filters.set({ show })}
          />
        )}
      </Group>
      <QueryState query={sweeps}>
        {({ pages }) => (
          <Results checks={pages.flatMap(({ items }) => items)} modelId={modelId} onlyFailed={onlyFailed} />
        )}
      </QueryState>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </>
  );
}

function ModelFilter({ modelId, onChoose }: { modelId: string; onChoose: (modelId: string) => void }) {
  const { data: models = [] } = useModels();
  return (
    <SearchSelect
      label="Model"
      choices={models.map(({ id, name }) => ({ value: id, label: name }))}
      value={modelId}
      onChange={onChoose}
    />
  );
}

interface Props {
  checks: Check[];
  modelId: string;
  onlyFailed: boolean;
}

function Results({ checks, modelId, onlyFailed }: Props) {
  if (checks.length === 0)
    return (
      <EmptyState title="No sweep yet">
        A worker sweeps the models every quarter of an hour. Sweep now does not wait for it.
      </EmptyState>
    );
  if (modelId) return <ModelChecks checks={checks} />;
  const models = [...byModel(checks)].filter(([, [last]]) => !onlyFailed || last!.outcome === 'failed');
  return (
    <>
      <Text size="sm" c="dimmed">
        The last {checks.length === 1 ? 'check' : `${checks.length} checks`}, since{' '}
        <Time at={checks.at(-1)!.checkedAt} />.
      </Text>
      {models.length === 0 ? (
        <EmptyState title="None failed">Every model passed its last check.</EmptyState>
      ) : (
        <ValidationTable models={models} />
      )}
    </>
  );
}
