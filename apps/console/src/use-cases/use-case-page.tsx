import { Anchor, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useCallback } from 'react';
import { Link, useParams } from 'react-router';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { useMay } from '../session/use-session.js';
import { SwitchFlow } from '../switching/switch-flow.js';
import { Candidates } from './candidates.js';
import { OBJECTIVES } from './objectives.js';
import { PolicyTab } from './policy-tab.js';
import { UseCaseFacts } from './use-case-facts.js';
import { UseCaseHistory } from './use-case-history.js';
import { type UseCase, useCandidates, useUseCases } from './use-use-cases.js';

export function UseCasePage() {
  const { name = '' } = useParams();
  return (
    <QueryState query={useUseCases()}>
      {(all) => {
        const useCase = all.find((known) => known.name === name);
        return useCase ? <TheUseCase key={name} useCase={useCase} /> : <NoSuchUseCase name={name} />;
      }}
    </QueryState>
  );
}

const NoSuchUseCase = ({ name }: { name: string }) => (
  <Page title="Use cases">
    <EmptyState title="No such use case">
      There is none called {name}.{' '}
      <Anchor component={Link} to="/use-cases" underline="always">
        All use cases
      </Anchor>
    </EmptyState>
  </Page>
);

type Open = (modelId?: string | null) => void;

function TheUseCase({ useCase }: { useCase: UseCase }) {
  const mayOperate = useMay('operate');
  return (
    <SwitchFlow target={{ useCase: useCase.name }}>
      {(open) => (
        <Page
          title={useCase.name}
          about={`Use case · ${OBJECTIVES[useCase.objective].long}`}
          actions={mayOperate && <Actions open={open} />}
        >
          {!mayOperate && (
            <Text size="sm" c="dimmed">
              Switching a whole use case needs a service key with the scope operate.
            </Text>
          )}
          <UseCaseTabs useCase={useCase} open={mayOperate ? open : undefined} />
        </Page>
      )}
    </SwitchFlow>
  );
}

function Actions({ open }: { open: Open }) {
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => open(null)}>
        Use best candidate
      </Button>
      <Button onClick={() => open()}>Switch</Button>
    </Group>
  );
}

const TABS = {
  now: 'Now',
  policy: 'Policy',
  conversations: 'Conversations',
  history: 'History',
  cost: 'Cost',
};

interface TabsProps {
  useCase: UseCase;
  open: Open | undefined;
}

/** Parts of the page; the address has the chosen one, and each is read when it is shown. */
function UseCaseTabs({ useCase, open }: TabsProps) {
  const filters = useFilters();
  const chosen = filters.of('tab');
  const query = `?useCase=${encodeURIComponent(useCase.name)}`;
  return (
    <Tabs
      value={chosen in TABS ? chosen : 'now'}
      onChange={(tab) => filters.set({ tab: tab === 'now' ? '' : (tab ?? ''), sort: '' })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        {Object.entries(TABS).map(([value, label]) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="now">
        <NowTab useCase={useCase} open={open} />
      </Tabs.Panel>
      <Tabs.Panel value="policy">
        <PolicyTab useCase={useCase} />
      </Tabs.Panel>
      <Tabs.Panel value="conversations">
        <Elsewhere to={`/conversations${query}`} label={`Conversations of ${useCase.name}`}>
          Conversations of this use case, with their model, their pin and the reason for it.
        </Elsewhere>
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <UseCaseHistory useCase={useCase.name} />
      </Tabs.Panel>
      <Tabs.Panel value="cost">
        <Elsewhere to={`/cost${query}`} label={`Cost of ${useCase.name}`}>
          Calls, cost and savings of this use case, by model and day.
        </Elsewhere>
      </Tabs.Panel>
    </Tabs>
  );
}

function Elsewhere({ to, label, children }: { to: string; label: string; children: string }) {
  return (
    <Section title={label}>
      <Text size="sm">{children}</Text>
      <Group>
        <Button component={Link} to={to} variant="default">
          Open {label}
        </Button>
      </Group>
    </Section>
  );
}

function NowTab({ useCase, open }: TabsProps) {
  const candidates = useCandidates(useCase.name);
  const pick = useCallback((modelId: string) => open?.(modelId), [open]);
  return (
    <Stack gap="lg">
      <Section title="Candidates">
        <QueryState query={candidates}>
          {(ranked) => <Candidates ranked={ranked} useCase={useCase} onPick={open && pick} />}
        </QueryState>
      </Section>
      <Section title="Ranking and automatic actions">
        <UseCaseFacts useCase={useCase} />
      </Section>
    </Stack>
  );
}
