import { Badge, Group, Radio, Stack, Text } from '@mantine/core';
import { formatUsd, perMillion } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { useModels } from '../models/use-models.js';
import { useSession } from '../session/use-session.js';
import { useCandidates } from '../use-cases/use-use-cases.js';
import type { Target } from './switch-request.js';
import classes from './switching.module.css';

interface Props {
  target: Target;
  value: string | null;
  onChange: (modelId: string) => void;
}

interface Choice {
  id: string;
  name: string;
  figures: string;
  /** Why it cannot be chosen; empty: it can. */
  against: string;
  active: boolean;
}

/** The candidates, the best first; then whatever else may be selected, which an operator may choose as well. */
export function ModelPicker({ target, value, onChange }: Props) {
  const candidates = useCandidates(target.useCase);
  const others = useOthers();
  return (
    <QueryState query={candidates}>
      {(ranked) => {
        const choices: Choice[] = ranked.map((model) => ({
          id: model.id,
          name: `${model.rank}. ${model.name}`,
          figures: `${formatUsd(model.expectedCostPerExchange)} an exchange`,
          against: model.reasons.map(({ detail }) => detail).join('; '),
          active: model.active,
        }));
        const rest = others.filter(({ id }) => !ranked.some((model) => model.id === id));
        return (
          <Radio.Group label="Model" value={value} onChange={onChange}>
            <Stack gap="xs" mt={4} className={classes.choices}>
              {[...choices, ...rest].map((choice) => (
                <OneChoice key={choice.id} choice={choice} />
              ))}
            </Stack>
          </Radio.Group>
        );
      }}
    </QueryState>
  );
}

/** People choose among the candidates of their use case only. */
function useOthers(): Choice[] {
  const { data: session } = useSession();
  const { data = [] } = useModels();
  if (session?.kind !== 'service') return [];
  return data
    .filter(({ selectable }) => selectable)
    .map(({ id, name, inputPricePer1k, outputPricePer1k }) => ({
      id,
      name,
      figures: `no candidate · ${perMillion(inputPricePer1k)} in, ${perMillion(outputPricePer1k)} out per million`,
      against: '',
      active: false,
    }));
}

function OneChoice({ choice: { id, name, figures, against, active } }: { choice: Choice }) {
  return (
    <Radio.Card value={id} disabled={against !== ''} className={classes.choice} aria-label={name}>
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator disabled={against !== ''} />
        <div>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {name}
            </Text>
            {active && <Badge>Active</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {against || figures}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
