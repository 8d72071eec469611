import { Alert, Button, Code, List, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatTime } from '../components/format.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Section } from '../components/section.js';
import { type Checked, type Verdict, verify } from './verify.js';

/** Verifies row by row that nothing was changed after it was written, and shows the progress. */
export function Verification() {
  const [progress, setProgress] = useState<Checked>();
  const verification = useMutation({
    mutationFn: () => verify(setProgress),
    onMutate: () => setProgress(undefined),
  });
  const { data, error, isPending, mutate } = verification;
  return (
    <Section
      title="Audit chain verification"
      actions={
        <Button size="xs" variant="default" loading={isPending} onClick={() => mutate()}>
          Verify
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        Follows the chain of all rows. That the newest were cut off shows for certain only against a
        checkpoint that was kept elsewhere: <Code>orchestrate-bedrock audit verify --checkpoint</Code>.
      </Text>
      <div role="status">
        {isPending && <Running progress={progress} />}
        {data && <TheVerdict verdict={data} />}
      </div>
      {error && <ProblemAlert error={error} />}
    </Section>
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

function TheVerdict({ verdict }: { verdict: Verdict }) {
  const { intact, checked, waiting, erased, head, problemCount } = verdict;
  const title = intact
    ? `Intact: all ${formatCount(checked)} rows are as they were sealed`
    : `Not as they were sealed: ${formatCount(problemCount)} ${problemCount === 1 ? 'problem' : 'problems'}`;
  return (
    <Alert color={intact ? 'green' : 'red'} role="note" title={title}>
      <Stack>
        <Problems verdict={verdict} />
        <DescriptionList
          facts={{
            Checked: formatCount(checked),
            'Not sealed yet': formatCount(waiting),
            'Without a person': erased === 0 ? null : `${formatCount(erased)}, taken out on request`,
            'Last checkpoint': head && `at row ${formatCount(head.position)}, ${formatTime(head.sealedAt)}`,
            Signed: signed(verdict),
          }}
        />
      </Stack>
    </Alert>
  );
}

function signed({ checkpoints: { total, signed }, signaturesChecked }: Verdict): string {
  const all = `${formatCount(signed)} of ${formatCount(total)} checkpoints`;
  return signed > 0 && !signaturesChecked ? `${all}; nobody checked them: there is no public key` : all;
}

const SHOWN = 10;

/** The first bad one by its name; the others beneath. */
function Problems({ verdict: { problems, problemCount } }: { verdict: Verdict }) {
  const [first, ...others] = problems.slice(0, SHOWN);
  if (!first) return null;
  const more = problemCount - others.length - 1;
  return (
    <div>
      <Text fw={600}>First: {named(first)}</Text>
      <List size="sm">
        {others.map((problem) => (
          <List.Item key={`${problem.code} ${problem.position} ${problem.switchId}`}>
            {named(problem)}
          </List.Item>
        ))}
      </List>
      {more > 0 && (
        <Text size="sm">
          And {formatCount(more)} more: <Code>orchestrate-bedrock audit verify --json</Code>
        </Text>
      )}
    </div>
  );
}

function named({ code, position, switchId, detail }: Verdict['problems'][number]): string {
  const where = [position !== null && `row ${position}`, switchId !== null && `switch ${switchId}`].filter(
    Boolean,
  );
  return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${detail} (${code})`;
}
