import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { Problem } from '../parts/problem.js';
import { ModelChoice } from './model-choice.js';
import { Preview } from './preview.js';
import { type Details, type Switched, type Target, usePreview, useSwitch } from './switch-request.js';

interface Props {
  target: Target;
  /** What is chosen at first; null: whichever is best, and there is nothing to choose. */
  modelId: string | null | undefined;
  onClose: () => void;
  onSwitched: (switched: Switched) => void;
}

/** Choose a model, see what that would change, say why, and do it. */
export function SwitchDialog(props: Props) {
  const isNarrow = useMediaQuery('(max-width: 36em)');
  const { useCase, conversationId } = props.target;
  return (
    <Modal.Root opened onClose={props.onClose} size="lg" fullScreen={isNarrow}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="lg">
          <Modal.Title fz="h2" fw={650} mb="sm">
            Switch {conversationId ?? useCase}
          </Modal.Title>
          <Choosing {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Choosing({ target, modelId: first, onClose, onSwitched }: Props) {
  const [modelId, setModelId] = useState(first);
  const [details, setDetails] = useState<Details>({ reason: '', showNotification: true });
  const wish = modelId === undefined ? undefined : { target, modelId };
  const preview = usePreview(wish);
  const change = useSwitch();
  const confirm = () =>
    change.mutate(
      { wish: wish!, details, tag: preview.data!.tag },
      {
        onSuccess: (switched) => {
          onSwitched(switched);
          onClose();
        },
      },
    );
  const isReady = !!wish && preview.data?.data.switched === true && !preview.isFetching;
  return (
    <Stack>
      {first !== null && <ModelChoice target={target} value={modelId ?? null} onChange={setModelId} />}
      {wish && <Preview query={preview} />}
      <DetailsFields details={details} onChange={setDetails} withReason={modelId !== null} />
      {change.error && <Problem error={change.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!isReady} loading={change.isPending} onClick={confirm}>
          Switch
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldsProps {
  details: Details;
  onChange: (details: Details) => void;
  /** An automatic switch words its reason itself. */
  withReason: boolean;
}

function DetailsFields({ details, onChange, withReason }: FieldsProps) {
  return (
    <>
      {withReason && (
        <Textarea
          label="Reason"
          description="Stands in the audit row, and in what people are told"
          maxLength={500}
          autosize
          minRows={1}
          maxRows={4}
          value={details.reason}
          onChange={(event) => onChange({ ...details, reason: event.currentTarget.value })}
        />
      )}
      <Checkbox
        label={<Text size="sm">Tell the people concerned</Text>}
        checked={details.showNotification}
        onChange={(event) => onChange({ ...details, showNotification: event.currentTarget.checked })}
      />
    </>
  );
}
