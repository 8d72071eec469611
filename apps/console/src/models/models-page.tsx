import { Anchor, Badge, Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { Link } from 'react-router';
import cards from '../components/cards.module.css';
import { formatCount, perMillion } from '../components/format.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { useFilters } from '../components/use-filters.js';
import { useBreakers } from '../live/breakers.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { LastVerdict, Lifecycle, Selectability } from './model-badges.js';
import classes from './models.module.css';
import { UseCaseLinks } from './use-case-links.js';
import { type Model, useModels } from './use-models.js';

const SHOWN = ['all', 'selectable', 'in use', 'barred'] as const;
type ShownModels = (typeof SHOWN)[number];
const LABELS: Record<ShownModels, string> = {
  all: 'All',
  selectable: 'Selectable',
  'in use': 'In use',
  barred: 'Not selectable',
};

export function ModelsPage() {
  const filters = useFilters();
  const models = useModels();
  const running = useRunning();
  const text = filters.of('q');
  const which = SHOWN.find((known) => known === filters.of('show')) ?? 'all';
  return (
    <Page title="Models" about="What there is, what it costs, and what is selectable.">
      <Group>
        <TextInput
          aria-label="Find a model"
          placeholder="Name, provider or id"
          value={text}
          onChange={(event) => filters.set({ q: event.currentTarget.value })}
          flex="1 1 220px"
        />
        <SegmentedControl
          aria-label="Which models"
          data={SHOWN.map((value) => ({ value, label: LABELS[value] }))}
          value={which}
          onChange={(value) => filters.set({ show: value === 'all' ? '' : value })}
          className={classes.which}
        />
      </Group>
      <QueryState query={models}>
        {(all) => (
          <Catalogue models={all.filter((model) => fits(model, text, which, running))} running={running} />
        )}
      </QueryState>
    </Page>
  );
}

/** The use cases that run on a model. */
function useRunning(): (modelId: string) => string[] {
  const { data = [] } = useUseCases();
  return (modelId) => data.filter(({ activeModelId }) => activeModelId === modelId).map(({ name }) => name);
}

function fits(model: Model, text: string, which: ShownModels, running: (id: string) => string[]): boolean {
  const found = `${model.name} ${model.provider} ${model.id}`
    .toLowerCase()
    .includes(text.trim().toLowerCase());
  if (which === 'in use') return found && running(model.id).length > 0;
  return found && (which === 'all' || model.selectable === (which === 'selectable'));
}

function Catalogue({ models, running }: { models: Model[]; running: (id: string) => string[] }) {
  if (models.length === 0)
    return <EmptyState title="No such model">Look for less, or show all models.</EmptyState>;
  return (
    <Table className={cards.cards} aria-label="Models">
      <Table.Thead>
        <Table.Tr>
          {[
            'Model',
            'Selectable',
            'Active in',
            'USD per million tokens',
            'Window, destinations',
            'Lifecycle',
            'Last verdict',
          ].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {models.map((model) => (
          <ModelRow key={model.id} model={model} useCases={running(model.id)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function destinations({ destinationRegions: regions }: Model): string {
  if (!regions) return 'not read yet';
  return regions.length === 1 ? regions[0]! : `${regions.length} regions`;
}

function ModelRow({ model, useCases }: { model: Model; useCases: string[] }) {
  const { data: breakers = [] } = useBreakers();
  const isBreakerOpen = breakers.some(({ modelId }) => modelId === model.id);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/models/${encodeURIComponent(model.id)}`} fw={600}>
          {model.name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {model.provider}
        </Text>
      </Table.Td>
      <Table.Td data-label="Selectable">
        <Stack gap={4} align="flex-start">
          <Group gap={4}>
            <Selectability model={model} />
            {isBreakerOpen && <Badge color="orange">Breaker open</Badge>}
          </Group>
          {model.reasons.length > 0 && (
            <Text size="xs" c="dimmed" maw={260}>
              {model.reasons.map(({ detail }) => detail).join('; ')}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td data-label="Active in">
        {useCases.length === 0 ? <Text c="dimmed">–</Text> : <UseCaseLinks names={useCases} />}
      </Table.Td>
      <Table.Td data-label="USD per million tokens">
        <Text size="sm">
          {perMillion(model.inputPricePer1k)} in
          <br />
          {perMillion(model.outputPricePer1k)} out
        </Text>
      </Table.Td>
      <Table.Td data-label="Window, destinations">
        {model.contextWindow === null ? '–' : formatCount(model.contextWindow)}
        <Text size="xs" c="dimmed">
          {destinations(model)}
        </Text>
      </Table.Td>
      <Table.Td data-label="Lifecycle">
        <Lifecycle lifecycle={model.lifecycle} />
      </Table.Td>
      <Table.Td data-label="Last verdict">
        <LastVerdict model={model} />
      </Table.Td>
    </Table.Tr>
  );
}
