import { Alert, Anchor, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import { Copyable } from '../../components/copyable.js';
import { DescriptionList } from '../../components/description-list.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { ChannelStatus, LANGUAGES, URGENCIES } from './channel-status.js';
import { type Channel, deleteChannel, resumeChannel, useChannel, useTestChannel } from './use-channels.js';

/** One channel: what it gets, where its delivery stands, and what to do about it. */
export function ChannelDetail() {
  const { id = '' } = useParams();
  const channel = useChannel(id);
  return (
    <>
      <Anchor component={Link} to="/settings/channels" size="sm">
        All channels
      </Anchor>
      <QueryState query={channel}>{(found) => <State of={found} />}</QueryState>
    </>
  );
}

function State({ of }: { of: Channel }) {
  const test = useTestChannel(of.id);
  return (
    <Section title={of.name} actions={<Actions of={of} test={test} />}>
      {test.error && <ProblemAlert error={test.error} />}
      {test.data && <TestResult {...test.data} />}
      <DescriptionList
        facts={{
          Status: <ChannelStatus of={of} />,
          ...addressOf(of),
          Notifications: URGENCIES[of.leastUrgency],
          'Use cases': of.useCases?.join(', ') ?? 'All',
          Kinds: of.kinds?.join(', ') ?? 'All',
          Language: LANGUAGES[of.language],
          'Reasons of callers': of.includeReasons ? 'Included' : 'Left out',
          'Last delivery': of.deliveredAt ? <Time at={of.deliveredAt} /> : 'None yet',
          'Next digest': of.digestDueAt ? <Time at={of.digestDueAt} /> : 'Nothing waits',
          'Delivered up to': `seq ${of.position}`,
          Created: <Time at={of.createdAt} />,
          ...(of.failures > 0 && {
            'Failed attempts': of.failures,
            'Failing since': of.failingSince && <Time at={of.failingSince} />,
            'Last error': of.lastError,
            'Next attempt': of.nextAttemptAt ? <Time at={of.nextAttemptAt} /> : 'None: it is disabled',
          }),
          Id: <Copyable value={of.id} label="id of the channel" />,
        }}
      />
    </Section>
  );
}

const addressOf = ({ slack, email }: Channel) =>
  email
    ? { To: email.to.join(', '), From: email.from, Server: `${email.host}:${email.port}` }
    : { Slack: slack?.host };

interface Result {
  delivered: boolean;
  error: string | null;
}

const TestResult = ({ delivered, error }: Result) =>
  delivered ? (
    <Alert color="green" role="status" title="The test message was taken" />
  ) : (
    <Alert color="red" role="alert" title="The test message was not taken">
      {error}
    </Alert>
  );

function Actions({ of, test }: { of: Channel; test: ReturnType<typeof useTestChannel> }) {
  const navigate = useNavigate();
  const [isResuming, resume] = useDisclosure();
  const [isDeleting, remove] = useDisclosure();
  return (
    <Group gap="xs">
      <Button size="xs" loading={test.isPending} onClick={() => test.mutate()}>
        Test
      </Button>
      {of.status !== 'active' && (
        <Button size="xs" variant="default" onClick={resume.open}>
          Resume
        </Button>
      )}
      <Button size="xs" variant="light" color="red" onClick={remove.open}>
        Delete
      </Button>
      <ConfirmDialog
        title="Resume the channel"
        action="Resume"
        opened={isResuming}
        onClose={resume.close}
        onConfirm={() => resumeChannel(of.id)}
      >
        The waiting notifications are delivered now, in their order.
      </ConfirmDialog>
      <ConfirmDialog
        title="Delete the channel"
        action="Delete"
        isDangerous
        opened={isDeleting}
        onClose={remove.close}
        onConfirm={async () => {
          await deleteChannel(of.id);
          await navigate('/settings/channels');
        }}
      >
        {of.name} gets no notification any more, and its secret is gone.
      </ConfirmDialog>
    </Group>
  );
}
