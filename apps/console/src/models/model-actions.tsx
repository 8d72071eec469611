import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useFilters } from '../components/use-filters.js';
import { MovePanel } from '../moves/move-panel.js';
import { EditModel } from './edit-model.js';
import { RetireModel } from './retire-model.js';
import type { Model } from './use-models.js';

/** Changes of a model that an operator may make; `?move=1` in the address opens the move. */
export function ModelActions({ model }: { model: Model }) {
  const [isEditing, editing] = useDisclosure();
  const [isRetiring, retiring] = useDisclosure();
  const filters = useFilters();
  const useCase = filters.of('useCase');
  return (
    <Group gap="xs">
      {model.available ? (
        <>
          <Button variant="default" onClick={retiring.open}>
            Retire
          </Button>
          <Button variant="default" onClick={editing.open}>
            Edit
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={editing.open}>
          Approve
        </Button>
      )}
      <Button onClick={() => filters.set({ move: '1' })}>Move off this model</Button>
      <EditModel model={model} opened={isEditing} onClose={editing.close} />
      <RetireModel model={model} opened={isRetiring} onClose={retiring.close} />
      <MovePanel
        key={useCase}
        model={model}
        useCases={useCase === '' ? undefined : [useCase]}
        opened={filters.of('move') !== ''}
        onClose={() => filters.set({ move: '', useCase: '' })}
      />
    </Group>
  );
}
