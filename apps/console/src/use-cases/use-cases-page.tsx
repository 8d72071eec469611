import { Anchor, Badge, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { ModelLink } from '../models/model-link.js';
import { useModels } from '../models/use-models.js';
import { OBJECTIVES } from './objectives.js';
import { type UseCase, useUseCases } from './use-use-cases.js';

export function UseCasesPage() {
  return (
    <Page title="Use cases" about="The active model of each use case. Conversations without a pin follow it.">
      <QueryState query={useUseCases()}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="No use case yet">
              An operator makes one: orchestrate-bedrock use-cases edit.
            </EmptyState>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {all.map((useCase) => (
                <UseCaseCard key={useCase.name} useCase={useCase} />
              ))}
            </SimpleGrid>
          )
        }
      </QueryState>
    </Page>
  );
}

function UseCaseCard({ useCase: { name, objective, activeModelId, candidates } }: { useCase: UseCase }) {
  return (
    <Paper withBorder p="lg" component="article" aria-label={name}>
      <Group justify="space-between">
        <Anchor component={Link} to={`/use-cases/${encodeURIComponent(name)}`} fw={650} size="lg">
          {name}
        </Anchor>
        <Badge color="gray">{OBJECTIVES[objective].short}</Badge>
      </Group>
      <Text mt="sm">
        <ModelLink id={activeModelId} />
      </Text>
      <ActiveHealth modelId={activeModelId} />
      <Text size="sm" c="dimmed">
        {candidates.length} {candidates.length === 1 ? 'candidate' : 'candidates'}
      </Text>
    </Paper>
  );
}

/** Only what needs somebody is said. */
function ActiveHealth({ modelId }: { modelId: string }) {
  const { data } = useModels();
  const model = data?.find(({ id }) => id === modelId);
  if (!model || model.selectable) return null;
  return (
    <Badge color="red" mt={4}>
      Not selectable: the best candidate answers
    </Badge>
  );
}
