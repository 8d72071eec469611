import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { formatCount } from '../components/format.js';
import type { Facet } from '../components/table-filters.js';
import { LIFECYCLE_STATUSES, Lifecycle } from '../models/model-badges.js';
import { ModelLink } from '../models/model-link.js';
import type { Model } from '../models/use-models.js';
import { OBJECTIVES } from './objectives.js';
import type { UseCase } from './use-use-cases.js';

export interface UseCaseRow {
  useCase: UseCase;
  /** The active model; undefined until the catalogue is read. */
  model: Model | undefined;
}

/** Columns of the list of use cases; the address of the page has the chosen order. */
export const USE_CASE_COLUMNS: readonly DataColumn<UseCaseRow>[] = [
  {
    id: 'name',
    header: 'Use case',
    cell: ({ useCase: { name } }) => (
      <Anchor component={Link} to={`/use-cases/${encodeURIComponent(name)}`} fw={600} size="sm">
        {name}
      </Anchor>
    ),
    value: ({ useCase }) => useCase.name,
  },
  {
    id: 'model',
    header: 'Active model',
    cell: (row) => <ActiveModel row={row} />,
    value: ({ model, useCase }) => model?.name ?? useCase.activeModelId,
  },
  {
    id: 'lifecycle',
    header: 'Lifecycle of the model',
    cell: ({ model }) => model && <Lifecycle lifecycle={model.lifecycle} />,
    value: ({ model }) => model?.lifecycle.endOfLifeAt ?? undefined,
    from: 'sm',
  },
  {
    id: 'objective',
    header: 'Objective',
    cell: ({ useCase }) => OBJECTIVES[useCase.objective].short,
    value: ({ useCase }) => useCase.objective,
    from: 'md',
  },
  {
    id: 'candidates',
    header: 'Candidates',
    cell: ({ useCase }) => useCase.candidates.length,
    value: ({ useCase }) => useCase.candidates.length,
    from: 'md',
  },
  {
    id: 'exchanges',
    header: 'Exchanges in 30 days',
    cell: ({ useCase }) => formatCount(Math.round(useCase.expected.exchangesPer30Days)),
    value: ({ useCase }) => useCase.expected.exchangesPer30Days,
    from: 'lg',
  },
  {
    id: 'failure',
    header: 'On model failure',
    cell: ({ useCase }) => (useCase.onModelFailure === 'switch' ? 'Switch' : 'Alert'),
    value: ({ useCase }) => useCase.onModelFailure,
    isOptional: true,
  },
  {
    id: 'regions',
    header: 'Regions',
    cell: ({ useCase }) => useCase.allowedRegions?.join(', ') ?? 'all allowed',
    value: ({ useCase }) => useCase.allowedRegions?.length,
    isOptional: true,
  },
];

/** Facets of the list of use cases; those of models are about the active model. */
export function useCaseFacets(models: readonly Model[]): Facet<UseCaseRow>[] {
  const providers = [...new Set(models.map(({ provider }) => provider))].toSorted();
  return [
    {
      id: 'provider',
      label: 'Provider',
      options: providers.map((value) => ({ value, label: value })),
      matches: ({ model }, value) => model?.provider === value,
    },
    {
      id: 'objective',
      label: 'Objective',
      options: Object.entries(OBJECTIVES).map(([value, { short }]) => ({ value, label: short })),
      matches: ({ useCase }, value) => useCase.objective === value,
    },
    {
      id: 'selectable',
      label: 'Active model',
      options: [
        { value: 'yes', label: 'Selectable' },
        { value: 'no', label: 'Not selectable' },
      ],
      matches: ({ model }, value) => model?.selectable === (value === 'yes'),
    },
    {
      id: 'lifecycle',
      label: 'Lifecycle',
      options: LIFECYCLE_STATUSES,
      matches: ({ model }, value) => model?.lifecycle.status === value,
    },
  ];
}

function ActiveModel({ row: { useCase, model } }: { row: UseCaseRow }) {
  return (
    <Group gap={6}>
      <Text size="sm" component="span">
        <ModelLink id={useCase.activeModelId} />
      </Text>
      {model && !model.selectable && <Badge color="red">Not selectable</Badge>}
    </Group>
  );
}
