import { Table } from '@mantine/core';
import { formatCount, formatUsd, perMillion } from '../components/format.js';
import { type Model, useModels } from '../models/use-models.js';
import { type Candidate, useCandidates } from '../use-cases/use-use-cases.js';

interface Props {
  useCase: string;
  fromId: string;
  toId: string;
}

const count = (number: number | null) => (number === null ? 'unknown' : formatCount(number));

/** Figures of a model, the same for those that are no candidates of the use case. */
function figuresOf(model: Model, candidate: Candidate | undefined): Record<string, string> {
  const firstToken = candidate?.timeToFirstTokenMs;
  return {
    'Cost per exchange': candidate ? formatUsd(candidate.expectedCostPerExchange) : 'not a candidate',
    'Time to first token': typeof firstToken === 'number' ? `${formatCount(firstToken)} ms` : 'not measured',
    'USD per million in': perMillion(model.inputPricePer1k),
    'USD per million out': perMillion(model.outputPricePer1k),
    'Context window': count(model.contextWindow),
    'Longest answer': count(model.maxTokens),
    Destinations: model.destinationRegions?.join(', ') ?? 'not read yet',
  };
}

/** Figures of the model now and of the one after the switch; those that differ are bold. */
export function Comparison({ useCase, fromId, toId }: Props) {
  const { data: models = [] } = useModels();
  const { data: ranked = [] } = useCandidates(useCase);
  const figures = (id: string) => {
    const model = models.find((known) => known.id === id);
    return (
      model &&
      figuresOf(
        model,
        ranked.find((candidate) => candidate.id === id),
      )
    );
  };
  const before = figures(fromId);
  const after = figures(toId);
  if (!before || !after) return null;
  return (
    <Table aria-label="Before and after" verticalSpacing={4} highlightOnHover={false}>
      <Table.Thead>
        <Table.Tr>
          {['Figure', 'Now', 'After'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Object.entries(after).map(([name, figure]) => (
          <Table.Tr key={name}>
            <Table.Td c="dimmed">{name}</Table.Td>
            <Table.Td>{before[name]}</Table.Td>
            <Table.Td fw={figure === before[name] ? undefined : 600}>{figure}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
