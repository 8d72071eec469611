import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../components/problem-alert.js';
import { Proposed } from './proposed.js';
import { ReasonField } from './reason-field.js';
import { type ChangeRequest, type Operation, usePropose } from './use-changes.js';

interface Props {
  operations: Operation[];
  /** False: the operations are not known yet. Default: true. */
  isReady?: boolean;
  /** Reason that the reader has given already. */
  reason?: string;
  /** Label of the button that closes the form. */
  cancel?: string;
  onCancel?: () => void;
  onProposed?: (change: ChangeRequest) => void;
}

/** Asks for the reason of a change and proposes it; then it leads to the change request. */
export function ProposeForm({
  operations,
  isReady = true,
  reason: given = '',
  cancel = 'Cancel',
  onCancel,
  onProposed,
}: Props) {
  const [reason, setReason] = useState(given);
  const [isTried, setTried] = useState(false);
  // A repeated attempt is the same proposal, one of other content is another.
  const content = JSON.stringify([operations, reason]);
  const [attempt, setAttempt] = useState({ content, key: crypto.randomUUID() });
  if (attempt.content !== content) setAttempt({ content, key: crypto.randomUUID() });
  const propose = usePropose(onProposed);
  if (propose.data) return <Proposed change={propose.data} />;
  const lacksReason = reason.trim() === '';
  const confirm = () => {
    setTried(true);
    if (!lacksReason) propose.mutate({ operations, reason, key: attempt.key });
  };
  return (
    <Stack>
      <ReasonField
        value={reason}
        onChange={setReason}
        error={isTried && lacksReason ? 'A proposal needs a reason.' : undefined}
      />
      {propose.error && <ProblemAlert error={propose.error} />}
      <Group justify="flex-end">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {cancel}
          </Button>
        )}
        <Button disabled={!isReady} loading={propose.isPending} onClick={confirm}>
          Propose
        </Button>
      </Group>
    </Stack>
  );
}
