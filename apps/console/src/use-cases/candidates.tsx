import { Badge, Box, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import classes from '../components/cards.module.css';
import { formatUsd } from '../components/format.js';
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
  const dearest = Math.max(...ranked.map(({ expectedCostPerExchange: usd }) => Number(usd ?? 0)));
  const cost = labelled('An exchange costs', useCase.objective === 'cost');
  const firstWord = labelled('First word after', useCase.objective === 'latency');
  return (
    <Table className={classes.cards} aria-label="Candidates">
      <Table.Thead>
        <Table.Tr>
          {['Rank', 'Model', cost, firstWord, 'Tier'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
          {onPick && <Table.Th>Switch</Table.Th>}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {ranked.map((candidate) => (
          <Table.Tr key={candidate.id}>
            <Table.Td fw={650}>{candidate.rank}</Table.Td>
            <Table.Td>
              <Name candidate={candidate} />
            </Table.Td>
            <Table.Td data-label={cost}>
              <Text size="sm">{formatUsd(candidate.expectedCostPerExchange)}</Text>
              <Bar share={Number(candidate.expectedCostPerExchange ?? 0) / dearest} />
            </Table.Td>
            <Table.Td data-label={firstWord}>
              {candidate.timeToFirstTokenMs === null ? 'not measured' : `${candidate.timeToFirstTokenMs} ms`}
            </Table.Td>
            <Table.Td data-label="Tier">{candidate.tier ?? '–'}</Table.Td>
            {onPick && (
              <Table.Td>
                <Pick candidate={candidate} onPick={onPick} />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const labelled = (name: string, decides: boolean): string => (decides ? `${name} (decides)` : name);

function Name({ candidate }: { candidate: Candidate }) {
  return (
    <>
      <Group gap="xs">
        <Text component="span" fw={600}>
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

/** Beside the figure, so that one sees at a glance how far they are apart. */
const Bar = ({ share }: { share: number }) => (
  <Box
    className={bars.bar}
    w={`${Math.max(2, Math.round((Number.isFinite(share) ? share : 0) * 100))}%`}
    maw={160}
  />
);

function Pick({ candidate, onPick }: { candidate: Candidate; onPick: (modelId: string) => void }) {
  if (candidate.active || !candidate.selectable) return null;
  return (
    <Button size="xs" variant="default" onClick={() => onPick(candidate.id)}>
      Switch<VisuallyHidden> to {candidate.name}</VisuallyHidden>
    </Button>
  );
}
