import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../parts/page.js';
import { Section } from '../parts/section.js';
import { SwitchPages } from '../switching/switch-pages.js';
import { useMaySeeSwitches } from '../switching/use-switches.js';
import { useConversationSwitches } from './use-conversations.js';

export function ConversationsPage() {
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
