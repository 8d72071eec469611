import { Alert, Anchor, Group, List, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { formatCount, formatMoment } from '../components/format.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useBreakers } from '../live/breakers.js';
import { Lifecycle, Selectability } from './model-badges.js';
import { ModelFacts } from './model-facts.js';
import { ModelLink } from './model-link.js';
import { ModelVerdicts } from './model-verdicts.js';
import { UseCaseLinks } from './use-case-links.js';
import { type Model, useModels, useModelUse } from './use-models.js';

export function ModelPage() {
  const { id = '' } = useParams();
  const models = useModels();
  return (
    <QueryState query={models}>
      {(all) => {
        const model = all.find((known) => known.id === id);
        return model ? <TheModel model={model} /> : <NoSuchModel id={id} />;
      }}
    </QueryState>
  );
}

const NoSuchModel = ({ id }: { id: string }) => (
  <Page title="Models">
    <EmptyState title="No such model">
      {id} is not in the catalogue.{' '}
      <Anchor component={Link} to="/models" underline="always">
        All models
      </Anchor>
    </EmptyState>
  </Page>
);

function TheModel({ model }: { model: Model }) {
  return (
    <Page
      title={model.name}
      about={
        <Group gap="xs" mt={4}>
          <Selectability model={model} />
          <Lifecycle lifecycle={model.lifecycle} />
          <Text size="sm">{model.provider}</Text>
        </Group>
      }
    >
      <WhyNot model={model} />
      <OpenBreaker modelId={model.id} />
      <Section title="What runs on it">
        <Runs modelId={model.id} />
      </Section>
      <Section title="Figures">
        <ModelFacts model={model} />
      </Section>
      <ModelVerdicts modelId={model.id} />
    </Page>
  );
}

function WhyNot({ model: { selectable, reasons, successor } }: { model: Model }) {
  if (selectable) return null;
  return (
    <Alert color="red" title="It cannot be selected" role="note">
      <List size="sm">
        {reasons.map(({ code, detail }) => (
          <List.Item key={code}>{detail}</List.Item>
        ))}
      </List>
      {successor && (
        <Text size="sm" mt="xs">
          Its successor is <ModelLink id={successor} isInText />.
        </Text>
      )}
    </Alert>
  );
}

/** A breaker is not a reason against selecting: chats go to a candidate meanwhile, and come back by themselves. */
function OpenBreaker({ modelId }: { modelId: string }) {
  const { data = [] } = useBreakers();
  const breaker = data.find((open) => open.modelId === modelId);
  if (!breaker) return null;
  return (
    <Alert color="orange" title="Breaker open" role="note">
      Chats are not sent to it after failures ({breaker.kind}). The next probe is at{' '}
      {formatMoment(breaker.recheckAt)}.
    </Alert>
  );
}

function Runs({ modelId }: { modelId: string }) {
  return (
    <QueryState query={useModelUse(modelId)}>
      {({ useCases, conversations, conversationsCapped }) =>
        useCases.length === 0 && conversations === 0 ? (
          <Text c="dimmed">Nothing: neither a use case nor a conversation.</Text>
        ) : (
          <Group gap="xl">
            {useCases.length > 0 && <UseCaseLinks names={useCases} />}
            <Text size="sm">
              {formatCount(conversations)}
              {conversationsCapped && ' or more'} {conversations === 1 ? 'conversation' : 'conversations'}
            </Text>
          </Group>
        )
      }
    </QueryState>
  );
}
