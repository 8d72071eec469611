import { Alert, Button, Stack, Text } from '@mantine/core';
import { ModelLink } from '../models/model-link.js';
import type { Switch } from './switch-list.js';
import type { ScopeState, Target } from './switch-request.js';

interface Props {
  target: Target;
  /** The scope as the dialog began with it. */
  base: ScopeState;
  now: ScopeState;
  onGoOn: () => void;
}

/** Somebody else was quicker: who, and from what to what. Nothing is switched before the next decision. */
export function ChangedMeanwhile({ target, base, now, onGoOn }: Props) {
  const { lastSwitch } = now;
  const isNew = lastSwitch !== undefined && lastSwitch.id !== base.lastSwitch?.id;
  return (
    <Alert color="orange" role="alert" title="Changed meanwhile">
      <Stack gap="xs" align="flex-start">
        {isNew ? <WhoSwitched item={lastSwitch} /> : <WhatIsSo target={target} now={now} />}
        <Text size="sm">You have switched nothing. Look at it again before you do.</Text>
        <Button size="xs" variant="default" onClick={onGoOn}>
          Decide on what is so now
        </Button>
      </Stack>
    </Alert>
  );
}

function WhoSwitched({ item }: { item: Switch }) {
  const { actor, onBehalfOf, conversationId, useCase, previousModelId, newModelId, reason } = item;
  return (
    <Text size="sm">
      {actor}
      {onBehalfOf && ` for ${onBehalfOf}`} has switched {conversationId ?? `all of ${useCase}`} from{' '}
      <ModelLink id={previousModelId} isInText /> to <ModelLink id={newModelId} isInText />
      {reason && `: ${reason}`}
    </Text>
  );
}

function WhatIsSo({ target: { conversationId, useCase }, now: { modelId } }: Pick<Props, 'target' | 'now'>) {
  return (
    <Text size="sm">
      {conversationId ?? useCase} is not as it was when you began.{' '}
      {modelId && (
        <>
          It runs on <ModelLink id={modelId} isInText /> now.
        </>
      )}
    </Text>
  );
}
