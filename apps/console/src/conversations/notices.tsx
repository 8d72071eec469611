import { Table, Text } from '@mantine/core';
import type { Schemas } from '@orchestrator/client/client.js';
import { Link } from 'react-router';
import cards from '../components/cards.module.css';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useMay, useSession } from '../session/use-session.js';
import { useNotices } from './use-conversations.js';

type Notification = Schemas['Notification'];

/** Notifications of a conversation, and whether its user saw and acknowledged them. */
export function Notices({ conversationId, userId }: { conversationId: string; userId: string | undefined }) {
  const { data: session } = useSession();
  const isUser = session?.kind === 'user';
  const isAllowed = useMay('act-as') || isUser;
  const notices = useNotices(conversationId, isAllowed ? userId : undefined, isUser);
  return (
    <Section title="Notifications">
      {isAllowed ? (
        <QueryState query={notices}>{(items) => <NoticeTable items={items} />}</QueryState>
      ) : (
        <Text c="dimmed">To see which notifications the user got needs a key with the scope act-as.</Text>
      )}
    </Section>
  );
}

function NoticeTable({ items }: { items: Notification[] }) {
  if (items.length === 0)
    return (
      <Text c="dimmed">None of the newest 100 notifications of the user is about this conversation.</Text>
    );
  return (
    <Table className={cards.cards} aria-label="Notifications">
      <Table.Thead>
        <Table.Tr>
          {['Time', 'Text', 'Shown', 'Acknowledged'].map((name) => (
            <Table.Th key={name}>{name}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              {item.switchId ? (
                <Link to={`/audit/${item.switchId}`}>
                  <Time at={item.createdAt} />
                </Link>
              ) : (
                <Time at={item.createdAt} />
              )}
            </Table.Td>
            <Table.Td data-label="Text">{item.message}</Table.Td>
            <Table.Td data-label="Shown">{item.shownAt ? <Time at={item.shownAt} /> : 'no'}</Table.Td>
            <Table.Td data-label="Acknowledged">
              {item.acknowledgedAt ? <Time at={item.acknowledgedAt} /> : 'no'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
