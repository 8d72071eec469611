import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DialogForm } from '../components/dialog-form.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Time } from '../components/time.js';
import { type ChangeRequest, useBreakGlass, useReviewChange } from './use-changes.js';

interface Props {
  change: ChangeRequest;
  onClose: () => void;
}

/** As the api counts them: without blanks. */
const MIN_REASON = 20;
const lengthOf = (reason: string): number => [...reason.replace(/\s/g, '')].length;

/** Applies a change alone, in an emergency. */
export function BreakGlassForm({ change, onClose }: Props) {
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const breaking = useBreakGlass(change.id);
  const isShort = lengthOf(reason) < MIN_REASON;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isShort) breaking.mutate(reason, { onSuccess: onClose });
  };
  return (
    <DialogForm
      action="Break the glass"
      isPending={breaking.isPending}
      error={breaking.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        The change is applied now, without approvals, windows and freezes. A model that cannot be selected
        stays refused. Operators are alerted, and another person has to review it within 24 hours.
      </Text>
      <Text size="sm">
        It needs a sign-in of the last 15 minutes, so that a session that was left open is not enough. Was
        yours earlier? Sign out, sign in again and come back to this page. With Supabase it needs a second
        factor, too.
      </Text>
      <Textarea
        label="Reason"
        description={`At least ${MIN_REASON} characters`}
        required
        maxLength={2_000}
        autosize
        minRows={2}
        error={
          isTried && isShort ? `It has fewer than ${MIN_REASON} characters that are not blanks.` : undefined
        }
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** Judges a change that was applied without approvals. */
export function ReviewForm({ change }: { change: ChangeRequest }) {
  const [verdict, setVerdict] = useState<'accepted' | 'undo'>('accepted');
  const [comment, setComment] = useState('');
  const [isTried, setTried] = useState(false);
  const review = useReviewChange(change.id);
  const lacksComment = comment.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!lacksComment) review.mutate({ verdict, comment });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">
          It was applied without approvals. Review it until <Time at={change.reviewDueAt!} isExact />.
        </Text>
        <Radio.Group
          label="Verdict"
          value={verdict}
          onChange={(chosen) => setVerdict(chosen === 'undo' ? 'undo' : 'accepted')}
        >
          <Stack gap={6} mt={4}>
            <Radio value="accepted" label="Accepted: it stays as it is" />
            <Radio value="undo" label="Undo: it was wrong" />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Comment"
          required
          maxLength={2_000}
          autosize
          minRows={2}
          error={isTried && lacksComment ? 'A review needs a comment.' : undefined}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        {review.error && <ProblemAlert error={review.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={review.isPending}>
            Close the review
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
