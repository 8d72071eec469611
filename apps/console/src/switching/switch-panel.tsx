import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ProposeForm } from '../changes/propose-form.js';
import { MustApprove } from '../changes/proposed.js';
import type { ChangePolicy, ChangeRequest, Operation } from '../changes/use-changes.js';
import { useReview } from '../changes/use-review.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { SidePanel } from '../components/side-panel.js';
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

/** First choice of an opened panel. */
export interface Opening {
  /** null: the best candidate, and there is nothing to choose. */
  modelId: string | null | undefined;
}

interface Props {
  target: Target;
  /** Undefined: the panel is closed. */
  opening: Opening | undefined;
  onClose: () => void;
  onSwitched: (switched: Switched) => void;
  onProposed: (change: ChangeRequest) => void;
}

/** Side panel to choose a model, see the effect, give the reason, and switch. It stays mounted, which returns the focus. */
export function SwitchPanel({ opening, ...props }: Props) {
  const { target, onClose } = props;
  return (
    <SidePanel
      title={`Switch ${target.conversationId ?? target.useCase}`}
      opened={opening !== undefined}
      onClose={onClose}
      size="lg"
    >
      {opening && <SwitchForm {...props} opening={opening} />}
    </SidePanel>
  );
}

type FormProps = Props & { opening: Opening };

function SwitchForm(props: FormProps) {
  const { target, opening, onClose } = props;
  const form = useSwitchForm(props);
  const { base, changed, change, modelId } = form;
  const isForAll = target.conversationId === undefined;
  const review = useReview(isForAll ? target.useCase : undefined);
  return (
    <Stack>
      {opening.modelId !== null && (
        <ModelPicker target={target} value={modelId ?? null} onChange={form.setModelId} />
      )}
      {modelId !== undefined && <Preview query={form.preview} />}
      {changed && <ChangedMeanwhile target={target} base={base!} now={changed} onGoOn={form.decideAgain} />}
      {review.policy && (
        <ProposeSwitch
          {...props}
          policy={review.policy}
          toId={form.isReady ? form.preview.data?.data.toId : undefined}
        />
      )}
      {!review.policy && (
        <>
          <DetailsFields
            details={form.details}
            onChange={form.setDetails}
            error={form.reasonError}
            required={isForAll}
          />
          {change.error && !changed && <ProblemAlert error={change.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              disabled={!form.isReady || !review.isKnown}
              loading={change.isPending}
              onClick={form.confirm}
            >
              Switch
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}

interface ProposeProps extends FormProps {
  policy: ChangePolicy;
  /** Undefined: no model is chosen, or nothing would change. */
  toId: string | undefined;
}

/** In the place of the switch of a reviewed use case: its proposal. The api records the version that it is made against. */
function ProposeSwitch({ target, policy, toId, onClose, onProposed }: ProposeProps) {
  const done = (change: ChangeRequest) => {
    onProposed(change);
    onClose();
  };
  return (
    <>
      <MustApprove policy={policy} />
      <ProposeForm
        operations={toId === undefined ? [] : [switchTo(target.useCase, toId)]}
        isReady={toId !== undefined}
        onCancel={onClose}
        onProposed={done}
      />
    </>
  );
}

const switchTo = (useCase: string, modelId: string): Operation => ({
  kind: 'switch-use-case',
  useCase,
  modelId,
});

/** Choices of the form, their preview, and the switch itself. */
function useSwitchForm({ target, opening, onClose, onSwitched }: FormProps) {
  const [modelId, setModelId] = useState(opening.modelId);
  const [details, setDetails] = useState<Details>({ reason: '', showNotification: true });
  const [isTried, setTried] = useState(false);
  const { base, changed, decideAgain } = useBase(target);
  const selection = modelId === undefined ? undefined : { target, modelId };
  const preview = usePreview(selection, base);
  const change = useSwitch();
  // A switch of this panel is no surprise.
  const surprise = change.isPending || change.isSuccess ? undefined : changed;
  const lacksReason = needsReason(target, modelId) && details.reason.trim() === '';
  const onSuccess = (switched: Switched) => {
    onSwitched(switched);
    onClose();
  };
  return {
    modelId,
    setModelId,
    details,
    setDetails,
    base,
    changed: surprise,
    preview,
    change,
    reasonError: isTried && lacksReason ? 'A switch of a use case needs a reason.' : undefined,
    isReady: preview.data?.data.switched === true && !preview.isFetching && !surprise,
    decideAgain: () => {
      change.reset();
      decideAgain();
    },
    confirm: () => {
      setTried(true);
      if (!lacksReason) change.mutate({ wish: selection!, details, tag: base!.tag }, { onSuccess });
    },
  };
}

/** Of a use case, many people are concerned; its best candidate speaks for itself. */
const needsReason = (target: Target, modelId: string | null | undefined) =>
  modelId !== null && target.conversationId === undefined;

/** The scope as it was when the panel was opened: only as such it is switched, until the operator decides again. */
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
  error: string | undefined;
  required: boolean;
}

function DetailsFields({ details, onChange, error, required }: FieldsProps) {
  return (
    <>
      <Textarea
        label="Reason"
        description="Stored in the audit log and shown to users"
        maxLength={500}
        autosize
        minRows={1}
        maxRows={4}
        required={required}
        error={error}
        value={details.reason}
        onChange={(event) => onChange({ ...details, reason: event.currentTarget.value })}
      />
      <Checkbox
        label="Notify users"
        checked={details.showNotification}
        onChange={(event) => onChange({ ...details, showNotification: event.currentTarget.checked })}
      />
    </>
  );
}
