import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import { formatCount, formatDay } from '../components/format.js';
import { ModelLink } from '../models/model-link.js';
import { UseCaseLinks } from '../models/use-case-links.js';
import { FromTo } from '../switching/from-to.js';
import { Saving } from '../switching/preview.js';
import classes from './lifecycle.module.css';
import type { Ending, Milestone } from './use-lifecycle.js';

const MILESTONES = {
  legacy: { label: 'Legacy', color: 'yellow' },
  extended_access: { label: 'Dearer', color: 'orange' },
  end_of_life: { label: 'Ends', color: 'red' },
} as const;

/** One model: its dates on the line from today to the last date of all, and what is to be done. */
export function LifecycleCard({ ending, lastDay }: { ending: Ending; lastDay: number }) {
  const { modelId, milestones, warning, inUse } = ending;
  return (
    <li className={classes.ending}>
      <Group gap="xs">
        <Text fw={600} component="span">
          <ModelLink id={modelId} />
        </Text>
        {warning && inUse && <Badge color="red">Act: {inDays(warning.days)}</Badge>}
      </Group>
      {milestones.length > 0 && <Line milestones={milestones} lastDay={lastDay} />}
      <Group gap="md">
        {milestones.map(({ milestone, at, days }) => (
          <Group key={milestone} gap={6}>
            <Badge color={MILESTONES[milestone].color}>{MILESTONES[milestone].label}</Badge>
            <Text size="sm">
              <time dateTime={at}>{formatDay(at)}</time>, {inDays(days)}
            </Text>
          </Group>
        ))}
      </Group>
      <Outlook outlook={ending.outlook} />
      <Use ending={ending} />
      <Successor ending={ending} />
    </li>
  );
}

/** Of a model whose end has no date. */
function Outlook({ outlook }: { outlook: Ending['outlook'] }) {
  if (!outlook) return null;
  const { earliestEndAt, endsNotBefore, hasRunOut, noticeDays } = outlook;
  return (
    <Text size="sm" c={hasRunOut ? undefined : 'dimmed'}>
      {hasRunOut && earliestEndAt && `The guarantee ran out on ${formatDay(earliestEndAt)}. `}
      {endsNotBefore ? `Ends no sooner than ${formatDay(endsNotBefore)}` : 'Its end can come any day'}
      {noticeDays !== null && `, with ${formatCount(noticeDays)} days of notice`}.
    </Text>
  );
}

/** @param days whole ones from now */
function inDays(days: number): string {
  if (days <= 0) return 'within a day';
  return days === 1 ? 'in 1 day' : `in ${formatCount(days)} days`;
}

function Line({ milestones, lastDay }: { milestones: Milestone[]; lastDay: number }) {
  const at = (days: number) => `${(100 * Math.max(0, days)) / lastDay}%`;
  return (
    <div className={classes.line} aria-hidden="true">
      <div className={classes.lived} style={{ width: at(milestones.at(-1)!.days) }} />
      {milestones.map(({ milestone, days }) => (
        <span
          key={milestone}
          className={classes.mark}
          data-milestone={milestone}
          style={{ insetInlineStart: at(days) }}
        />
      ))}
    </div>
  );
}

function Use({ ending: { inUse, useCases, conversations, conversationsCapped } }: { ending: Ending }) {
  if (!inUse)
    return (
      <Text size="sm" c="dimmed">
        Nothing runs on it.
      </Text>
    );
  const counted = `${formatCount(conversations)}${conversationsCapped ? ' or more' : ''}`;
  return (
    <Group gap={8}>
      <Text size="sm">
        Runs {counted} {conversations === 1 ? 'conversation' : 'conversations'}
        {useCases.length > 0 && ' and'}
      </Text>
      <UseCaseLinks names={useCases} />
    </Group>
  );
}

function Successor({ ending: { modelId, name, successor, inUse, useCases } }: { ending: Ending }) {
  if (!successor)
    return (
      <Text size="sm" c="dimmed">
        No model can take over now. <Why modelId={modelId} />
      </Text>
    );
  return (
    <Group gap="md">
      <Text size="sm" component="div">
        <FromTo from={name} to={<ModelLink id={successor.modelId} />} />
      </Text>
      <Saving impact={successor} />
      {inUse && useCases.length > 0 && (
        <Text size="sm" c="dimmed">
          Switch it at its use case.
        </Text>
      )}
    </Group>
  );
}

const Why = ({ modelId }: { modelId: string }) => (
  <Anchor component={Link} to={`/models/${encodeURIComponent(modelId)}`} inherit underline="always">
    See what runs on it
  </Anchor>
);
