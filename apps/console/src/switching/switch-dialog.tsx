import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { ProblemAlert } from '../components/problem-alert.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';
import { ModelPicker } from './model-picker.js';
import { Preview } from './preview.js';
import {
  type Details,
  type Switched,
  type Target,
  usePreview,
  useScopeState,
  useSwitch,
} from './switch-request.js';

interface Props {
  target: Target;
  /** Initial choice; null: the best model, and there is nothing to choose. */
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
          <SwitchForm {...props} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function SwitchForm({ target, modelId: first, onClose, onSwitched }: Props) {
  const [modelId, setModelId] = useState(first);
  const [details, setDetails] = useState<Details>({ reason: '', showNotification: true });
  const { base, changed, decideAgain } = useBase(target);
  const wish = modelId === undefined ? undefined : { target, modelId };
  const preview = usePreview(wish, base);
  const change = useSwitch();
  const confirm = () =>
    change.mutate(
      { wish: wish!, details, tag: base!.tag },
      {
        onSuccess: (switched) => {
          onSwitched(switched);
          onClose();
        },
      },
    );
  // A switch of this dialog is no surprise.
  const isSurprise = changed !== undefined && !change.isPending && !change.isSuccess;
  const isReady = !!wish && preview.data?.data.switched === true && !preview.isFetching && !isSurprise;
  const goOn = () => {
    change.reset();
    decideAgain();
  };
  return (
    <Stack>
      {first !== null && <ModelPicker target={target} value={modelId ?? null} onChange={setModelId} />}
      {wish && <Preview query={preview} />}
      <DetailsFields details={details} onChange={setDetails} withReason={modelId !== null} />
      {isSurprise && <ChangedMeanwhile target={target} base={base!} now={changed} onGoOn={goOn} />}
      {change.error && !isSurprise && <ProblemAlert error={change.error} />}
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

/** The scope as it was when the dialog was opened: only as such it is switched, until the operator decides again. */
function useBase(target: Target) {
  const { data: now } = useScopeState(target);
  const [base, setBase] = useState(now);
  if (!base && now) setBase(now);
  return {
    base,
    changed: base && now && now.tag !== base.tag ? now : undefined,
    decideAgain: () => setBase(now),
  };
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
          description="Stored in the audit log and shown to users"
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
