import { Alert, List, Stack, Text } from '@mantine/core';
import { formatCount } from '../components/format.js';
import { counted, MAX_ROWS } from './move-effect.js';
import type { MoveUndoPreview } from './use-moves.js';

/** Effect of the undo of a move, and the use cases that cannot go back. */
export function MoveUndoEffect({ preview: { useCases, totals } }: { preview: MoveUndoPreview }) {
  const stuck = useCases.filter(({ reason }) => reason !== null);
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {counted(totals.useCases, 'use case')} and {counted(totals.restored, 'conversation')} go back
      </Text>
      {totals.kept > 0 && (
        <Text size="sm">{formatCount(totals.kept)} switched since, or without a way back, stay.</Text>
      )}
      {stuck.length > 0 && (
        <Alert color="orange" role="note" title="Cannot go back">
          <List size="sm">
            {stuck.slice(0, MAX_ROWS).map(({ name, reason }) => (
              <List.Item key={name}>
                {name}: {reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
