import { Alert } from '@mantine/core';
import { Page } from '../components/page.js';
import { QueryState } from '../components/query-state.js';
import { useFilters } from '../components/use-filters.js';
import { Budgets } from './budgets.js';
import { CallsByWire } from './calls-by-wire.js';
import { CostGroups } from './cost-groups.js';
import { CostOverTime } from './cost-over-time.js';
import { CostSummary } from './cost-summary.js';
import { Preferences } from './preferences.js';
import { rangeOf } from './range.js';
import { RangeControl } from './range-control.js';
import { SavingSection } from './saving-section.js';
import { SwitchesOverTime } from './switches-over-time.js';
import { type Question, useFigures } from './use-cost.js';
import { GROUPS, type GroupBy } from './use-cost-groups.js';

type Filters = ReturnType<typeof useFilters>;

const DIMENSIONS = ['useCase', 'modelId', 'userId'] as const;

function questionOf(filters: Filters): Question {
  const { from, to } = rangeOf(filters);
  const narrowed = DIMENSIONS.filter((name) => filters.of(name) !== '').map((name) => [
    name,
    filters.of(name),
  ]);
  return { from, to, ...Object.fromEntries(narrowed) };
}

const isGroup = (name: string): name is GroupBy => name in GROUPS;

export function CostPage() {
  const filters = useFilters();
  const question = questionOf(filters);
  const figures = useFigures(question);
  const groupBy = filters.of('by');
  return (
    <Page title="Cost" about="Spend by use case, model and user against the period before, and savings.">
      <RangeControl range={rangeOf(filters)} filters={filters} />
      <QueryState query={figures}>
        {(found) => (
          <>
            {!found.costs.complete && <NotComplete />}
            <CostSummary figures={found} />
          </>
        )}
      </QueryState>
      <CostGroups
        question={question}
        groupBy={isGroup(groupBy) ? groupBy : 'useCase'}
        onGroupBy={(by) => filters.set({ by, sort: '' })}
      />
      {figures.data && (
        <>
          <CostOverTime figures={figures.data} />
          <SavingSection figures={figures.data} />
          <SwitchesOverTime figures={figures.data} />
        </>
      )}
      <Budgets />
      <CallsByWire question={question} />
      <Preferences />
    </Page>
  );
}

const NotComplete = () => (
  <Alert color="yellow" role="note" title="Some calls are missing">
    More calls wait for the roll-up than can be read at a time. Check that a worker runs; the figures are
    complete when it has caught up.
  </Alert>
);
