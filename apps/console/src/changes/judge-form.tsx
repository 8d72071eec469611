import { Alert, Button, Code, Group, Stack, Text, Textarea } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { useState } from 'react';
import { ProblemAlert } from '../components/problem-alert.js';
import { type ChangeRequest, useJudge } from './use-changes.js';

/** Approves or rejects the content that is shown: a later revision is another one, and has to be looked at first. */
export function JudgeForm({ change }: { change: ChangeRequest }) {
  const { hash, revision, state } = change;
  const [seen, setSeen] = useState(hash);
  const [comment, setComment] = useState('');
  const judge = useJudge(change.id);
  const isRevised = seen !== hash;
  const decide = (verdict: 'approve' | 'reject') => () => {
    if (isRevised || judge.isPending) return;
    judge.mutate({ verdict, hash: seen, comment });
  };
  return (
    <Stack>
      {isRevised && (
        <Alert color="orange" role="alert" title="Revised meanwhile">
          <Stack gap="xs" align="flex-start">
            <Text size="sm">
              This is revision {revision} now. You have decided nothing. Look at its operations again.
            </Text>
            <Button size="xs" variant="default" onClick={() => setSeen(hash)}>
              I have looked at revision {revision}
            </Button>
          </Stack>
        </Alert>
      )}
      <Textarea
        label="Comment"
        description="Stored with your decision, for everyone who may read change requests"
        maxLength={2_000}
        autosize
        minRows={2}
        maxRows={8}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        onKeyDown={getHotkeyHandler([['mod+Enter', decide('approve')]])}
      />
      <Text size="xs">
        Ctrl+Enter or ⌘+Enter in the comment approves. You decide on the content{' '}
        <Code>{hash.slice(0, 12)}</Code>.
      </Text>
      {judge.error && <ProblemAlert error={judge.error} />}
      <Group justify="flex-end">
        <Button
          variant="light"
          color="red"
          disabled={isRevised}
          loading={judge.isPending}
          onClick={decide('reject')}
        >
          Reject
        </Button>
        {state === 'proposed' && (
          <Button disabled={isRevised} loading={judge.isPending} onClick={decide('approve')}>
            Approve
          </Button>
        )}
      </Group>
    </Stack>
  );
}
