import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import { Link, useParams } from 'react-router';
import { DescriptionList } from '../components/description-list.js';
import { Page } from '../components/page.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { useSession } from '../session/use-session.js';
import { SwitchFlow } from '../switching/switch-flow.js';
import { SwitchPages } from '../switching/switch-pages.js';
import { useMayReadConversations } from '../switching/use-switches.js';
import { NeedsScope } from './conversations-page.js';
import { useEffectiveModel, useHistory } from './use-conversations.js';

type Effective = Schemas['EffectiveModel'];

export function ConversationPage() {
  const { id = '' } = useParams();
  const mayRead = useMayReadConversations();
  const found = useEffectiveModel(id, mayRead);
  if (!mayRead)
    return (
      <Page title={id} about="A conversation">
        <NeedsScope />
      </Page>
    );
  if (!found.data)
    return (
      <Page title={id} about="A conversation">
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
          title={conversationId}
          about="A conversation"
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
          {!known && (
            <Alert role="note" title="Nobody has switched it">
              It may not exist: the service knows a conversation from its first switch or chat on. This is
              what would answer.
            </Alert>
          )}
          <Section title="Answers now">
            <Answers effective={effective} />
          </Section>
          <Section title="History">
            {known ? <History id={conversationId} /> : <Text c="dimmed">None.</Text>}
          </Section>
        </Page>
      )}
    </SwitchFlow>
  );
}

function useMaySwitch(): boolean {
  const { data } = useSession();
  return data?.kind === 'user' || data?.scopes.includes('switch') === true;
}

const SOURCES = {
  pin: 'chosen for this conversation',
  active: 'what its use case runs on',
  candidate: 'the best candidate that is left',
} as const;
const PINS = {
  manual: 'by hand',
  fallback: 'by a fallback, until the failed model is healthy again',
} as const;

function Answers({ effective: { model, source, pin, useCase, version } }: { effective: Effective }) {
  return (
    <DescriptionList
      facts={{
        Model: <ModelLink id={model.id} />,
        'It is': SOURCES[source],
        Pinned: pin ? PINS[pin] : 'no: it follows its use case',
        'Use case': (
          <Anchor component={Link} to={`/use-cases/${encodeURIComponent(useCase)}`} inherit>
            {useCase}
          </Anchor>
        ),
        Version: version,
      }}
    />
  );
}

/** Its own switches, and those of its use case while it followed. */
function History({ id }: { id: string }) {
  return <SwitchPages query={useHistory(id)} none="Nothing was switched in it yet." />;
}
