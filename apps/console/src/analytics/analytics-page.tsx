import { Alert, Text } from '@mantine/core';
import { Page } from '../components/page.js';
import { QueryState } from '../components/query-state.js';
import { useFilters } from '../components/use-filters.js';
import { useMay } from '../session/use-session.js';
import { Budgets } from './budgets.js';
import { CallsByWire } from './calls-by-wire.js';
import { CostSection } from './cost-section.js';
import { ModelShare } from './model-share.js';
import { Preferences } from './preferences.js';
import { rangeOf } from './range.js';
import { RangeControl } from './range-control.js';
import { SavingSection } from './saving-section.js';
import { SwitchesOverTime } from './switches-over-time.js';
import { useFigures } from './use-analytics.js';

export function AnalyticsPage() {
  const filters = useFilters();
  const mayRead = useMay('read');
  const range = rangeOf(filters);
  const useCase = filters.of('useCase');
  const question = { from: range.from, to: range.to, ...(useCase && { useCase }) };
  const figures = useFigures(question, mayRead);
  return (
    <Page title="Cost" about="What was switched, what answers, what it costs and what switching saves.">
      {mayRead ? (
        <>
          <RangeControl range={range} filters={filters} />
          <QueryState query={figures}>
            {(found) => (
              <>
                {!found.costs.complete && <NotComplete />}
                <SwitchesOverTime figures={found} />
                <ModelShare figures={found} />
                <CostSection figures={found} />
                <SavingSection figures={found} />
              </>
            )}
          </QueryState>
          <CallsByWire question={question} />
          <Budgets />
          <Preferences />
        </>
      ) : (
        <Text c="dimmed">Figures over all users need a service key with the scope read.</Text>
      )}
    </Page>
  );
}

const NotComplete = () => (
  <Alert color="yellow" role="note" title="Some calls are missing">
    More calls wait to be added up than can be read at a time. See that a worker runs; the figures are whole
    when it has caught up.
  </Alert>
);
