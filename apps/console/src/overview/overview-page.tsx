import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ChangesNeedYou } from '../changes/changes-need-you.js';
import { DataTable } from '../components/data-table.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useMay } from '../session/use-session.js';
import { SwitchFlow } from '../switching/switch-flow.js';
import { AttentionList } from './attention-list.js';
import { OVERVIEW_COLUMNS, SwitchOf } from './overview-columns.js';
import { type UseCaseOverview, useOverview } from './use-overview.js';

/** Home: whether all is well, and what needs the reader. */
export function OverviewPage() {
  const maySwitch = useAllowed(RIGHTS.operate);
  const [useCase, setUseCase] = useState('');
  return (
    <SwitchFlow target={{ useCase }}>
      {(open) => {
        const switchOf = (name: string) => {
          setUseCase(name);
          open();
        };
        return (
          <SwitchOf value={maySwitch ? switchOf : undefined}>
            <Content />
          </SwitchOf>
        );
      }}
    </SwitchFlow>
  );
}

function Content() {
  const mayVerify = useMay('audit');
  return (
    <Page
      title="Overview"
      about="What needs you, and how each use case does."
      actions={
        mayVerify && (
          <Button component={Link} to="/audit?verify=now" variant="default">
            Verify the audit
          </Button>
        )
      }
    >
      <QueryState query={useOverview()}>
        {({ attention, useCases }) => (
          <>
            <AttentionList items={attention} />
            <ChangesNeedYou />
            <UseCases useCases={useCases} />
          </>
        )}
      </QueryState>
    </Page>
  );
}

function UseCases({ useCases }: { useCases: UseCaseOverview[] }) {
  const filters = useFilters();
  const text = filters.of('q');
  const shown = useCases.filter(({ name, activeModelId }) =>
    `${name} ${activeModelId}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  if (useCases.length === 0)
    return (
      <EmptyState title="No use case yet">
        Add the first one on the page Use cases, or apply a settings file.
      </EmptyState>
    );
  return (
    <Section title="Use cases">
      <TextInput
        aria-label="Find a use case"
        placeholder="Use case or model"
        value={text}
        maxLength={200}
        onChange={(event) => filters.set({ q: event.currentTarget.value })}
      />
      {shown.length === 0 ? (
        <EmptyState title="No such use case">Try fewer letters.</EmptyState>
      ) : (
        <DataTable label="Use cases" rows={shown} columns={OVERVIEW_COLUMNS} rowId={({ name }) => name} />
      )}
    </Section>
  );
}
