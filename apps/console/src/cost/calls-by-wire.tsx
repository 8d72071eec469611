import { Table, Text } from '@mantine/core';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { type CallForms, type Question, useCallForms } from './use-cost.js';

/** Ways on which calls come, with the family of their bodies and their forms: what a switch to another family is about. */
export function CallsByWire({ question }: { question: Question }) {
  const forms = useCallForms(question);
  const { items = [] } = forms.data ?? {};
  return (
    <Section
      title="Calls by wire"
      actions={
        <CsvButton
          name={`wires-${question.from}-${question.to}`}
          of="calls by wire"
          head={['wire', 'bodyFamily', 'form', 'calls']}
          rows={() => items.flatMap(rowsOf)}
        />
      }
    >
      <Text size="sm" c="dimmed">
        A switch to another family refuses native bodies of the old one. Converse is taken by every model.
      </Text>
      <QueryState query={forms}>{(found) => <WireTable items={found.items} />}</QueryState>
    </Section>
  );
}

/** All calls first, then those of each form. */
const rowsOf = ({ wire, bodyFamily, calls, forms }: CallForms) => [
  [wire, bodyFamily, null, calls],
  ...forms.map(({ form, calls: ofForm }) => [wire, bodyFamily, form, ofForm]),
];

function WireTable({ items }: { items: CallForms[] }) {
  if (items.length === 0) return <Text c="dimmed">No call with a known wire in these days.</Text>;
  return (
    <Table className={cards.cards} aria-label="Calls by wire">
      <Table.Thead>
        <Table.Tr>
          {['Wire', 'Body', 'Calls', 'Forms'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ wire, bodyFamily, calls, forms }) => (
          <Table.Tr key={`${wire} ${bodyFamily}`}>
            <Table.Td>{wire}</Table.Td>
            <Table.Td data-label="Body">{bodyFamily ?? '–'}</Table.Td>
            <Table.Td data-label="Calls">{formatCount(calls)}</Table.Td>
            <Table.Td data-label="Forms">
              {forms.map(({ form, calls: ofForm }) => `${form} ${formatCount(ofForm)}`).join(', ') || '–'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
