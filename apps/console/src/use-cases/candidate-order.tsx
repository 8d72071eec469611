import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { ActionIcon, CloseButton, Group, Paper, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../components/icon.js';
import { useModels } from '../models/use-models.js';

interface Props {
  /** Model ids, best first. */
  value: string[];
  onChange: (ids: string[]) => void;
  error?: ReactNode;
}

/** Order of the candidates: by dragging, or by keyboard with Space and the arrows; models are added and removed. */
export function CandidateOrder({ value, onChange, error }: Props) {
  const { data: models = [] } = useModels();
  const nameOf = (id: unknown) => models.find((model) => model.id === id)?.name ?? String(id);
  const sensors = useSensors(
    useSensor(PointerSensor),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id)
      onChange(arrayMove(value, value.indexOf(String(active.id)), value.indexOf(String(over.id))));
  };
  const others = models.filter(({ id }) => !value.includes(id));
  return (
    <Stack gap="xs" role="group" aria-label="Candidates">
      <div>
        <Text size="sm" fw={500}>
          Candidates, best first
        </Text>
        <Text size="xs" c="dimmed">
          Drag to reorder. With the keyboard: Space, arrow keys, Space.
        </Text>
      </div>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={{ announcements: announcementsOf(nameOf, value) }}
      >
        <SortableContext items={value} strategy={verticalListSortingStrategy}>
          {value.map((id, index) => (
            <SortableCandidate
              key={id}
              id={id}
              label={`${index + 1}. ${nameOf(id)}`}
              onRemove={value.length > 1 ? () => onChange(value.filter((other) => other !== id)) : undefined}
            />
          ))}
        </SortableContext>
      </DndContext>
      <Select
        label="Add a candidate"
        placeholder="Name or id"
        searchable
        limit={30}
        error={error}
        data={others.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
        value={null}
        onChange={(id) => id && onChange([...value, id])}
        nothingFoundMessage="No such model"
      />
    </Stack>
  );
}

function announcementsOf(nameOf: (id: unknown) => string, value: string[]): Announcements {
  const place = (id: unknown) => `position ${value.indexOf(String(id)) + 1} of ${value.length}`;
  return {
    onDragStart: ({ active }) => `Picked up ${nameOf(active.id)}, ${place(active.id)}.`,
    onDragOver: ({ active, over }) => over && `${nameOf(active.id)} is over ${place(over.id)}.`,
    onDragEnd: ({ active, over }) => `Dropped ${nameOf(active.id)}${over ? ` at ${place(over.id)}` : ''}.`,
    onDragCancel: ({ active }) => `Moving ${nameOf(active.id)} was cancelled.`,
  } as Announcements;
}

const GRIP = 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01';

function SortableCandidate({ id, label, onRemove }: { id: string; label: string; onRemove?: () => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id,
  });
  const style = {
    transform: transform ? `translate3d(0, ${Math.round(transform.y)}px, 0)` : undefined,
    transition,
  };
  return (
    <Paper ref={setNodeRef} style={style} withBorder px="sm" py={6}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            ref={setActivatorNodeRef}
            {...attributes}
            {...listeners}
            variant="subtle"
            aria-label={`Move ${label}`}
            style={{ touchAction: 'none' }}
          >
            <Icon path={GRIP} />
          </ActionIcon>
          <Text size="sm">{label}</Text>
        </Group>
        {onRemove && <CloseButton size="sm" aria-label={`Remove ${label}`} onClick={onRemove} />}
      </Group>
    </Paper>
  );
}
