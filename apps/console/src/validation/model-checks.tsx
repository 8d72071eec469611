import { Badge, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { CsvButton } from '../components/csv-button.js';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatMoment, formatUsd, sumUsd } from '../components/format.js';
import { Loading } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { COLORS, latenciesOf, METHODS } from '../models/model-verdicts.js';
import type { Check } from './use-sweeps.js';

const LatencyChart = lazy(async () => ({
  default: (await import('../models/latency-chart.js')).LatencyChart,
}));

const HEAD = [
  'checkedAt',
  'outcome',
  'method',
  'errorKind',
  'detail',
  'latencyMs',
  'tokens',
  'costUsd',
] as const;

/** Every check of one model, the newest first. */
export function ModelChecks({ checks }: { checks: Check[] }) {
  const { modelId } = checks[0]!;
  const cost = sumUsd(checks.map(({ costUsd }) => costUsd));
  return (
    <Section
      title="Checks of this model"
      actions={
        <CsvButton
          name={`validations-${modelId}`}
          of="checks of this model"
          head={[...HEAD]}
          rows={() => checks.map((check) => HEAD.map((name) => check[name]))}
        />
      }
    >
      <DescriptionList
        facts={{
          Model: <ModelLink id={modelId} />,
          'Checks shown': formatCount(checks.length),
          'They cost': <Amount usd={cost.usd} unknown={cost.unknown} what="checks" />,
        }}
      />
      <Latencies checks={checks} />
      <Checks checks={checks} />
    </Section>
  );
}

function Latencies({ checks }: { checks: Check[] }) {
  const latencies = latenciesOf(checks);
  if (latencies.length < 2) return null;
  return (
    <Suspense fallback={<Loading />}>
      <LatencyChart latencies={latencies} />
    </Suspense>
  );
}

function Checks({ checks }: { checks: Check[] }) {
  return (
    <Table className={cards.cards} aria-label="Checks">
      <Table.Thead>
        <Table.Tr>
          {['When', 'Verdict', 'How', 'Error', 'Latency', 'Cost'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {checks.map(({ id, checkedAt, outcome, method, errorKind, detail, latencyMs, costUsd }) => (
          <Table.Tr key={id}>
            <Table.Td>{formatMoment(checkedAt)}</Table.Td>
            <Table.Td data-label="Verdict">
              <Badge color={COLORS[outcome]}>{outcome}</Badge>
            </Table.Td>
            <Table.Td data-label="How">{METHODS[method]}</Table.Td>
            <Table.Td data-label="Error">
              {errorKind ?? '–'}
              {detail && (
                <Text size="xs" c="dimmed">
                  {detail}
                </Text>
              )}
            </Table.Td>
            <Table.Td data-label="Latency">{latencyMs === null ? '–' : `${latencyMs} ms`}</Table.Td>
            <Table.Td data-label="Cost">{formatUsd(costUsd)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
