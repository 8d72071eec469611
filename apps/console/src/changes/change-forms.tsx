import { Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { DialogForm } from '../components/dialog-form.js';
import { ReasonField } from './reason-field.js';
import { type ChangeRequest, useSchedule, useUndoChange } from './use-changes.js';

interface Props {
  change: ChangeRequest;
  onClose: () => void;
}

/** Sets the time of a change, in the zone of the browser. */
export function ScheduleForm({ change, onClose }: Props) {
  const [time, setTime] = useState('');
  const [isTried, setTried] = useState(false);
  const schedule = useSchedule(change.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (time === '') return;
    const applyAt = new Date(time).toISOString();
    schedule.mutate({ applyAt, revision: change.revision }, { onSuccess: onClose });
  };
  return (
    <DialogForm
      action="Set the time"
      isPending={schedule.isPending}
      error={schedule.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        This makes a new revision: approvals of the present one do not count any more. The time has to be in a
        window of each use case, and in no freeze.
      </Text>
      <TextInput
        type="datetime-local"
        label="Time"
        description={`In the zone of this browser: ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
        required
        error={isTried && time === '' ? 'Choose a day and a time.' : undefined}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** Proposes the inverse of an applied change, and leads to it. */
export function UndoForm({ change, onClose }: Props) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const undo = useUndoChange(change.id);
  const lacksReason = reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacksReason) return;
    undo.mutate(
      { reason, key },
      {
        onSuccess: ({ id }) => {
          onClose();
          void navigate(`/changes/${id}`);
        },
      },
    );
  };
  return (
    <DialogForm
      action="Propose the undo"
      isPending={undo.isPending}
      error={undo.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        A new change request with the recorded values from before. It needs approvals as any other.
      </Text>
      <ReasonField
        value={reason}
        onChange={setReason}
        error={isTried && lacksReason ? 'An undo needs a reason.' : undefined}
      />
    </DialogForm>
  );
}
