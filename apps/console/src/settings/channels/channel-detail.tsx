import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../components/copyable.js';
import { DescriptionList } from '../../components/description-list.js';
import { Dialog } from '../../components/dialog.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { Time } from '../../components/time.js';
import { ReceiverActions } from '../receivers/receiver-actions.js';
import { deliveryFacts, ReceiverStatus } from '../receivers/receiver-state.js';
import { ChannelDeliveries } from './channel-deliveries.js';
import { ChannelForm } from './channel-form.js';
import { LANGUAGES, NOTIFICATIONS, URGENCIES } from './channel-labels.js';
import type { Channel } from './channel-values.js';
import { deleteChannel, resumeChannel, useChannel, useTestChannel } from './use-channels.js';

/** One channel: what it gets, where its delivery stands, and what to do about it. */
export function ChannelDetail() {
  const { id = '' } = useParams();
  const channel = useChannel(id);
  return (
    <>
      <Anchor component={Link} to="/settings/channels" size="sm">
        All channels
      </Anchor>
      <QueryState query={channel}>
        {(found) => (
          <Stack>
            <State of={found} />
            <ChannelDeliveries id={found.id} />
          </Stack>
        )}
      </QueryState>
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
          Status: <ReceiverStatus of={of} />,
          ...addressOf(of),
          Notifications: URGENCIES[of.leastUrgency],
          'Use cases': of.useCases?.join(', ') ?? 'All',
          Kinds: of.kinds?.map((kind) => NOTIFICATIONS[kind]).join(', ') ?? 'All',
          Language: LANGUAGES[of.language],
          'Reasons of callers': of.includeReasons ? 'Included' : 'Left out',
          'Next digest': of.digestDueAt ? <Time at={of.digestDueAt} /> : 'Nothing waits',
          ...deliveryFacts(of),
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
  const [isEditing, edit] = useDisclosure();
  return (
    <ReceiverActions
      noun="channel"
      isStopped={of.status !== 'active'}
      test={test}
      onResume={() => resumeChannel(of.id)}
      onDelete={() => deleteChannel(of.id)}
      deletion={`${of.name} gets no notification any more, and its secret is gone.`}
    >
      <Button size="xs" variant="default" onClick={edit.open}>
        Edit
      </Button>
      <Dialog title={`Edit ${of.name}`} opened={isEditing} onClose={edit.close}>
        <ChannelForm of={of} onClose={edit.close} />
      </Dialog>
    </ReceiverActions>
  );
}
