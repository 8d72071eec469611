import { Badge, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
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

/** A longer list is searched, not scrolled. */
const MAX_SHOWN = 15;
const SEARCH_FROM = 6;

/** Candidates, best first; then other selectable models, which an operator may choose as well. */
export function ModelPicker({ target, value, onChange }: Props) {
  const candidates = useCandidates(target.useCase);
  const others = useOthers();
  const [search, setSearch] = useState('');
  return (
    <QueryState query={candidates}>
      {(ranked) => {
        const choices: Choice[] = ranked.map((model) => ({
          id: model.id,
          name: `${model.rank}. ${model.name}`,
          figures: `${formatUsd(model.expectedCostPerExchange)} per exchange`,
          against: model.reasons.map(({ detail }) => detail).join('; '),
          active: model.active,
        }));
        const all = [...choices, ...others.filter(({ id }) => !ranked.some((model) => model.id === id))];
        const found = all.filter((choice) => fits(choice, search) || choice.id === value);
        return (
          <Stack gap={6}>
            {all.length >= SEARCH_FROM && (
              <TextInput
                label="Find a model"
                placeholder="Name or id"
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
              />
            )}
            <Radio.Group label="Model" value={value} onChange={onChange}>
              <Stack gap="xs" mt={4} className={classes.choices}>
                {found.slice(0, MAX_SHOWN).map((choice) => (
                  <OneChoice key={choice.id} choice={choice} />
                ))}
              </Stack>
            </Radio.Group>
            <Text size="xs" c="dimmed" role="status">
              {counted(found.length)}
            </Text>
          </Stack>
        );
      }}
    </QueryState>
  );
}

function counted(found: number): string {
  if (found === 0) return 'No selectable model has this name or id.';
  return found > MAX_SHOWN ? `${MAX_SHOWN} of ${found} models. Search to see others.` : '';
}

function fits({ id, name }: Choice, search: string): boolean {
  const text = `${name} ${id}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
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
      figures: `not a candidate · ${perMillion(inputPricePer1k)} in, ${perMillion(outputPricePer1k)} out per million tokens`,
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
