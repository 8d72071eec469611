import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DataColumn } from '../components/data-table.js';
import { formatCount, perMillion } from '../components/format.js';
import type { Facet } from '../components/table-filters.js';
import { LastVerdict, LIFECYCLE_STATUSES, Lifecycle, Selectability } from './model-badges.js';
import { UseCaseLinks } from './use-case-links.js';
import type { Model } from './use-models.js';

export interface ModelRow {
  model: Model;
  /** Use cases whose active model it is. */
  useCases: string[];
  isBreakerOpen: boolean;
}

const price = (per1k: string | null) => (per1k === null ? undefined : Number(per1k));

/** Columns of the list of models; the address of the page has the chosen order. */
export const MODEL_COLUMNS: readonly DataColumn<ModelRow>[] = [
  {
    id: 'name',
    header: 'Model',
    cell: ({ model }) => <Name model={model} />,
    value: ({ model }) => model.name,
  },
  {
    id: 'selectable',
    header: 'Selectable',
    cell: (row) => <Selectable row={row} />,
    value: ({ model }) => (model.selectable ? 0 : 1),
  },
  {
    id: 'use',
    header: 'Active in',
    cell: ({ useCases }) => (useCases.length === 0 ? '–' : <UseCaseLinks names={useCases} />),
    value: ({ useCases }) => -useCases.length,
    from: 'sm',
  },
  {
    id: 'input',
    header: 'In, USD per million',
    cell: ({ model }) => perMillion(model.inputPricePer1k),
    value: ({ model }) => price(model.inputPricePer1k),
    from: 'md',
  },
  {
    id: 'output',
    header: 'Out, USD per million',
    cell: ({ model }) => perMillion(model.outputPricePer1k),
    value: ({ model }) => price(model.outputPricePer1k),
    from: 'md',
  },
  {
    id: 'lifecycle',
    header: 'Lifecycle',
    cell: ({ model }) => <Lifecycle lifecycle={model.lifecycle} />,
    value: ({ model }) => model.lifecycle.endOfLifeAt ?? undefined,
    from: 'md',
  },
  {
    id: 'verdict',
    header: 'Last verdict',
    cell: ({ model }) => <LastVerdict model={model} />,
    value: ({ model }) => model.lastValidatedAt ?? undefined,
    from: 'lg',
  },
  {
    id: 'window',
    header: 'Context window',
    cell: ({ model }) => (model.contextWindow === null ? '–' : formatCount(model.contextWindow)),
    value: ({ model }) => model.contextWindow ?? undefined,
    isOptional: true,
  },
  {
    id: 'tier',
    header: 'Tier',
    cell: ({ model }) => model.tier ?? '–',
    value: ({ model }) => model.tier ?? undefined,
    isOptional: true,
  },
  {
    id: 'destinations',
    header: 'Destinations',
    cell: ({ model }) => model.destinationRegions?.join(', ') ?? 'not read yet',
    value: ({ model }) => model.destinationRegions?.length,
    isOptional: true,
  },
  { id: 'id', header: 'Id', cell: ({ model }) => model.id, value: ({ model }) => model.id, isOptional: true },
];

const YES_OR_NO = [
  { value: 'yes', label: 'Selectable' },
  { value: 'no', label: 'Not selectable' },
];

/** Facets of the list of models; providers are those of the catalogue. */
export function modelFacets(models: readonly Model[]): Facet<ModelRow>[] {
  const providers = [...new Set(models.map(({ provider }) => provider))].toSorted();
  return [
    {
      id: 'provider',
      label: 'Provider',
      options: providers.map((value) => ({ value, label: value })),
      matches: ({ model }, value) => model.provider === value,
    },
    {
      id: 'selectable',
      label: 'Selectable',
      options: YES_OR_NO,
      matches: ({ model }, value) => model.selectable === (value === 'yes'),
    },
    {
      id: 'lifecycle',
      label: 'Lifecycle',
      options: LIFECYCLE_STATUSES,
      matches: ({ model }, value) => model.lifecycle.status === value,
    },
    {
      id: 'use',
      label: 'Use',
      options: [
        { value: 'yes', label: 'In use' },
        { value: 'no', label: 'Not in use' },
      ],
      matches: ({ useCases }, value) => useCases.length > 0 === (value === 'yes'),
    },
  ];
}

const Name = ({ model: { id, name, provider } }: { model: Model }) => (
  <>
    <Anchor component={Link} to={`/models/${encodeURIComponent(id)}`} fw={600} size="sm">
      {name}
    </Anchor>
    <Text size="xs" c="dimmed">
      {provider}
    </Text>
  </>
);

function Selectable({ row: { model, isBreakerOpen } }: { row: ModelRow }) {
  return (
    <>
      <Group gap={4}>
        <Selectability model={model} />
        {isBreakerOpen && <Badge color="orange">Breaker open</Badge>}
      </Group>
      {model.reasons.length > 0 && (
        <Text size="xs" c="dimmed" maw={320} lineClamp={2}>
          {model.reasons.map(({ detail }) => detail).join('; ')}
        </Text>
      )}
    </>
  );
}
