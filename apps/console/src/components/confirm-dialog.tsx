import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Dialog } from './dialog.js';
import { ProblemAlert } from './problem-alert.js';

interface Content {
  /** Label of the button that does it. */
  action: string;
  /** Text that the reader has to type before the button works. */
  typed?: { label: string; text: string };
  /** Removes something, or cannot be undone. */
  isDangerous?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

interface Props extends Content {
  title: string;
  opened: boolean;
}

/** Asks before it does something, and stays open with the problem if that fails. */
export function ConfirmDialog({ title, opened, ...content }: Props) {
  return (
    <Dialog title={title} opened={opened} onClose={content.onClose}>
      <Question {...content} />
    </Dialog>
  );
}

function Question({ action, typed, isDangerous = false, onConfirm, onClose, children }: Content) {
  const [answer, setAnswer] = useState('');
  const run = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const isReady = typed === undefined || answer === typed.text;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) run.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <div>{children}</div>
        {typed && (
          <TextInput
            label={typed.label}
            value={answer}
            onChange={(event) => setAnswer(event.currentTarget.value)}
            autoComplete="off"
          />
        )}
        {run.error && <ProblemAlert error={run.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={isDangerous ? 'red.9' : undefined}
            disabled={!isReady}
            loading={run.isPending}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
