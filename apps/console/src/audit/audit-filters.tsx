import { Button, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Section } from '../components/section.js';
import { ACTIONS, type AuditFilter } from './use-audit.js';

interface Props {
  filter: AuditFilter;
  onFilter: (changes: Record<string, string>) => void;
}

const NOTHING = { conversationId: '', userId: '', useCase: '', action: '', from: '', to: '' };

/** The rows are read when one has said all of it, not with each letter. */
export function AuditFilters({ filter, onFilter }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const of = (name: string) => String(given.get(name) ?? '').trim();
    onFilter({
      conversationId: of('conversationId'),
      userId: of('userId'),
      useCase: of('useCase'),
      action: of('action'),
      from: toIso(of('from')),
      to: toIso(of('to')),
    });
  };
  return (
    <Section title="Filter">
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          <Text name="conversationId" label="Conversation" filter={filter} />
          <Text name="userId" label="User" filter={filter} />
          <Text name="useCase" label="Use case" filter={filter} />
          <NativeSelect
            name="action"
            label="Action"
            data={[
              { value: '', label: 'All' },
              ...Object.entries(ACTIONS).map(([value, label]) => ({ value, label })),
            ]}
            defaultValue={filter.action ?? ''}
          />
          <Time name="from" label="From" filter={filter} />
          <Time name="to" label="Before" filter={filter} />
        </SimpleGrid>
        <Group mt="md" gap="xs">
          <Button type="submit">Filter</Button>
          <Button variant="default" onClick={() => onFilter(NOTHING)}>
            Show all
          </Button>
        </Group>
      </form>
    </Section>
  );
}

interface Field<Name> {
  name: Name;
  label: string;
  filter: AuditFilter;
}

const Text = ({ name, label, filter }: Field<'conversationId' | 'userId' | 'useCase'>) => (
  <TextInput name={name} label={label} maxLength={128} defaultValue={filter[name] ?? ''} />
);

const Time = ({ name, label, filter }: Field<'from' | 'to'>) => (
  <TextInput name={name} label={label} type="datetime-local" step={1} defaultValue={toLocal(filter[name])} />
);

/** Converts from the local time of a browser's field. */
const toIso = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

function toLocal(iso: string | undefined): string {
  if (!iso) return '';
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
