import { Table, Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import type { Figures, SwitchFigures } from './use-cost.js';

const HEAD = ['savedUsd', 'savingCalls', 'unknownSavings', 'estimatedUsd', 'unknownEstimates'] as const;
type Saving = SwitchFigures['totals'];

/** Savings that the calls after switches have realised, by the model that was switched to. */
export function SavingSection({ figures: { question, switchesByModel } }: { figures: Figures }) {
  const { items, totals, nextCursor } = switchesByModel;
  return (
    <Section
      title="Realised saving"
      actions={
        <CsvButton
          name={`savings-${question.from}-${question.to}`}
          of="saving by model"
          head={['model', 'switches', ...HEAD]}
          rows={() => items.map((item) => [item.key, item.switches, ...HEAD.map((name) => item[name])])}
        />
      }
    >
      <Text size="sm" c="dimmed">
        Cost of the later calls on the model before, less their real cost. A negative saving is a higher cost.
      </Text>
      {items.length === 0 ? (
        <Text c="dimmed">Nothing was switched in these days, so nothing was saved.</Text>
      ) : (
        <Table className={cards.cards} aria-label="Saving by model">
          <Table.Thead>
            <Table.Tr>
              {['Switched to', 'Switches', 'Realised so far', 'By'].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ key, ...saving }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <ModelLink id={key} />
                </Table.Td>
                <SavingCells saving={saving} />
              </Table.Tr>
            ))}
            <Table.Tr fw={600}>
              <Table.Td>All</Table.Td>
              <SavingCells saving={totals} />
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
      {nextCursor && (
        <Text size="sm" c="dimmed">
          The first {formatCount(items.length)}. Choose a use case to see others.
        </Text>
      )}
    </Section>
  );
}

function SavingCells({ saving: { switches, savedUsd, savingCalls, unknownSavings } }: { saving: Saving }) {
  return (
    <>
      <Table.Td data-label="Switches">{formatCount(switches)}</Table.Td>
      <Table.Td data-label="Realised so far">
        {savingCalls === 0 ? 'no call yet' : <Amount usd={savedUsd} unknown={unknownSavings} what="calls" />}
      </Table.Td>
      <Table.Td data-label="By">
        {formatCount(savingCalls)} {savingCalls === 1 ? 'call' : 'calls'}
      </Table.Td>
    </>
  );
}
