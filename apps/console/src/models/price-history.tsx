import { Table, Text } from '@mantine/core';
import { formatMoment, perMillion } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useMay } from '../session/use-session.js';
import { type CatalogueChange, columnOf, useModelChanges } from './use-model-changes.js';

const INPUT = 'input_price_per_1k';
const OUTPUT = 'output_price_per_1k';
const SHOWN = 20;

const priceOf = (row: CatalogueChange['after'], column: string): string | null => {
  const price = columnOf(row, column);
  return price === null || price === undefined ? null : String(price);
};

const differs = ({ before, after }: CatalogueChange) =>
  [INPUT, OUTPUT].some((column) => priceOf(before, column) !== priceOf(after, column));

/** Prices of a model over time, from the changes of the catalogue. */
export function PriceHistory({ modelId }: { modelId: string }) {
  const changes = useModelChanges(modelId);
  if (!useMay('audit', 'operate')) return null;
  return (
    <Section title="Prices over time">
      <QueryState query={changes}>
        {(all) => <Prices changes={all.filter(differs).slice(0, SHOWN)} />}
      </QueryState>
    </Section>
  );
}

function Prices({ changes }: { changes: CatalogueChange[] }) {
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        The price did not change.
      </Text>
    );
  return (
    <Table aria-label="Prices over time" highlightOnHover={false}>
      <Table.Thead>
        <Table.Tr>
          {['From', 'In, USD per million', 'Out, USD per million', 'Source'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ id, changedAt, actor, after }) => (
          <Table.Tr key={id}>
            <Table.Td>{formatMoment(changedAt)}</Table.Td>
            <Table.Td>{perMillion(priceOf(after, INPUT))}</Table.Td>
            <Table.Td>{perMillion(priceOf(after, OUTPUT))}</Table.Td>
            <Table.Td>{priceOf(after, 'price_source') ?? actor}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
