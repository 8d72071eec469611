import { Button, Checkbox, Group, Radio, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ProposeInstead } from '../changes/propose-instead.js';
import type { Operation } from '../changes/use-changes.js';
import { QueryState } from '../components/query-state.js';
import { SidePanel } from '../components/side-panel.js';
import { type Model, useModels } from '../models/use-models.js';
import { MoveEffect } from './move-effect.js';
import { type MoveTarget, useMovePreview, useStartMove } from './use-moves.js';

interface Props {
  model: Model;
  /** Absent: everything that runs on the model. */
  useCases?: string[];
  opened: boolean;
  onClose: () => void;
}

/** Side panel that moves everything off a model: target, effect, reason, one confirmation. */
export function MovePanel({ model, useCases, opened, onClose }: Props) {
  return (
    <SidePanel title={`Move off ${model.name}`} opened={opened} onClose={onClose} size="xl">
      <MoveForm model={model} useCases={useCases} onClose={onClose} />
    </SidePanel>
  );
}

const FOLLOW: MoveTarget = { follow: true };

function MoveForm({ model, useCases, onClose }: Omit<Props, 'opened'>) {
  const [to, setTo] = useState<MoveTarget | undefined>(FOLLOW);
  const [details, setDetails] = useState({ reason: '', showNotification: true });
  const [isTried, setTried] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const order = to && { fromModelId: model.id, to, ...(useCases && { useCases }) };
  const preview = useMovePreview(order);
  const start = useStartMove();
  const lacksReason = details.reason.trim() === '';
  const confirm = () => {
    setTried(true);
    if (order && !lacksReason) start.mutate({ ...order, ...details, key }, { onSuccess: onClose });
  };
  return (
    <Stack>
      <TargetField model={model} to={to} onChange={setTo} />
      {order && <QueryState query={preview}>{(effect) => <MoveEffect preview={effect} />}</QueryState>}
      <Textarea
        label="Reason"
        description="Stored in the audit log and shown to users"
        required
        maxLength={500}
        autosize
        minRows={1}
        maxRows={4}
        error={isTried && lacksReason ? 'A move needs a reason.' : undefined}
        value={details.reason}
        onChange={(event) => setDetails({ ...details, reason: event.currentTarget.value })}
      />
      <Checkbox
        label="Notify users"
        checked={details.showNotification}
        onChange={(event) => setDetails({ ...details, showNotification: event.currentTarget.checked })}
      />
      {start.error && (
        <ProposeInstead
          error={start.error}
          operations={[moveOff(model.id, to, useCases)]}
          reason={details.reason}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={!order || preview.isFetching || preview.data?.useCases.length === 0}
          loading={start.isPending}
          onClick={confirm}
        >
          Move
        </Button>
      </Group>
    </Stack>
  );
}

const moveOff = (modelId: string, to: MoveTarget | undefined, useCases: string[] | undefined): Operation => ({
  kind: 'move-off-model',
  modelId,
  toModelId: to && 'modelId' in to ? to.modelId : null,
  useCases: useCases ?? null,
});

interface TargetProps {
  model: Model;
  to: MoveTarget | undefined;
  onChange: (to: MoveTarget | undefined) => void;
}

function TargetField({ model, to, onChange }: TargetProps) {
  const { data: models = [] } = useModels();
  const [kind, setKind] = useState('follow');
  const choose = (next: string) => {
    setKind(next);
    onChange(next === 'follow' ? FOLLOW : undefined);
  };
  const targets = models
    .filter(({ id, selectable }) => selectable && id !== model.id)
    .map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <>
      <Radio.Group label="Target" value={kind} onChange={choose}>
        <Stack gap={6} mt={4}>
          <Radio
            value="follow"
            label="Best candidate of each use case; pinned conversations follow their use case"
          />
          <Radio value="model" label="One model" />
        </Stack>
      </Radio.Group>
      {kind === 'model' && (
        <Select
          label="Model"
          placeholder="Name or id"
          data={targets}
          searchable
          limit={30}
          value={to && 'modelId' in to ? to.modelId : null}
          onChange={(modelId) => onChange(modelId === null ? undefined : { modelId })}
          nothingFoundMessage="No such selectable model"
        />
      )}
    </>
  );
}
