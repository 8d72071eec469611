import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useParams } from 'react-router';
import { Copyable } from '../../components/copyable.js';
import { DescriptionList } from '../../components/description-list.js';
import { Dialog } from '../../components/dialog.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { QueryState } from '../../components/query-state.js';
import { Section } from '../../components/section.js';
import { ShownOnce } from '../../components/shown-once.js';
import { ReceiverActions } from '../receivers/receiver-actions.js';
import { deliveryFacts, ReceiverStatus } from '../receivers/receiver-state.js';
import { ADVICE } from './create-webhook.js';
import { Deliveries } from './deliveries.js';
import {
  deleteWebhook,
  resumeWebhook,
  useRotateWebhook,
  useTestWebhook,
  useWebhook,
  type Webhook,
} from './use-webhooks.js';
import { FEEDS } from './webhook-labels.js';

/** One webhook: where its delivery stands, and what to do about it. */
export function WebhookDetail() {
  const { id = '' } = useParams();
  const webhook = useWebhook(id);
  return (
    <>
      <Anchor component={Link} to="/settings/webhooks" size="sm">
        All webhooks
      </Anchor>
      <QueryState query={webhook}>
        {(found) => (
          <Stack>
            <State of={found} />
            <Deliveries of={found} />
          </Stack>
        )}
      </QueryState>
    </>
  );
}

function State({ of }: { of: Webhook }) {
  const test = useTestWebhook(of.id);
  return (
    <Section title={of.url} actions={<Actions of={of} test={test} />}>
      {test.error && <ProblemAlert error={test.error} />}
      {test.data && <TestResult {...test.data} />}
      <DescriptionList
        facts={{
          Status: <ReceiverStatus of={of} />,
          Feed: FEEDS[of.feed],
          Key: of.owner,
          ...deliveryFacts(of),
          Id: <Copyable value={of.id} label="id of the webhook" />,
        }}
      />
    </Section>
  );
}

function TestResult({
  delivered,
  status,
  error,
}: {
  delivered: boolean;
  status: number | null;
  error: string | null;
}) {
  return delivered ? (
    <Alert color="green" role="status" title="The test message arrived">
      The receiver answered {status}.
    </Alert>
  ) : (
    <Alert color="red" role="alert" title="The test message did not arrive">
      {error} {status !== null && `The receiver answered ${status}.`}
    </Alert>
  );
}

function Actions({ of, test }: { of: Webhook; test: ReturnType<typeof useTestWebhook> }) {
  const [isRotating, rotate] = useDisclosure();
  return (
    <ReceiverActions
      noun="webhook"
      isStopped={of.status === 'failing' || of.status === 'disabled'}
      test={test}
      onResume={() => resumeWebhook(of.id)}
      onDelete={() => deleteWebhook(of.id)}
      deletion={`${of.url} gets no notification any more. A new webhook starts with the next notification.`}
    >
      <Button size="xs" variant="default" onClick={rotate.open}>
        Rotate secret
      </Button>
      <Dialog title="Rotate the signing secret" opened={isRotating} onClose={rotate.close}>
        <Rotate of={of} onClose={rotate.close} />
      </Dialog>
    </ReceiverActions>
  );
}

function Rotate({ of, onClose }: { of: Webhook; onClose: () => void }) {
  const rotate = useRotateWebhook(of.id);
  if (rotate.data)
    return <ShownOnce label="Signing secret" secret={rotate.data.secret} advice={ADVICE} onDone={onClose} />;
  return (
    <Stack>
      <Text size="sm">Messages have the signatures of both secrets for a day.</Text>
      {rotate.error && <ProblemAlert error={rotate.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
          Rotate
        </Button>
      </Group>
    </Stack>
  );
}
