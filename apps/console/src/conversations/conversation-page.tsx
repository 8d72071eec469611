import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import { Link, useParams } from 'react-router';
import { SWITCH_COLUMNS } from '../audit/switch-columns.js';
import { CallTable } from '../calls/call-table.js';
import { useCalls } from '../calls/use-calls.js';
import { Copyable } from '../components/copyable.js';
import { DescriptionList } from '../components/description-list.js';
import { Page } from '../components/page.js';
import { PagedTable } from '../components/paged-table.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useSession } from '../session/use-session.js';
import { SwitchFlow } from '../switching/switch-flow.js';
import { useMayReadHistory } from '../switching/use-switches.js';
import { Notices } from './notices.js';
import { useConversation, useEffectiveModel, useHistory } from './use-conversations.js';

type Effective = Schemas['EffectiveModel'];

export function ConversationPage() {
  const { id = '' } = useParams();
  const found = useEffectiveModel(id);
  if (!found.data)
    return (
      <Page title={`Conversation ${id}`}>
        <QueryState query={found}>{() => null}</QueryState>
      </Page>
    );
  return <ConversationDetails effective={found.data} />;
}

function ConversationDetails({ effective }: { effective: Effective }) {
  const { conversationId, useCase, pin, known } = effective;
  const maySwitch = useMaySwitch();
  return (
    <SwitchFlow target={{ useCase, conversationId }}>
      {(open) => (
        <Page
          title={`Conversation ${conversationId}`}
          about={<Copyable value={conversationId} />}
          actions={
            maySwitch && (
              <Group gap="xs">
                {pin && (
                  <Button variant="default" onClick={() => open(null)}>
                    Follow {useCase} again
                  </Button>
                )}
                <Button onClick={() => open()}>Switch</Button>
              </Group>
            )
          }
        >
          {known ? <Known effective={effective} /> : <Unknown effective={effective} />}
        </Page>
      )}
    </SwitchFlow>
  );
}

function useMaySwitch(): boolean {
  const { data } = useSession();
  return data?.kind === 'user' || data?.scopes.includes('switch') === true;
}

const PINS = { manual: 'by hand', fallback: 'by a fallback' } as const;

function Known({ effective }: { effective: Effective }) {
  const { conversationId: id, model, pin, useCase, version } = effective;
  const { data } = useConversation(id, true);
  return (
    <>
      <Section title="Current model">
        <Text>{data?.explanation ?? '…'}</Text>
        <DescriptionList
          facts={{
            Model: <ModelLink id={model.id} />,
            Pinned: pin ? PINS[pin] : 'no: it follows its use case',
            'Use case': <UseCaseLink name={useCase} />,
            User: data && <UserLink userId={data.userId} />,
            ...(data?.pin?.recheckAt && {
              'Failed model is checked again': <Time at={data.pin.recheckAt} />,
            }),
            Created: data && <Time at={data.createdAt} />,
            Updated: data && <Time at={data.updatedAt} />,
            Version: version,
          }}
        />
      </Section>
      <Section title="Switches">
        <History id={id} />
      </Section>
      <Calls conversationId={id} />
      <Notices conversationId={id} userId={data?.userId} />
    </>
  );
}

function History({ id }: { id: string }) {
  const isAllowed = useMayReadHistory();
  const history = useHistory(id, isAllowed);
  if (!isAllowed)
    return <Text c="dimmed">The switches with their reasons need a key with the scope audit or switch.</Text>;
  return (
    <PagedTable
      query={history}
      label="Switches"
      columns={SWITCH_COLUMNS}
      none={<Text c="dimmed">Nothing was switched in it yet.</Text>}
    />
  );
}

function Unknown({ effective: { model, useCase } }: { effective: Effective }) {
  return (
    <>
      <Alert role="note" title="Nobody has switched it">
        It may not exist: the service knows a conversation from its first switch or chat on. This is the model
        that would answer.
      </Alert>
      <Section title="Current model">
        <DescriptionList
          facts={{ Model: <ModelLink id={model.id} />, 'Use case': <UseCaseLink name={useCase} /> }}
        />
      </Section>
    </>
  );
}

const UseCaseLink = ({ name }: { name: string }) => (
  <Anchor component={Link} to={`/use-cases/${encodeURIComponent(name)}`} inherit>
    {name}
  </Anchor>
);

const UserLink = ({ userId }: { userId: string }) => (
  <Anchor component={Link} to={`/conversations?${new URLSearchParams({ userId })}`} inherit>
    {userId}
  </Anchor>
);

function Calls({ conversationId }: { conversationId: string }) {
  const isAllowed = useAllowed(RIGHTS.calls);
  const calls = useCalls({ conversationId }, isAllowed);
  if (!isAllowed) return null;
  return (
    <Section title="Calls">
      <CallTable calls={calls} none="No model was called in it in the last 31 days." />
    </Section>
  );
}
