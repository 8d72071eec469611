import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Amount } from '../components/amount.js';
import cards from '../components/cards.module.css';
import { formatMoment, sumUsd } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import { COLORS } from '../models/model-verdicts.js';
import type { Check } from './use-sweeps.js';
import classes from './validation.module.css';

const COLUMNS = ['Model', 'Last verdict', 'Over time', 'Error', 'Latency', 'Cost'];

/** A line per model: its last verdict, and those before. */
export function ValidationTable({ models }: { models: [string, Check[]][] }) {
  return (
    <Table className={cards.cards} aria-label="Models and their verdicts">
      <Table.Thead>
        <Table.Tr>
          {COLUMNS.map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {models.map(([modelId, checks]) => (
          <SweptModel key={modelId} modelId={modelId} checks={checks} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function SweptModel({ modelId, checks }: { modelId: string; checks: Check[] }) {
  const { outcome, checkedAt, errorKind } = checks[0]!;
  const latency = checks.find(({ latencyMs }) => latencyMs !== null)?.latencyMs;
  const cost = sumUsd(checks.map(({ costUsd }) => costUsd));
  return (
    <Table.Tr>
      <Table.Td>
        <ModelLink id={modelId} />
      </Table.Td>
      <Table.Td data-label="Last verdict">
        <Badge color={COLORS[outcome]}>{outcome}</Badge>
        <Text size="xs" c="dimmed">
          {formatMoment(checkedAt)}
        </Text>
      </Table.Td>
      <Table.Td data-label="Over time">
        <OverTime checks={checks} modelId={modelId} />
      </Table.Td>
      <Table.Td data-label="Error">{errorKind ?? '–'}</Table.Td>
      <Table.Td data-label="Latency">{latency == null ? 'never asked' : `${latency} ms`}</Table.Td>
      <Table.Td data-label="Cost">
        <Amount usd={cost.usd} unknown={cost.unknown} what="checks" />
      </Table.Td>
    </Table.Tr>
  );
}

/** As many as fit in a line; the oldest first, in reading direction. */
const TICKS = 24;

function OverTime({ checks, modelId }: { checks: Check[]; modelId: string }) {
  const count = (wanted: Check['outcome']) => checks.filter(({ outcome }) => outcome === wanted).length;
  const said = (['passed', 'failed', 'inconclusive'] as const)
    .map((outcome) => [outcome, count(outcome)] as const)
    .filter(([, number]) => number > 0)
    .map(([outcome, number]) => `${number} ${outcome}`);
  return (
    <>
      <span aria-hidden="true" className={classes.ticks}>
        {checks
          .slice(0, TICKS)
          .reverse()
          .map(({ id, outcome }) => (
            <span key={id} className={classes.tick} data-outcome={outcome} />
          ))}
      </span>
      <Anchor component={Link} to={`?model=${encodeURIComponent(modelId)}`} size="xs">
        {said.join(', ')}
      </Anchor>
    </>
  );
}
