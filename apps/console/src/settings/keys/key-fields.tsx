import {
  Checkbox,
  Fieldset,
  MultiSelect,
  NativeSelect,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useModels } from '../../models/use-models.js';
import { useUseCases } from '../../use-cases/use-use-cases.js';
import { useAssistants } from '../assistants/use-assistants.js';
import { type KeyValues, SCOPES } from './key-values.js';

export type KeyForm = Pick<UseFormReturnType<KeyValues>, 'values' | 'getInputProps' | 'setFieldValue'>;

const LIFETIMES = [
  { value: '', label: 'Never' },
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
  { value: '365', label: 'After a year' },
];

/** Typing finds the others. */
const MAX_OPTIONS = 100;

/** Name, scopes and expiry: only a new key can choose them. */
export function IdentityFields({ form }: { form: KeyForm }) {
  return (
    <>
      <TextInput
        label="Name"
        description="Audit rows contain it as service:<name>"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label="Scopes" {...form.getInputProps('scopes')}>
        <Stack gap="xs" mt="xs">
          {Object.entries(SCOPES).map(([scope, description]) => (
            <Checkbox key={scope} value={scope} label={scope} description={description} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect label="Expires" data={LIFETIMES} {...form.getInputProps('lifetime')} />
    </>
  );
}

/** Values that hold for a call which says nothing else. */
export function DefaultFields({ form }: { form: KeyForm }) {
  const { data: useCases = [] } = useUseCases();
  const { data: assistants = [] } = useAssistants();
  return (
    <Fieldset legend="Defaults of a call that says nothing else">
      <Stack gap="sm">
        <Select
          label="Use case"
          placeholder="platform"
          data={options(
            useCases.map(({ name }) => name),
            form.values.useCase,
          )}
          searchable
          clearable
          limit={MAX_OPTIONS}
          value={form.values.useCase || null}
          onChange={(useCase) => form.setFieldValue('useCase', useCase ?? '')}
        />
        <Select
          label="Assistant"
          description="Its use case applies if no use case is chosen above"
          placeholder="None"
          data={options(
            assistants.map(({ id }) => id),
            form.values.assistantId,
          )}
          searchable
          clearable
          limit={MAX_OPTIONS}
          value={form.values.assistantId || null}
          onChange={(assistantId) => form.setFieldValue('assistantId', assistantId ?? '')}
        />
        <TextInput
          label="User"
          description="Empty: the key itself"
          autoComplete="off"
          {...form.getInputProps('userId')}
        />
        <Switch
          label="Fall back to another candidate of the use case if a named model fails"
          checked={form.values.fallback === 'same-use-case'}
          onChange={({ currentTarget: { checked } }) =>
            form.setFieldValue('fallback', checked ? 'same-use-case' : 'none')
          }
        />
        <Switch
          label="Echo: the body of an answer on a wire names the model that answered"
          checked={form.values.echo === 'body'}
          onChange={({ currentTarget: { checked } }) => form.setFieldValue('echo', checked ? 'body' : 'none')}
        />
      </Stack>
    </Fieldset>
  );
}

/** Limits beside the scopes. */
export function LimitFields({ form }: { form: KeyForm }) {
  const { data: useCases = [] } = useUseCases();
  const { data: models = [] } = useModels();
  return (
    <Fieldset legend="Limits">
      <Stack gap="sm">
        <MultiSelect
          label="Use cases"
          description="Empty: all"
          data={useCases.map(({ name }) => name)}
          searchable
          clearable
          limit={MAX_OPTIONS}
          {...form.getInputProps('useCases')}
        />
        <NativeSelect
          label="Models that a call may name"
          data={[
            { value: 'candidates', label: 'Candidates of its use case' },
            { value: 'any', label: 'Any model' },
            { value: 'list', label: 'Only these candidates' },
          ]}
          {...form.getInputProps('models')}
        />
        {form.values.models === 'list' && (
          <MultiSelect
            label="Candidates"
            data={models.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            limit={MAX_OPTIONS}
            {...form.getInputProps('modelIds')}
          />
        )}
        <NativeSelect
          label="Users it may act for"
          data={[
            { value: 'any', label: 'Any user' },
            { value: 'own', label: 'Only its default user' },
            { value: 'list', label: 'Users whose ids begin with' },
          ]}
          {...form.getInputProps('users')}
        />
        {form.values.users === 'list' && (
          <TagsInput label="Prefixes of user ids" {...form.getInputProps('prefixes')} />
        )}
      </Stack>
    </Fieldset>
  );
}

/** Keeps a chosen value that is not in the list any more, or not yet. */
const options = (known: string[], chosen: string): string[] =>
  chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
