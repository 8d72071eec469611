import { Badge, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { saveFile } from '../components/csv.js';
import { formatCount, formatMoment } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { useSealed, useVerification, useVerified, type Verified } from './use-proof.js';
import { VerdictAlert } from './verdict-alert.js';
import { type Checked, type Checkpoint, checkpointIn } from './verify.js';

/** State of the hash chain, always visible: how far it is sealed, and the last verification. */
export function Proof() {
  const sealed = useSealed();
  const { data: verified } = useVerified();
  const { mutate, isPending, error, progress } = useVerification();
  const file = useMutation({ mutationFn: checkpointIn, onSuccess: (checkpoint) => mutate(checkpoint) });
  const reset = useRef<() => void>(null);
  const choose = (chosen: File | null) => {
    if (chosen) file.mutate(chosen);
    // The same file may be chosen again.
    reset.current?.();
  };
  useVerifyOnArrival(() => mutate(undefined));
  return (
    <Section
      title="Audit integrity"
      actions={
        <Group gap="xs">
          <Button size="xs" loading={isPending} onClick={() => mutate(undefined)}>
            Verify
          </Button>
          <FileButton resetRef={reset} onChange={choose} accept="application/json,.json">
            {(props) => (
              <Button {...props} size="xs" variant="default" disabled={isPending}>
                Verify with a checkpoint
              </Button>
            )}
          </FileButton>
          <SaveCheckpoint newest={sealed.data} />
        </Group>
      }
    >
      <Group gap="md">
        <Text size="sm">{sealedText(sealed.data)}</Text>
        <LastVerification verified={verified} />
      </Group>
      {isPending && <Running progress={progress} />}
      <div role="status">{verified && !isPending && <VerdictAlert verified={verified} />}</div>
      {(error ?? file.error ?? sealed.error) && (
        <ProblemAlert error={(error ?? file.error ?? sealed.error)!} />
      )}
    </Section>
  );
}

/** Verifies immediately where a link asks for it: `/audit?verify=now`. */
function useVerifyOnArrival(verify: () => void): void {
  const filters = useFilters();
  const isAsked = filters.of('verify') === 'now';
  const hasStarted = useRef(false);
  useEffect(() => {
    if (!isAsked) hasStarted.current = false;
    if (!isAsked || hasStarted.current) return;
    hasStarted.current = true;
    filters.set({ verify: '' });
    verify();
  });
}

function sealedText(newest: Checkpoint | null | undefined): string {
  if (newest === undefined) return 'Sealed: …';
  if (newest === null) return 'Nothing is sealed yet. A worker seals new rows every few seconds.';
  return `Sealed to row ${formatCount(newest.position)}, ${formatMoment(newest.sealedAt)}`;
}

function LastVerification({ verified }: { verified: Verified | undefined }) {
  if (!verified) return <Badge color="gray">Not verified in this session</Badge>;
  const { at, verdict, checkpoint } = verified;
  const suffix = checkpoint ? `, with the checkpoint at row ${formatCount(checkpoint.position)}` : '';
  return (
    <Badge color={verdict.intact ? 'green' : 'red'}>
      {verdict.intact ? 'Intact' : 'Altered'}, verified {formatMoment(at)}
      {suffix}
    </Badge>
  );
}

/** Without a copy outside of the database nobody can show that the newest rows were deleted. */
function SaveCheckpoint({ newest }: { newest: Checkpoint | null | undefined }) {
  return (
    <Button
      size="xs"
      variant="default"
      disabled={!newest}
      onClick={() =>
        newest && saveFile(`checkpoint-${newest.position}.json`, `${JSON.stringify(newest, null, 2)}\n`)
      }
    >
      Save a checkpoint
    </Button>
  );
}

function Running({ progress }: { progress: Checked | undefined }) {
  if (!progress) return <Text size="sm">Starts…</Text>;
  const { checked, of } = progress;
  const percentage = of === 0 ? 100 : Math.min(100, (100 * checked) / of);
  return (
    <Stack gap={4}>
      <Progress value={percentage} aria-label="Verified so far" />
      <Text size="sm">
        {formatCount(checked)} of {formatCount(of)} rows
      </Text>
    </Stack>
  );
}
