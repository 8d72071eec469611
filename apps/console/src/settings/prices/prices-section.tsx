import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type DataColumn, DataTable } from '../../components/data-table.js';
import { Dialog } from '../../components/dialog.js';
import { perMillion } from '../../components/format.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { ModelLink } from '../../models/model-link.js';
import { type Model, useModels } from '../../models/use-models.js';
import { useMay } from '../../session/use-session.js';
import { ImportForm } from './import-form.js';
import { type UpcomingPrice, useUpcomingPrices } from './use-prices.js';

/** Prices of all models, those to come, and an import with its effects before it happens. */
export function PricesSection() {
  const models = useModels();
  const upcoming = useUpcomingPrices();
  const mayImport = useMay('operate');
  const [isImporting, importing] = useDisclosure();
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          USD per million tokens. The page of a model has all its prices.
        </Text>
        {mayImport && <Button onClick={importing.open}>Import prices</Button>}
      </Group>
      <Section title="Upcoming">
        <QueryState query={upcoming}>{(items) => <Upcoming prices={items} />}</QueryState>
      </Section>
      <QueryState query={models}>
        {(rows) => <DataTable label="Prices" rows={rows} columns={COLUMNS} rowId={({ id }) => id} />}
      </QueryState>
      <Dialog title="Import prices" opened={isImporting} onClose={importing.close}>
        <ImportForm onClose={importing.close} />
      </Dialog>
    </>
  );
}

const price = (
  id: string,
  header: string,
  of: (model: Model) => string | null,
  from?: 'lg',
): DataColumn<Model> => ({
  id,
  header,
  ...(from && { from }),
  value: (model) => (of(model) === null ? undefined : Number(of(model))),
  cell: (model) => perMillion(of(model)),
});

const COLUMNS: DataColumn<Model>[] = [
  { id: 'model', header: 'Model', value: ({ name }) => name, cell: ({ id }) => <ModelLink id={id} /> },
  price('input', 'Input', ({ inputPricePer1k }) => inputPricePer1k),
  price('output', 'Output', ({ outputPricePer1k }) => outputPricePer1k),
  price('cacheRead', 'Cache read', ({ cacheReadPricePer1k }) => cacheReadPricePer1k, 'lg'),
  price('cacheWrite', 'Cache write', ({ cacheWritePricePer1k }) => cacheWritePricePer1k, 'lg'),
  {
    id: 'source',
    header: 'Source',
    from: 'sm',
    value: ({ priceSource }) => priceSource ?? undefined,
    cell: ({ priceSource, priceConflicts }) => (
      <>
        {priceSource ?? 'None'}{' '}
        {priceConflicts.length > 0 && (
          <Badge color="orange" size="sm">
            {priceConflicts.length} sources disagree
          </Badge>
        )}
      </>
    ),
  },
];

const UPCOMING: DataColumn<UpcomingPrice>[] = [
  { id: 'upcomingModel', header: 'Model', cell: ({ modelId }) => <ModelLink id={modelId} /> },
  { id: 'validFrom', header: 'From', cell: ({ validFrom }) => <Time at={validFrom} isExact /> },
  { id: 'upcomingInput', header: 'Input', cell: ({ inputPricePer1k }) => perMillion(inputPricePer1k) },
  { id: 'upcomingOutput', header: 'Output', cell: ({ outputPricePer1k }) => perMillion(outputPricePer1k) },
  { id: 'upcomingSource', header: 'Source', from: 'sm', cell: ({ source }) => source },
];

function Upcoming({ prices }: { prices: UpcomingPrice[] }) {
  if (prices.length === 0)
    return (
      <Text c="dimmed" size="sm">
        No price takes effect later. Import one with validFrom.
      </Text>
    );
  return (
    <DataTable
      label="Upcoming prices"
      rows={prices}
      columns={UPCOMING}
      rowId={({ modelId, source }) => `${modelId} ${source}`}
    />
  );
}
