import { Badge, Box, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { type DataColumn, DataTable } from '../components/data-table.js';
import { formatCount, formatUsd } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import bars from '../switching/switching.module.css';
import type { Candidate, UseCase } from './use-use-cases.js';

interface Props {
  ranked: Candidate[];
  useCase: UseCase;
  /** Left out for those who may not. */
  onPick?: (modelId: string) => void;
}

/** The candidates, the best first, with what decides. */
export function Candidates({ ranked, useCase, onPick }: Props) {
  const columns = useMemo(
    () => columnsOf(ranked, useCase.objective, onPick),
    [ranked, useCase.objective, onPick],
  );
  return <DataTable label="Candidates" rows={ranked} columns={columns} rowId={({ id }) => id} />;
}

const number = (value: string | number | null) => (value === null ? undefined : Number(value));
const greatest = (values: (number | undefined)[]) => Math.max(0, ...values.map((value) => value ?? 0));

function columnsOf(
  ranked: Candidate[],
  objective: UseCase['objective'],
  onPick: Props['onPick'],
): DataColumn<Candidate>[] {
  const decides = (header: string, by: UseCase['objective']) =>
    objective === by ? `${header} (decides)` : header;
  const dearest = greatest(ranked.map(({ expectedCostPerExchange: usd }) => number(usd)));
  const slowest = greatest(ranked.map(({ timeToFirstTokenMs: ms }) => number(ms)));
  const highest = greatest(ranked.map(({ tier }) => number(tier)));
  return [
    { id: 'rank', header: 'Rank', cell: ({ rank }) => rank, value: ({ rank }) => rank },
    {
      id: 'model',
      header: 'Model',
      cell: (candidate) => <Name candidate={candidate} />,
      value: ({ name }) => name,
    },
    {
      id: 'cost',
      header: decides('Cost per exchange', 'cost'),
      cell: ({ expectedCostPerExchange: usd }) => (
        <Figure text={formatUsd(usd)} share={(number(usd) ?? 0) / dearest} />
      ),
      value: ({ expectedCostPerExchange: usd }) => number(usd),
      from: 'sm',
    },
    {
      id: 'latency',
      header: decides('Time to first token', 'latency'),
      cell: ({ timeToFirstTokenMs: ms }) => (
        <Figure text={ms === null ? 'not measured' : `${formatCount(ms)} ms`} share={(ms ?? 0) / slowest} />
      ),
      value: ({ timeToFirstTokenMs: ms }) => number(ms),
      from: 'md',
    },
    {
      id: 'tier',
      header: 'Quality tier',
      cell: ({ tier }) => <Figure text={tier === null ? '–' : String(tier)} share={(tier ?? 0) / highest} />,
      value: ({ tier }) => number(tier),
      from: 'md',
    },
    ...(onPick ? [pickColumn(onPick)] : []),
  ];
}

const pickColumn = (onPick: (modelId: string) => void): DataColumn<Candidate> => ({
  id: 'switch',
  header: 'Switch',
  cell: (candidate) => <Pick candidate={candidate} onPick={onPick} />,
});

function Name({ candidate }: { candidate: Candidate }) {
  return (
    <>
      <Group gap="xs">
        <Text component="span" fw={600} size="sm">
          <ModelLink id={candidate.id} />
        </Text>
        {candidate.active && <Badge>Active</Badge>}
        {!candidate.selectable && <Badge color="red">Not selectable</Badge>}
      </Group>
      {candidate.reasons.map(({ code, detail }) => (
        <Text key={code} size="xs" c="dimmed">
          {detail}
        </Text>
      ))}
    </>
  );
}

/** A figure, and a bar that compares it with the greatest of the column. */
function Figure({ text, share }: { text: string; share: number }) {
  const percent = Number.isFinite(share) ? Math.round(share * 100) : 0;
  return (
    <>
      <Text size="sm">{text}</Text>
      {percent > 0 && <Box className={bars.bar} w={`${Math.max(2, percent)}%`} maw={160} />}
    </>
  );
}

function Pick({ candidate, onPick }: { candidate: Candidate; onPick: (modelId: string) => void }) {
  if (candidate.active || !candidate.selectable) return null;
  return (
    <Button size="xs" variant="default" onClick={() => onPick(candidate.id)}>
      Switch<VisuallyHidden> to {candidate.name}</VisuallyHidden>
    </Button>
  );
}
