import { Alert, Code, List, Stack, Text } from '@mantine/core';
import { DescriptionList } from '../components/description-list.js';
import { formatCount, formatTime } from '../components/format.js';
import type { Verified } from './use-proof.js';
import type { Verdict } from './verify.js';

/** Result of a verification. Without a checkpoint it cannot show for certain that the newest rows were deleted. */
export function VerdictAlert({ verified: { verdict, checkpoint } }: { verified: Verified }) {
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
            'Without a person': erased === 0 ? null : `${formatCount(erased)}, erased on request`,
            'Last checkpoint': head && `at row ${formatCount(head.position)}, ${formatTime(head.sealedAt)}`,
            Signed: signed(verdict),
          }}
        />
        {!checkpoint && (
          <Text size="xs" c="dimmed">
            To detect deleted recent rows, verify with a checkpoint that is stored elsewhere.
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

function signed({ checkpoints: { total, signed }, signaturesChecked }: Verdict): string {
  const all = `${formatCount(signed)} of ${formatCount(total)} checkpoints`;
  return signed > 0 && !signaturesChecked ? `${all}; not checked: no public key is configured` : all;
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
