import { useMemo } from 'react';
import { DataTable } from '../components/data-table.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { TableFilters, useFilteredRows } from '../components/table-filters.js';
import { useModels } from '../models/use-models.js';
import { useMay } from '../session/use-session.js';
import { CreateUseCase } from './create-use-case.js';
import { USE_CASE_COLUMNS, type UseCaseRow, useCaseFacets } from './use-case-columns.js';
import { type UseCase, useUseCases } from './use-use-cases.js';

export function UseCasesPage() {
  const useCases = useUseCases();
  const mayEdit = useMay('operate');
  return (
    <Page
      title="Use cases"
      about="The active model of each use case. Conversations without a pin follow it."
      actions={mayEdit && useCases.data && <CreateUseCase existing={useCases.data.map(({ name }) => name)} />}
    >
      <QueryState query={useCases}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="No use case yet">Create one with a name and its candidates.</EmptyState>
          ) : (
            <UseCaseTable useCases={all} />
          )
        }
      </QueryState>
    </Page>
  );
}

function UseCaseTable({ useCases }: { useCases: UseCase[] }) {
  const { data: models } = useModels();
  const rows = useMemo(() => {
    const byId = new Map(models?.map((model) => [model.id, model]));
    return useCases.map((useCase) => ({ useCase, model: byId.get(useCase.activeModelId) }));
  }, [useCases, models]);
  const facets = useMemo(() => useCaseFacets(models ?? []), [models]);
  const found = useFilteredRows(rows, { text, facets });
  return (
    <>
      <TableFilters label="Find a use case" placeholder="Use case or model" facets={facets} />
      {found.length === 0 ? (
        <EmptyState title="No such use case">Clear the search or a filter to see more use cases.</EmptyState>
      ) : (
        <DataTable
          label="Use cases"
          rows={found}
          total={useCases.length}
          columns={USE_CASE_COLUMNS}
          rowId={({ useCase }) => useCase.name}
        />
      )}
    </>
  );
}

const text = ({ useCase, model }: UseCaseRow) =>
  `${useCase.name} ${model?.name ?? ''} ${useCase.activeModelId}`;
