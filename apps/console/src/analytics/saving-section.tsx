import { Table, Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { OnlyTheFirst } from './model-share.js';
import type { Figures, SwitchFigures } from './use-analytics.js';

const HEAD = ['estimatedUsd', 'unknownEstimates', 'savedUsd', 'savingCalls', 'unknownSavings'] as const;
type Saving = SwitchFigures['totals'];

/** Estimated savings of switches against the savings of the calls after them. */
export function SavingSection({ figures: { question, switchesByModel } }: { figures: Figures }) {
  const { items, totals, nextCursor } = switchesByModel;
  return (
    <Section
      title="Saving: estimated against measured"
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
        By the model that was switched to. The estimate is for the time after the switch, 30 days for a use
        case; what is measured grows with each call until then. Less than nothing: it costs more.
      </Text>
      {items.length === 0 ? (
        <Text c="dimmed">Nothing was switched in these days, so nothing was saved.</Text>
      ) : (
        <Table className={cards.cards} aria-label="Saving by model">
          <Table.Thead>
            <Table.Tr>
              {['Switched to', 'Switches', 'Estimated', 'Measured so far', 'By'].map((name) => (
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
      {nextCursor && <OnlyTheFirst count={items.length} />}
    </Section>
  );
}

function SavingCells({ saving }: { saving: Saving }) {
  const { switches, estimatedUsd, unknownEstimates, savedUsd, savingCalls, unknownSavings } = saving;
  return (
    <>
      <Table.Td data-label="Switches">{formatCount(switches)}</Table.Td>
      <Table.Td data-label="Estimated">
        <Amount usd={estimatedUsd} unknown={unknownEstimates} what="switches" />
      </Table.Td>
      <Table.Td data-label="Measured so far">
        {savingCalls === 0 ? 'no call yet' : <Amount usd={savedUsd} unknown={unknownSavings} what="calls" />}
      </Table.Td>
      <Table.Td data-label="By">
        {formatCount(savingCalls)} {savingCalls === 1 ? 'call' : 'calls'}
      </Table.Td>
    </>
  );
}
