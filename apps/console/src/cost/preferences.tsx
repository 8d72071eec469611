import { Button, Table, Text } from '@mantine/core';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount, formatMoment } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { allPreferences, type Preference, usePreferences } from './use-cost.js';

const HEAD = ['userId', 'modelId', 'selections', 'autoAdoptionPercentage', 'lastSelectedAt'] as const;

/** Which models users end up with, and how often because it happened by itself. */
export function Preferences() {
  const preferences = usePreferences();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = preferences;
  return (
    <Section
      title="Preferred models"
      actions={
        <CsvButton
          name="preferences"
          of="preferred models"
          head={[...HEAD]}
          rows={async () => (await allPreferences()).map((one) => HEAD.map((name) => one[name]))}
        />
      }
    >
      <Text size="sm" c="dimmed">
        What users switched their own conversations to in the last 30 days, whatever days are chosen above.
      </Text>
      <QueryState query={preferences}>
        {({ pages }) => <Preferred items={pages.flatMap(({ items }) => items)} />}
      </QueryState>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </Section>
  );
}

function Preferred({ items }: { items: Preference[] }) {
  if (items.length === 0)
    return <Text c="dimmed">No user has switched a conversation in the last 30 days.</Text>;
  return (
    <Table className={cards.cards} aria-label="Preferred models">
      <Table.Thead>
        <Table.Tr>
          {['User', 'Model', 'Selections', 'Automatic', 'Last'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ userId, modelId, selections, autoAdoptionPercentage, lastSelectedAt }) => (
          <Table.Tr key={`${userId} ${modelId}`}>
            <Table.Td>{userId}</Table.Td>
            <Table.Td data-label="Model">
              <ModelLink id={modelId} />
            </Table.Td>
            <Table.Td data-label="Selections">{formatCount(selections)}</Table.Td>
            <Table.Td data-label="Automatic">{autoAdoptionPercentage.toFixed(0)} %</Table.Td>
            <Table.Td data-label="Last">{formatMoment(lastSelectedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
