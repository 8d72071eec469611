import {
  Checkbox,
  MultiSelect,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { DialogForm } from '../../components/dialog-form.js';
import { KINDS, LANGUAGES, NOTIFICATIONS, URGENCIES } from './channel-labels.js';
import { type Channel, type ChannelValues, checks, valuesOf } from './channel-values.js';
import { useSaveChannel } from './use-channels.js';

type Form = UseFormReturnType<ChannelValues>;

const KEPT = 'Empty: the present one stays';

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** @param of the channel that is edited; null: a new one */
export function ChannelForm({ of, onClose }: { of: Channel | null; onClose: () => void }) {
  const save = useSaveChannel(of);
  const isNew = of === null;
  const form = useForm({ initialValues: valuesOf(of), validate: checks(isNew) });
  return (
    <DialogForm
      action={isNew ? 'Create' : 'Save'}
      isPending={save.isPending}
      error={save.error}
      onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
    >
      {isNew && <SegmentedControl aria-label="Kind" data={options(KINDS)} {...form.getInputProps('kind')} />}
      <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      {form.values.kind === 'slack' ? (
        <PasswordInput
          label="URL of the incoming webhook"
          placeholder="https://hooks.slack.com/services/…"
          description={isNew ? 'Nobody can read it here later' : KEPT}
          autoComplete="off"
          {...form.getInputProps('url')}
        />
      ) : (
        <MailFields form={form} isNew={isNew} />
      )}
      <Select
        label="Notifications"
        data={options(URGENCIES)}
        allowDeselect={false}
        {...form.getInputProps('leastUrgency')}
      />
      <MultiSelect
        label="Kinds"
        description="None: all"
        data={options(NOTIFICATIONS)}
        {...form.getInputProps('kinds')}
      />
      <TagsInput
        label="Use cases"
        description="None: all, and notifications without a use case"
        {...form.getInputProps('useCases')}
      />
      <Select
        label="Language"
        data={options(LANGUAGES)}
        allowDeselect={false}
        {...form.getInputProps('language')}
      />
      <Checkbox
        label="Include reasons of callers"
        description="They may be about people"
        {...form.getInputProps('includeReasons', { type: 'checkbox' })}
      />
    </DialogForm>
  );
}

const MailFields = ({ form, isNew }: { form: Form; isNew: boolean }) => (
  <>
    <TextInput label="SMTP server" placeholder="smtp.example.com" {...form.getInputProps('host')} />
    <NumberInput
      label="Port"
      description="465: TLS from the first byte; others: STARTTLS"
      min={1}
      max={65_535}
      {...form.getInputProps('port')}
    />
    <TextInput
      label="User"
      description="Empty: no login"
      autoComplete="off"
      {...form.getInputProps('user')}
    />
    {form.values.user !== '' && (
      <PasswordInput
        label="Password"
        description={isNew ? undefined : `${KEPT}, for the same server and user`}
        autoComplete="off"
        {...form.getInputProps('password')}
      />
    )}
    <TextInput label="From" placeholder="Models <models@example.com>" {...form.getInputProps('from')} />
    <TagsInput label="To" {...form.getInputProps('to')} />
  </>
);
