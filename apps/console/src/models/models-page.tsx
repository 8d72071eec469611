import { useMemo } from 'react';
import { Navigate, useLocation } from 'react-router';
import { DataTable } from '../components/data-table.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { TableFilters, useFilteredRows } from '../components/table-filters.js';
import { useBreakers } from '../live/breakers.js';
import { useMay } from '../session/use-session.js';
import { type UseCase, useUseCases } from '../use-cases/use-use-cases.js';
import { MODEL_COLUMNS, type ModelRow, modelFacets } from './model-columns.js';
import { SyncCatalogue } from './sync-catalogue.js';
import { type Model, useModels } from './use-models.js';

/** Filters of earlier releases, and those that took their place. */
const FORMER: Record<string, string> = {
  selectable: 'selectable=yes',
  barred: 'selectable=no',
  'in use': 'use=yes',
};

export function ModelsPage() {
  const models = useModels();
  const mayOperate = useMay('operate');
  const { search } = useLocation();
  const parameters = new URLSearchParams(search);
  const former = parameters.get('show');
  if (former !== null) {
    parameters.delete('show');
    return <Navigate to={`/models?${parameters}&${FORMER[former] ?? ''}`} replace />;
  }
  return (
    <Page
      title="Models"
      about="The models of the catalogue: price, selectability, lifecycle and use."
      actions={mayOperate && <SyncCatalogue />}
    >
      <QueryState query={models}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="No model yet">
              Synchronise the catalogue with Bedrock to add models.
            </EmptyState>
          ) : (
            <Catalogue models={all} />
          )
        }
      </QueryState>
    </Page>
  );
}

function Catalogue({ models }: { models: Model[] }) {
  const rows = useRows(models);
  const facets = useMemo(() => modelFacets(models), [models]);
  const found = useFilteredRows(rows, { text, facets });
  return (
    <>
      <TableFilters label="Find a model" placeholder="Name, provider or id" facets={facets} />
      {found.length === 0 ? (
        <EmptyState title="No such model">Clear the search or a filter to see more models.</EmptyState>
      ) : (
        <DataTable
          label="Models"
          rows={found}
          total={models.length}
          columns={MODEL_COLUMNS}
          rowId={({ model }) => model.id}
        />
      )}
    </>
  );
}

const text = ({ model: { name, provider, id } }: ModelRow) => `${name} ${provider} ${id}`;

function useRows(models: Model[]): ModelRow[] {
  const { data: useCases } = useUseCases();
  const { data: breakers } = useBreakers();
  return useMemo(() => {
    const active = namesByModel(useCases ?? []);
    const open = new Set(breakers?.map(({ modelId }) => modelId));
    return models.map((model) => ({
      model,
      useCases: active.get(model.id) ?? [],
      isBreakerOpen: open.has(model.id),
    }));
  }, [models, useCases, breakers]);
}

function namesByModel(useCases: UseCase[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { name, activeModelId } of useCases)
    names.set(activeModelId, [...(names.get(activeModelId) ?? []), name]);
  return names;
}
