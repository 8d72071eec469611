import { Button, CloseButton, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigationType } from 'react-router';
import { SidePanel } from './side-panel.js';
import { useFilters } from './use-filters.js';

/** A choice that narrows a list; its value is in the address. */
export interface Facet<Row> {
  /** Name in the address. */
  id: string;
  label: string;
  options: readonly { value: string; label: string }[];
  matches: (row: Row, value: string) => boolean;
}

interface Filtering<Row> {
  /** Text in which the search looks. */
  text: (row: Row) => string;
  facets: readonly Facet<Row>[];
}

/** Returns the rows that fit the search and the facets in the address. */
export function useFilteredRows<Row>(rows: readonly Row[], { text, facets }: Filtering<Row>): Row[] {
  const filters = useFilters();
  const words = filters.of('q').toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = facets
    .map((facet) => ({ facet, value: filters.of(facet.id) }))
    .filter(({ value }) => value !== '');
  return rows.filter((row) => {
    const found = text(row).toLowerCase();
    return (
      words.every((word) => found.includes(word)) &&
      chosen.every(({ facet, value }) => facet.matches(row, value))
    );
  });
}

interface Props<Row> {
  /** Name of the search field. */
  label: string;
  placeholder: string;
  facets: readonly Facet<Row>[];
}

/** The search field and the facets of a list; narrow screens have the facets in a drawer. */
export function TableFilters<Row>({ label, placeholder, facets }: Props<Row>) {
  const isWide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  return (
    <Group align="flex-end" gap="sm">
      <SearchField label={label} placeholder={placeholder} />
      {isWide ? <FacetFields facets={facets} /> : <FacetDrawer facets={facets} />}
    </Group>
  );
}

function SearchField({ label, placeholder }: { label: string; placeholder: string }) {
  const filters = useFilters();
  const inAddress = filters.of('q');
  const [text, setText] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  const navigation = useNavigationType();
  // Typing replaces the address, which follows later; any other navigation decides the text.
  if (inAddress !== seen) {
    setSeen(inAddress);
    if (navigation !== 'REPLACE') setText(inAddress);
  }
  const search = (q: string) => {
    setText(q);
    filters.set({ q });
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={placeholder}
      value={text}
      maxLength={200}
      onChange={(event) => search(event.currentTarget.value)}
      rightSection={
        text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => search('')} />
      }
      flex="1 1 200px"
    />
  );
}

function FacetFields<Row>({ facets }: { facets: readonly Facet<Row>[] }) {
  const filters = useFilters();
  return facets.map(({ id, label, options }) => (
    <Select
      key={id}
      aria-label={label}
      placeholder={label}
      data={options}
      value={filters.of(id) || null}
      onChange={(value) => filters.set({ [id]: value ?? '' })}
      clearable
      searchable={options.length > 8}
      limit={50}
      w={{ base: '100%', sm: 150 }}
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
    />
  ));
}

function FacetDrawer<Row>({ facets }: { facets: readonly Facet<Row>[] }) {
  const filters = useFilters();
  const [opened, { open, close }] = useDisclosure();
  const count = facets.filter(({ id }) => filters.of(id) !== '').length;
  return (
    <>
      <Button variant="default" onClick={open}>
        Filters{count > 0 && ` (${count})`}
      </Button>
      <SidePanel opened={opened} onClose={close} title="Filters" position="bottom" size="auto">
        <Stack>
          <FacetFields facets={facets} />
          <Button onClick={close}>Show the list</Button>
        </Stack>
      </SidePanel>
    </>
  );
}
