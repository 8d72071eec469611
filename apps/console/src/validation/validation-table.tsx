import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Amount } from '../components/amount.js';
import { type DataColumn, DataTable } from '../components/data-table.js';
import { sumUsd } from '../components/format.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { COLORS } from '../models/model-verdicts.js';
import type { Check } from './use-sweeps.js';
import classes from './validation.module.css';

/** Checks of a model, newest first. */
type Checked = readonly [modelId: string, checks: Check[]];

/** A line per model: its last verdict, and those before. */
export const ValidationTable = ({ models }: { models: readonly Checked[] }) => (
  <DataTable
    label="Models and their verdicts"
    rows={models}
    columns={COLUMNS}
    rowId={([modelId]) => modelId}
  />
);

const latencyOf = ([, checks]: Checked): number | null =>
  checks.find(({ latencyMs }) => latencyMs !== null)?.latencyMs ?? null;
const costOf = ([, checks]: Checked) => sumUsd(checks.map(({ costUsd }) => costUsd));

const COLUMNS: DataColumn<Checked>[] = [
  {
    id: 'model',
    header: 'Model',
    value: ([modelId]) => modelId,
    cell: ([modelId]) => <ModelLink id={modelId} />,
  },
  {
    id: 'verdict',
    header: 'Last verdict',
    value: ([, [last]]) => last!.outcome,
    cell: ([, [last]]) => (
      <>
        <Badge color={COLORS[last!.outcome]}>{last!.outcome}</Badge>
        <Text size="xs" c="dimmed">
          <Time at={last!.checkedAt} />
        </Text>
      </>
    ),
  },
  {
    id: 'history',
    header: 'Over time',
    cell: ([modelId, checks]) => <OverTime checks={checks} modelId={modelId} />,
  },
  {
    id: 'error',
    header: 'Error',
    from: 'sm',
    value: ([, [last]]) => last!.errorKind ?? undefined,
    cell: ([, [last]]) => last!.errorKind ?? '–',
  },
  {
    id: 'latency',
    header: 'Latency',
    from: 'sm',
    value: (checked) => latencyOf(checked) ?? undefined,
    cell: (checked) => {
      const latency = latencyOf(checked);
      return latency === null ? 'not probed' : `${latency} ms`;
    },
  },
  {
    id: 'cost',
    header: 'Cost',
    from: 'sm',
    value: (checked) => Number(costOf(checked).usd ?? Number.NaN) || undefined,
    cell: (checked) => {
      const { usd, unknown } = costOf(checked);
      return <Amount usd={usd} unknown={unknown} what="checks" />;
    },
  },
];

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
