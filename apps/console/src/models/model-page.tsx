import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { formatMoment } from '../components/format.js';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useBreakers } from '../live/breakers.js';
import { MovesOfModel } from '../moves/moves-of-model.js';
import { useMay } from '../session/use-session.js';
import { ModelActions } from './model-actions.js';
import { Lifecycle, Selectability } from './model-badges.js';
import { ModelFacts } from './model-facts.js';
import { ModelLink } from './model-link.js';
import { ModelUse } from './model-use.js';
import { ModelVerdicts } from './model-verdicts.js';
import { PriceHistory } from './price-history.js';
import { type Model, useModels } from './use-models.js';

export function ModelPage() {
  const { id = '' } = useParams();
  const models = useModels();
  return (
    <QueryState query={models}>
      {(all) => {
        const model = all.find((known) => known.id === id);
        return model ? <TheModel key={id} model={model} /> : <NoSuchModel id={id} />;
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
  const mayOperate = useMay('operate');
  return (
    <Page
      title={model.name}
      about={
        <Group gap="xs" mt={4}>
          <Text size="sm">Model</Text>
          <Selectability model={model} />
          <Lifecycle lifecycle={model.lifecycle} />
          <Text size="sm">{model.provider}</Text>
        </Group>
      }
      actions={mayOperate && <ModelActions model={model} />}
    >
      <WhyNot model={model} />
      <OpenBreaker modelId={model.id} />
      <MovesOfModel modelId={model.id} />
      <Section title="Use" actions={<Elsewhere modelId={model.id} />}>
        <ModelUse modelId={model.id} />
      </Section>
      <Section title="Figures">
        <ModelFacts model={model} />
      </Section>
      <PriceHistory modelId={model.id} />
      <ModelVerdicts modelId={model.id} />
    </Page>
  );
}

function Elsewhere({ modelId }: { modelId: string }) {
  const query = `?modelId=${encodeURIComponent(modelId)}`;
  const links = { Conversations: '/conversations', Calls: '/calls', Cost: '/cost', Switches: '/audit' };
  return (
    <Group gap="xs">
      {Object.entries(links).map(([label, to]) => (
        <Button key={to} component={Link} to={`${to}${query}`} size="xs" variant="default">
          {label}
        </Button>
      ))}
    </Group>
  );
}

function WhyNot({ model: { selectable, reasons, successor } }: { model: Model }) {
  if (selectable) return null;
  return (
    <Alert color="red" title="Not selectable" role="note">
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

/** A breaker is no reason against selecting: chats go to another candidate until a probe succeeds. */
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
