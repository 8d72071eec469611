import { Button, Group, SimpleGrid, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../components/page.js';
import { Section } from '../components/section.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { ConversationList } from './conversation-list.js';

export function ConversationsPage() {
  const navigate = useNavigate();
  const mayReadCalls = useAllowed(RIGHTS.calls);
  return (
    <Page
      title="Conversations"
      about="Which model answers in a conversation and why, its switches and calls."
    >
      <Section title="Find one">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Find
            label="Conversation"
            placeholder="conv-123"
            onFind={(id) => void navigate(`/conversations/${encodeURIComponent(id)}`)}
          >
            Open
          </Find>
          {mayReadCalls && (
            <Find
              label="Request id of a call"
              placeholder="x-request-id"
              onFind={(requestId) => void navigate(`/calls?${new URLSearchParams({ requestId })}`)}
            >
              Show the call
            </Find>
          )}
        </SimpleGrid>
      </Section>
      <ConversationList />
    </Page>
  );
}

interface FindProps {
  label: string;
  placeholder: string;
  onFind: (text: string) => void;
  children: ReactNode;
}

function Find({ label, placeholder, onFind, children }: FindProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    if (text !== '') onFind(text);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <TextInput name="text" label={label} placeholder={placeholder} maxLength={128} flex="1 1 160px" />
        <Button type="submit" variant="default">
          {children}
        </Button>
      </Group>
    </form>
  );
}
