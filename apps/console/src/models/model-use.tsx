import { Text } from '@mantine/core';
import { DescriptionList } from '../components/description-list.js';
import { formatCount } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { UseCaseLinks } from './use-case-links.js';
import { useAssistants, useModelUse } from './use-models.js';

/** Lists the use cases, conversations and assistants on a model, and the use cases that have it as a candidate. */
export function ModelUse({ modelId }: { modelId: string }) {
  const { data: useCases = [] } = useUseCases();
  const { data: assistants = [] } = useAssistants();
  const candidateIn = useCases.filter(
    ({ candidates, activeModelId }) => activeModelId !== modelId && candidates.includes(modelId),
  );
  return (
    <QueryState query={useModelUse(modelId)}>
      {({ useCases: active, conversations, conversationsCapped, following, pinned, pinnedWithoutEffect }) => {
        const more = conversationsCapped ? ' or more' : '';
        const answering = assistants.filter(({ useCase }) => active.includes(useCase));
        return (
          <>
            {active.length === 0 && conversations === 0 && (
              <Text size="sm" c="dimmed">
                Not in use: no use case and no conversation runs on it.
              </Text>
            )}
            <DescriptionList
              facts={{
                'Active in': active.length > 0 && <UseCaseLinks names={active} limit={20} />,
                'Following conversations': `${formatCount(following)}${more}`,
                'Pinned conversations': `${formatCount(pinned)}${more}`,
                'Pinned without effect': pinnedWithoutEffect > 0 && formatCount(pinnedWithoutEffect),
                Assistants: answering.map(({ name }) => name).join(', ') || '–',
                'Candidate in': candidateIn.length > 0 && (
                  <UseCaseLinks names={candidateIn.map(({ name }) => name)} limit={20} />
                ),
              }}
            />
          </>
        );
      }}
    </QueryState>
  );
}
