import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../components/page.js';
import { Section } from '../components/section.js';
import { SwitchPages } from '../switching/switch-pages.js';
import { useMayReadConversations, useMaySeeSwitches } from '../switching/use-switches.js';
import { useConversationSwitches } from './use-conversations.js';

/** A key that is recommended for use cases gets here, and would get nothing but a 403. */
export function NeedsScope() {
  return (
    <Text c="dimmed">
      Conversations are those of people. To look at one needs a service key with the scope audit; to switch it
      as well, one with the scopes switch and act-as.
    </Text>
  );
}

export function ConversationsPage() {
  const mayRead = useMayReadConversations();
  if (!mayRead)
    return (
      <Page title="Conversations">
        <NeedsScope />
      </Page>
    );
  return (
    <Page title="Conversations" about="Look one up: its model, and everything that was switched in it.">
      <LookUp />
      <Latest />
    </Page>
  );
}

function LookUp() {
  const [id, setId] = useState('');
  const navigate = useNavigate();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim() !== '') void navigate(`/conversations/${encodeURIComponent(id.trim())}`);
  };
  return (
    <Group component="form" align="flex-end" onSubmit={submit}>
      <TextInput
        label="Conversation"
        placeholder="conv-123"
        maxLength={128}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
        flex="1 1 220px"
        maw={420}
      />
      <Button type="submit">Look up</Button>
    </Group>
  );
}

function Latest() {
  const maySee = useMaySeeSwitches();
  const latest = useConversationSwitches(maySee);
  if (!maySee)
    return <Text c="dimmed">A list of the last switches needs a service key with the scope audit.</Text>;
  return (
    <Section title="Switched lately">
      <SwitchPages
        query={latest}
        none="No conversation was switched by itself yet. All follow their use case."
      />
    </Section>
  );
}
