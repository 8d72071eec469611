import { Table } from '@mantine/core';

/** Field with its values, in words. */
export interface Difference {
  field: string;
  label: string;
  before: string;
  after: string;
}

const VALUE = { whiteSpace: 'pre-line', overflowWrap: 'anywhere' } as const;

/** Fields that a change sets, before and after. @param label name of the table for screen readers */
export const DifferenceTable = ({ label, rows }: { label: string; rows: readonly Difference[] }) => (
  <Table.ScrollContainer minWidth={280} tabIndex={0} aria-label={label}>
    <Table aria-label={label} verticalSpacing={4} highlightOnHover={false}>
      <Table.Thead>
        <Table.Tr>
          {['Field', 'Before', 'After'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.field}>
            <Table.Td>{row.label}</Table.Td>
            <Table.Td c="dimmed" style={VALUE}>
              {row.before}
            </Table.Td>
            <Table.Td fw={600} style={VALUE}>
              {row.after}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);
