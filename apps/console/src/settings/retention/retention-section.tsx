import { Code, Table, Text } from '@mantine/core';
import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.js';
import { formatCount } from '../../components/format.js';
import { QueryState } from '../../components/query-state.js';

/** Content of the tables in words. */
const CONTENT: Record<string, string> = {
  bedrock_model_validations: 'Results of sweeps and deep checks',
  validation_sweeps: 'Sweeps',
  notifications: 'Notifications, with who has seen them',
  model_invocations: 'Calls, by whole months',
  usage_daily: 'Usage of each user by day',
  budget_warnings: 'Reached thresholds of budgets',
};
const KEPT = [
  'Switches, audit rows and their seals',
  'Changes of models, use cases, keys, webhooks and budgets',
  'Records of erasures',
  'Conversations; they contain no text',
  'Usage by hour, without users',
];

/** How long data is kept. The environment of the processes sets it, not the console. */
export function RetentionSection() {
  const rules = useQuery({
    queryKey: ['retention'],
    queryFn: async () => (await dataOf(api.GET('/v1/retention'))).items,
  });
  return (
    <>
      <Text c="dimmed" size="sm">
        <Code>RETENTION_DAYS</Code> changes it, with the next start of the processes. A job deletes older rows
        each night at 02:15 UTC.
      </Text>
      <QueryState query={rules}>
        {(items) => (
          <Table aria-label="Retention">
            <Table.Thead>
              <Table.Tr>
                {['Data', 'Kept for', 'Fewest days'].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ table, days, atLeast }) => (
                <Table.Tr key={table}>
                  <Table.Td>
                    {CONTENT[table] ?? table}
                    <Text size="xs" c="dimmed">
                      {table}
                    </Text>
                  </Table.Td>
                  <Table.Td>{days === 0 ? 'Ever' : `${formatCount(days)} days`}</Table.Td>
                  <Table.Td>{formatCount(atLeast)}</Table.Td>
                </Table.Tr>
              ))}
              {KEPT.map((content) => (
                <Table.Tr key={content}>
                  <Table.Td>{content}</Table.Td>
                  <Table.Td>Ever</Table.Td>
                  <Table.Td>–</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </QueryState>
    </>
  );
}
