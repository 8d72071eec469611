import { Button, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { Page } from '../components/page.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { Locked } from '../session/locked.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { CallTable } from './call-table.js';
import { type CallsFilter, callsFilterOf, OUTCOMES, TEXTS, type TextFilter, useCalls } from './use-calls.js';

/** Calls of models by request id, conversation or user: which models were asked, and why one failed. */
export function CallsPage() {
  const filters = useFilters();
  const filter = callsFilterOf(filters);
  const isAllowed = useAllowed(RIGHTS.calls);
  const calls = useCalls(filter, isAllowed);
  if (!isAllowed)
    return (
      <Page title="Calls">
        <Locked scope={RIGHTS.calls.scopes} />
      </Page>
    );
  return (
    <Page
      title="Calls"
      about="Calls of the last 31 days, with every model that was asked. Texts are not stored."
    >
      <Section title="Filter">
        <CallFilters key={JSON.stringify(filter)} filter={filter} onFilter={filters.set} />
      </Section>
      <CallTable
        calls={calls}
        none="Calls older than 31 days are not listed. Check the request id, or use fewer filters."
      />
    </Page>
  );
}

interface Props {
  filter: CallsFilter;
  onFilter: (changes: Record<string, string>) => void;
}

/** Reads the calls after the form is sent, not after each letter. */
function CallFilters({ filter, onFilter }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const fields = [...Object.keys(TEXTS), 'outcome'];
    onFilter(Object.fromEntries(fields.map((name) => [name, String(given.get(name) ?? '').trim()])));
  };
  const texts = Object.entries(TEXTS) as [TextFilter, string][];
  return (
    <form onSubmit={submit}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {texts.map(([name, label]) => (
          <TextInput key={name} name={name} label={label} maxLength={128} defaultValue={filter[name] ?? ''} />
        ))}
        <NativeSelect
          name="outcome"
          label="Outcome"
          data={[
            { value: '', label: 'All' },
            ...Object.entries(OUTCOMES).map(([value, label]) => ({ value, label })),
          ]}
          defaultValue={filter.outcome ?? ''}
        />
      </SimpleGrid>
      <Group mt="md">
        <Button type="submit">Apply</Button>
      </Group>
    </form>
  );
}
