import { Badge, Button, Drawer, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import type { FormEvent } from 'react';
import { Section } from '../components/section.js';
import { ACTIONS, type AuditFilter, NO_FILTER, SCOPES, TEXTS, type TextFilter } from './use-audit.js';

interface Props {
  filter: AuditFilter;
  onFilter: (changes: Record<string, string>) => void;
}

/** The filters beside the list where there is room, else in a drawer. */
export function AuditFilters({ filter, onFilter }: Props) {
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const [isOpen, { open, close }] = useDisclosure();
  if (isWide)
    return (
      <Section title="Filter">
        <FilterForm filter={filter} onFilter={onFilter} />
      </Section>
    );
  const count = Object.keys(filter).length;
  return (
    <>
      <Group>
        <Button variant="default" onClick={open} rightSection={count > 0 && <Badge>{count}</Badge>}>
          Filter
        </Button>
      </Group>
      <Drawer
        opened={isOpen}
        onClose={close}
        title="Filter"
        position="bottom"
        size="100%"
        closeButtonProps={{ 'aria-label': 'Close the filters' }}
      >
        <FilterForm
          filter={filter}
          onFilter={(changes) => {
            onFilter(changes);
            close();
          }}
        />
      </Drawer>
    </>
  );
}

/** Reads the rows after the form is sent, not after each letter. */
function FilterForm({ filter, onFilter }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const of = (name: string) => String(given.get(name) ?? '').trim();
    const fields = Object.keys(NO_FILTER).map((name) => [name, of(name)]);
    onFilter({ ...Object.fromEntries(fields), from: toIso(of('from')), to: toIso(of('to')) });
  };
  const texts = Object.entries(TEXTS) as [TextFilter, string][];
  return (
    <form onSubmit={submit}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        {texts.map(([name, label]) => (
          <TextInput key={name} name={name} label={label} maxLength={128} defaultValue={filter[name] ?? ''} />
        ))}
        <Choice name="action" label="Action" choices={ACTIONS} value={filter.action} />
        <Choice name="scope" label="Switches of" choices={SCOPES} value={filter.scope} />
        <Time name="from" label="From" value={filter.from} />
        <Time name="to" label="Before" value={filter.to} />
      </SimpleGrid>
      <Group mt="md" gap="xs">
        <Button type="submit">Apply</Button>
        <Button variant="default" onClick={() => onFilter(NO_FILTER)}>
          Show all
        </Button>
      </Group>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  choices: Record<string, string>;
  value: string | undefined;
}

const Choice = ({ name, label, choices, value = '' }: ChoiceProps) => (
  <NativeSelect
    name={name}
    label={label}
    data={[
      { value: '', label: 'All' },
      ...Object.entries(choices).map(([choice, text]) => ({ value: choice, label: text })),
    ]}
    defaultValue={value}
  />
);

const Time = ({ name, label, value }: { name: string; label: string; value: string | undefined }) => (
  <TextInput name={name} label={label} type="datetime-local" step={1} defaultValue={toLocal(value)} />
);

/** Converts from the local time of a browser's field. */
const toIso = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

function toLocal(iso: string | undefined): string {
  if (!iso) return '';
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
