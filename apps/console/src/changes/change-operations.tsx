import { Alert, Group, Paper, Stack, Text } from '@mantine/core';
import { DifferenceTable } from '../components/difference-table.js';
import { formatCount } from '../components/format.js';
import { useModels } from '../models/use-models.js';
import { MoveEffect } from '../moves/move-effect.js';
import { MoveUndoEffect } from '../moves/move-undo-effect.js';
import { Saving } from '../switching/preview.js';
import { fieldLabel, operationTitle, valueText } from './operation-text.js';
import type { ChangeRequest } from './use-changes.js';

type Recorded = ChangeRequest['operations'][number];
type Effect = NonNullable<ChangeRequest['preview']>[number];

interface Props {
  operations: Recorded[];
  /** Of each operation; undefined: not read, or the change is over. */
  preview: Effect[] | undefined;
}

/** Operations in their order, each with its diff and what it would do now. */
export const ChangeOperations = ({ operations, preview }: Props) => (
  <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Operations">
    {operations.map((recorded, index) => (
      <Paper component="li" withBorder p="sm" key={`${recorded.operation.kind} ${recorded.scope}`}>
        <Stack gap="xs">
          <Text fw={600}>
            {index + 1}. {operationTitle(recorded.operation)}
          </Text>
          <Diff recorded={recorded} />
          {preview?.[index] && <EffectOf effect={preview[index]} />}
        </Stack>
      </Paper>
    ))}
  </Stack>
);

function Diff({ recorded: { before, after, scope } }: { recorded: Recorded }) {
  const { data: models = [] } = useModels();
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const rows = fields.map((field) => ({
    field,
    label: fieldLabel(field),
    before: valueText(before[field], nameOf),
    after: valueText(after[field], nameOf),
  }));
  return <DifferenceTable label={`Difference of ${scope}`} rows={rows} />;
}

/** Shows what the operation would do if it were applied now. */
function EffectOf({ effect: { switched, move, moveUndo, undo, error } }: { effect: Effect }) {
  if (error)
    return (
      <Alert color="red" role="note" title="It could not be applied now">
        {error.detail}
      </Alert>
    );
  return (
    <Stack gap={4}>
      {switched && <SwitchEffect switched={switched} />}
      {move && <MoveEffect preview={move} />}
      {moveUndo && <MoveUndoEffect preview={moveUndo} />}
      {!undo.isPossible && (
        <Alert color="orange" role="note" title="There is no way back by an undo">
          {undo.reasons.map(({ detail }) => detail).join('; ')}
        </Alert>
      )}
    </Stack>
  );
}

function SwitchEffect({ switched }: { switched: NonNullable<Effect['switched']> }) {
  const { followers = 0, pinned, costImpact, notification, warnings = [] } = switched;
  if (!switched.switched)
    return <Text size="sm">{switched.from} answers already: nothing would change.</Text>;
  return (
    <>
      <Group gap="lg">
        <Text size="sm">{conversations(followers)} follow it</Text>
        <Text size="sm">{formatCount(pinned)} pinned stay as they are</Text>
        <Saving impact={costImpact} />
      </Group>
      {notification ? (
        <Text size="sm">
          Users are notified: <q>{notification.message}</q>
        </Text>
      ) : (
        <Text size="sm">Users are not notified.</Text>
      )}
      {warnings.map(({ text }) => (
        <Text size="sm" key={text}>
          Warning: {text}
        </Text>
      ))}
    </>
  );
}

const conversations = (count: number) =>
  `${formatCount(count)} ${count === 1 ? 'conversation' : 'conversations'}`;
