import { Badge, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { ProposeInstead } from '../changes/propose-instead.js';
import { formatCount, formatMoment } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { FromTo } from '../switching/from-to.js';
import { type Move, type MoveCommand, useMoveCommand, useMoves } from './use-moves.js';

/** Moves from and to a model: those that run with their progress, and the last ones with their undo. */
export function MovesOfModel({ modelId }: { modelId: string }) {
  const { data: moves = [], error, refetch } = useMoves(modelId);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (moves.length === 0) return null;
  return (
    <Section title="Moves">
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {moves.map((move) => (
          <MoveItem key={move.id} move={move} />
        ))}
      </Stack>
    </Section>
  );
}

const STATES: Record<Move['state'], { label: string; color: string; commands: MoveCommand[] }> = {
  running: { label: 'Running', color: 'blue', commands: ['pause', 'abort'] },
  paused: { label: 'Paused', color: 'orange', commands: ['resume', 'abort'] },
  failed: { label: 'Failed', color: 'red', commands: ['resume', 'abort'] },
  aborted: { label: 'Aborted', color: 'orange', commands: ['undo'] },
  done: { label: 'Done', color: 'green', commands: ['undo'] },
  undoing: { label: 'Undoing', color: 'blue', commands: [] },
  undone: { label: 'Undone', color: 'gray', commands: [] },
};
const COMMANDS: Record<MoveCommand, string> = {
  pause: 'Pause',
  resume: 'Resume',
  abort: 'Abort',
  undo: 'Undo',
};

function MoveItem({ move }: { move: Move }) {
  const { label, color, commands } = STATES[move.state];
  const command = useMoveCommand(move.id);
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between">
        <Group gap="xs">
          <Badge color={color}>{label}</Badge>
          <Text size="sm">
            <FromTo
              from={<ModelLink id={move.fromModelId} />}
              to={'modelId' in move.to ? <ModelLink id={move.to.modelId} /> : 'the best candidates'}
            />
          </Text>
        </Group>
        <Group gap="xs">
          {commands.map((name) => (
            <Button
              key={name}
              size="xs"
              variant="default"
              loading={command.isPending && command.variables === name}
              onClick={() => command.mutate(name)}
            >
              {COMMANDS[name]}
            </Button>
          ))}
        </Group>
      </Group>
      <MoveProgress move={move} />
      <Text size="sm">{move.reason}</Text>
      <Text size="xs" c="dimmed">
        {move.actor}, {formatMoment(move.createdAt)}
      </Text>
      {move.lastError && (
        <Text size="sm" c="var(--mantine-color-error)">
          {move.lastError}
        </Text>
      )}
      {command.error && (
        <ProposeInstead error={command.error} operations={[{ kind: 'undo-move', moveId: move.id }]} />
      )}
    </Paper>
  );
}

function MoveProgress({ move: { id, progress, undo, useCases } }: { move: Move }) {
  const { total, ended, text } = undo
    ? {
        total: undo.total,
        ended: undo.restored + undo.kept,
        text: `${formatCount(undo.restored)} restored, ${formatCount(undo.kept)} kept, because they were switched since`,
      }
    : {
        total: progress.total,
        ended: progress.moved + progress.skipped + progress.failed,
        text: `${formatCount(useCases.length)} use cases · pinned conversations: ${formatCount(progress.moved)} moved, ${formatCount(progress.skipped)} skipped, ${formatCount(progress.failed)} failed of ${formatCount(progress.total)}`,
      };
  return (
    <Stack gap={4} my="xs">
      <Progress value={total === 0 ? 100 : (100 * ended) / total} aria-label={`Progress of the move ${id}`} />
      <Text size="sm" role="status">
        {text}
      </Text>
    </Stack>
  );
}
