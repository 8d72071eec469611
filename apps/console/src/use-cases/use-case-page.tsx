import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useMay } from '../session/use-session.js';
import { SwitchFlow } from '../switching/switch-flow.js';
import { SwitchList } from '../switching/switch-list.js';
import { useMaySeeSwitches, useSwitches } from '../switching/use-switches.js';
import { Candidates } from './candidates.js';
import { OBJECTIVES } from './objectives.js';
import { UseCaseFacts } from './use-case-facts.js';
import { type UseCase, useCandidates, useUseCases } from './use-use-cases.js';

export function UseCasePage() {
  const { name = '' } = useParams();
  return (
    <QueryState query={useUseCases()}>
      {(all) => {
        const useCase = all.find((known) => known.name === name);
        return useCase ? <TheUseCase useCase={useCase} /> : <NoSuchUseCase name={name} />;
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

function TheUseCase({ useCase }: { useCase: UseCase }) {
  const candidates = useCandidates(useCase.name);
  const mayOperate = useMay('operate');
  return (
    <SwitchFlow target={{ useCase: useCase.name }}>
      {(open) => (
        <Page
          title={useCase.name}
          about={OBJECTIVES[useCase.objective].long}
          actions={mayOperate && <Actions open={open} />}
        >
          {!mayOperate && (
            <Text size="sm" c="dimmed">
              Switching a whole use case needs a service key with the scope operate.
            </Text>
          )}
          <Section title="Candidates">
            <QueryState query={candidates}>
              {(ranked) => (
                <Candidates ranked={ranked} useCase={useCase} onPick={mayOperate ? open : undefined} />
              )}
            </QueryState>
          </Section>
          <Section title="How it is ranked, and what happens by itself">
            <UseCaseFacts useCase={useCase} />
          </Section>
          <LastSwitches useCase={useCase.name} />
        </Page>
      )}
    </SwitchFlow>
  );
}

function Actions({ open }: { open: (modelId?: string | null) => void }) {
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => open(null)}>
        Take the best
      </Button>
      <Button onClick={() => open()}>Switch</Button>
    </Group>
  );
}

function LastSwitches({ useCase }: { useCase: string }) {
  const maySee = useMaySeeSwitches();
  const switches = useSwitches({ useCase });
  if (!maySee) return null;
  return (
    <Section title="Last switches">
      <QueryState query={switches}>
        {(found) =>
          found.length === 0 ? (
            <Text c="dimmed">Nothing was switched here yet.</Text>
          ) : (
            <SwitchList switches={found} />
          )
        }
      </QueryState>
    </Section>
  );
}
