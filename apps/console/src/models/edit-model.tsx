import {
  Accordion,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { Dialog } from '../components/dialog.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { changesOf, FORMS, type ModelForm, modelForm, problemsOf, useEditModel } from './model-form.js';
import { type Model, useModels } from './use-models.js';

interface Props {
  model: Model;
  opened: boolean;
  onClose: () => void;
}

/** Edits a model; of one that is not approved, approves it. */
export function EditModel({ model, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`${model.available ? 'Edit' : 'Approve'} ${model.name}`}>
      <EditForm model={model} onClose={onClose} />
    </Dialog>
  );
}

function EditForm({ model, onClose }: Omit<Props, 'opened'>) {
  const form = useForm<ModelForm>({ initialValues: modelForm(model), validate: problemsOf });
  const edit = useEditModel(model.id);
  const save = form.onSubmit((values) => {
    const changes = changesOf(model, values);
    if (Object.keys(changes).length === 0) return onClose();
    edit.mutate(changes, { onSuccess: onClose });
  });
  return (
    <form onSubmit={save} noValidate>
      <Stack>
        <Fields form={form} model={model} />
        <Accordion variant="contained">
          <Accordion.Item value="forms">
            <Accordion.Control>Capabilities</Accordion.Control>
            <Accordion.Panel>
              <Capabilities form={form} />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        {edit.error && <ProblemAlert error={edit.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={edit.isPending}>
            {model.available ? 'Save' : 'Approve'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Fields({ form, model }: { form: UseFormReturnType<ModelForm>; model: Model }) {
  const { data: models = [] } = useModels();
  const { data: useCases = [] } = useUseCases();
  const successors = models
    .filter(({ id }) => id !== model.id)
    .map(({ id, name }) => ({ value: id, label: `${name} (${id})` }));
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Name" {...form.getInputProps('name')} />
        <TextInput label="Provider" {...form.getInputProps('provider')} />
        <Select
          label="Use case that it is meant for"
          data={useCases.map(({ name }) => name)}
          searchable
          limit={50}
          {...form.getInputProps('useCase')}
        />
        <NumberInput label="Quality tier" min={0} {...form.getInputProps('tier')} />
        <NumberInput label="Longest answer, tokens" min={1} {...form.getInputProps('maxTokens')} />
        <NumberInput label="Context window, tokens" min={1} {...form.getInputProps('contextWindow')} />
        <TextInput label="In, USD per 1,000 tokens" {...form.getInputProps('inputPricePer1k')} />
        <TextInput label="Out, USD per 1,000 tokens" {...form.getInputProps('outputPricePer1k')} />
        <TextInput label="Cache read, USD per 1,000 tokens" {...form.getInputProps('cacheReadPricePer1k')} />
        <TextInput
          label="Cache write, USD per 1,000 tokens"
          {...form.getInputProps('cacheWritePricePer1k')}
        />
      </SimpleGrid>
      <Select
        label="Successor"
        data={successors}
        searchable
        clearable
        limit={30}
        {...form.getInputProps('successorId')}
      />
      {!model.available && (
        <Checkbox
          label="Approve: operators and users may select it"
          {...form.getInputProps('available', { type: 'checkbox' })}
        />
      )}
    </>
  );
}

const STATEMENTS = [
  { value: '', label: 'not stated' },
  { value: 'yes', label: 'supported' },
  { value: 'no', label: 'not supported' },
];

function Capabilities({ form }: { form: UseFormReturnType<ModelForm> }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
      {FORMS.map((name) => (
        <NativeSelect
          key={name}
          label={name}
          data={STATEMENTS}
          {...form.getInputProps(`capabilities.${name}`)}
        />
      ))}
    </SimpleGrid>
  );
}
