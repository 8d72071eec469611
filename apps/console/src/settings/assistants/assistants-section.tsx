import { Button, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMemo } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.js';
import type { DataColumn } from '../../components/data-table.js';
import { Dialog, useDialog } from '../../components/dialog.js';
import { DialogForm } from '../../components/dialog-form.js';
import { EmptyState } from '../../components/query-state.js';
import { QueryTable } from '../../components/query-table.js';
import { useMay } from '../../session/use-session.js';
import { useUseCases } from '../../use-cases/use-use-cases.js';
import { type Assistant, deleteAssistant, useAssistants, useSaveAssistant } from './use-assistants.js';

const NEW: Assistant = { id: '', name: '', useCase: '', hasSystemPrompt: false };

/** Assistants of the application, and the use case of each. */
export function AssistantsSection() {
  const assistants = useAssistants();
  const mayEdit = useMay('operate');
  const editing = useDialog<Assistant>();
  const deleting = useDialog<Assistant>();
  const columns = useMemo(
    () => columnsOf(mayEdit ? { edit: editing.open, remove: deleting.open } : undefined),
    // `open` never changes.
    [mayEdit],
  );
  const isNew = editing.item?.id === '';
  return (
    <>
      <Group justify="space-between">
        <Text c="dimmed" size="sm">
          An assistant maps to one use case: a call that names the assistant is of that use case.
        </Text>
        {mayEdit && <Button onClick={() => editing.open(NEW)}>Create assistant</Button>}
      </Group>
      <QueryTable
        query={assistants}
        label="Assistants"
        columns={columns}
        none={
          <EmptyState title="No assistant yet">
            Calls may name a use case directly. Create an assistant where the application has its own ids.
          </EmptyState>
        }
      />
      <Dialog
        title={isNew ? 'Create an assistant' : `Edit ${editing.item?.name}`}
        opened={editing.opened}
        onClose={editing.close}
      >
        {editing.item && <AssistantForm of={editing.item} onClose={editing.close} />}
      </Dialog>
      <ConfirmDialog
        title={`Delete ${deleting.item?.name}`}
        action="Delete"
        isDangerous
        opened={deleting.opened}
        onClose={deleting.close}
        onConfirm={() => deleteAssistant(deleting.item!.id)}
      >
        Calls that name the assistant are refused. An assistant that a key names as its default stays.
      </ConfirmDialog>
    </>
  );
}

interface Actions {
  edit: (assistant: Assistant) => void;
  remove: (assistant: Assistant) => void;
}

const columnsOf = (actions?: Actions): DataColumn<Assistant>[] => [
  { id: 'name', header: 'Name', value: ({ name }) => name, cell: ({ name }) => name },
  { id: 'id', header: 'Id', from: 'sm', value: ({ id }) => id, cell: ({ id }) => id },
  { id: 'useCase', header: 'Use case', value: ({ useCase }) => useCase, cell: ({ useCase }) => useCase },
  {
    id: 'prompt',
    header: 'System prompt',
    from: 'sm',
    value: ({ hasSystemPrompt }) => (hasSystemPrompt ? 'Set' : 'None'),
    cell: ({ hasSystemPrompt }) => (hasSystemPrompt ? 'Set' : 'None'),
  },
  ...(actions
    ? [
        {
          id: 'actions',
          header: 'Actions',
          cell: (assistant: Assistant) => <RowActions of={assistant} {...actions} />,
        },
      ]
    : []),
];

const RowActions = ({ of, edit, remove }: Actions & { of: Assistant }) => (
  <Group gap={4}>
    <Button size="compact-xs" variant="default" aria-label={`Edit ${of.name}`} onClick={() => edit(of)}>
      Edit
    </Button>
    <Button
      size="compact-xs"
      variant="light"
      color="red"
      aria-label={`Delete ${of.name}`}
      onClick={() => remove(of)}
    >
      Delete
    </Button>
  </Group>
);

function AssistantForm({ of, onClose }: { of: Assistant; onClose: () => void }) {
  const { data: useCases = [] } = useUseCases();
  const save = useSaveAssistant();
  const isNew = of.id === '';
  const form = useForm({
    initialValues: { id: of.id, name: of.name, useCase: of.useCase, systemPrompt: '' },
    validate: {
      id: (id) => (id.trim() === '' ? 'Enter the id that the application uses' : null),
      name: (name) => (name.trim() === '' ? 'Enter a name' : null),
      useCase: (useCase) => (useCase === '' ? 'Choose a use case' : null),
    },
  });
  const submit = form.onSubmit(({ systemPrompt, ...assistant }) =>
    save.mutate({ ...assistant, ...(systemPrompt !== '' && { systemPrompt }) }, { onSuccess: onClose }),
  );
  return (
    <DialogForm
      action="Save"
      isPending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {isNew && <TextInput label="Id" autoComplete="off" data-autofocus {...form.getInputProps('id')} />}
      <TextInput label="Name" autoComplete="off" {...form.getInputProps('name')} />
      <NativeSelect
        label="Use case"
        data={[
          ...(of.useCase === '' ? [{ value: '', label: 'Choose' }] : []),
          ...useCases.map(({ name }) => name),
        ]}
        {...form.getInputProps('useCase')}
      />
      <Textarea
        label="System prompt"
        description={
          of.hasSystemPrompt ? 'Empty: the present one stays' : 'Replaces the system prompt of users'
        }
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('systemPrompt')}
      />
    </DialogForm>
  );
}
