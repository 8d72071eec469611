import { Progress, Table, Text } from '@mantine/core';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { formatCount } from '../components/format.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import type { Figures } from './use-analytics.js';

const COLUMNS = ['Model', 'Calls', 'Share', 'Guardrail intervened', 'Not answered', 'Fallbacks', 'Cost'];

/** Share of each model in all calls, and its cost. */
export function ModelShare({ figures: { question, usage, costs } }: { figures: Figures }) {
  const { items, totals, nextCursor } = usage;
  const shareOf = (calls: number) => (100 * calls) / totals.calls;
  const costOf = (modelId: string) => costs.items.find(({ key }) => key === modelId);
  return (
    <Section
      title="Share of models"
      actions={
        <CsvButton
          name={`models-${question.from}-${question.to}`}
          of="share of models"
          head={[
            ...['model', 'calls', 'sharePercentage', 'guardrailIntervened', 'failed', 'fallbacks'],
            ...['costUsd', 'unknownCostCalls'],
          ]}
          rows={() =>
            items.map(({ key, calls, guardrailIntervened, failed, fallbacks }) => {
              const cost = costOf(key);
              return [
                ...[key, calls, shareOf(calls).toFixed(2), guardrailIntervened, failed, fallbacks],
                ...[cost?.costUsd ?? null, cost?.unknownCostCalls ?? null],
              ];
            })
          }
        />
      }
    >
      {items.length === 0 ? (
        <Text c="dimmed">No model was called in these days.</Text>
      ) : (
        <Table className={cards.cards} aria-label="Share of models">
          <Table.Thead>
            <Table.Tr>
              {COLUMNS.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ key, calls, answered, guardrailIntervened, fallbacks }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <ModelLink id={key} />
                </Table.Td>
                <Table.Td data-label="Calls">{formatCount(calls)}</Table.Td>
                <Table.Td data-label="Share" miw={120}>
                  <Share percentage={shareOf(calls)} modelId={key} />
                </Table.Td>
                <Table.Td data-label="Guardrail intervened">{formatCount(guardrailIntervened)}</Table.Td>
                <Table.Td data-label="Not answered">
                  {formatCount(calls - answered - guardrailIntervened)}
                </Table.Td>
                <Table.Td data-label="Fallbacks">{formatCount(fallbacks)}</Table.Td>
                <Table.Td data-label="Cost">
                  <Amount
                    usd={costOf(key)?.costUsd}
                    unknown={costOf(key)?.unknownCostCalls ?? 0}
                    what="calls"
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {nextCursor && <OnlyTheFirst count={items.length} />}
    </Section>
  );
}

function Share({ percentage, modelId }: { percentage: number; modelId: string }) {
  return (
    <>
      <Text size="sm">{percentage.toFixed(1)} %</Text>
      <Progress value={percentage} aria-label={`Share of ${modelId}`} />
    </>
  );
}

export const OnlyTheFirst = ({ count }: { count: number }) => (
  <Text size="sm" c="dimmed">
    The first {count}. Choose a use case to see others.
  </Text>
);
