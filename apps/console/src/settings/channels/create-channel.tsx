import {
  Checkbox,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { DialogForm } from '../../components/dialog-form.js';
import { KINDS, LANGUAGES, URGENCIES } from './channel-labels.js';
import { type Channel, type NewChannel, useCreateChannel } from './use-channels.js';

const INITIAL = {
  kind: 'slack' as Channel['kind'],
  name: '',
  url: '',
  host: '',
  port: 587,
  user: '',
  password: '',
  from: '',
  to: [] as string[],
  useCases: [] as string[],
  leastUrgency: 'warn' as Channel['leastUrgency'],
  language: 'en' as NonNullable<NewChannel['language']>,
  includeReasons: false,
};
type Values = typeof INITIAL;
type Form = UseFormReturnType<Values>;

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

export function CreateChannel({ onClose }: { onClose: () => void }) {
  const create = useCreateChannel();
  const form = useForm({
    initialValues: INITIAL,
    validate: {
      name: (name) => (name.trim() ? null : 'Enter a name'),
      url: (url, { kind }) => (kind === 'email' || URL.canParse(url) ? null : 'Enter the URL of the webhook'),
      host: (host, { kind }) => (kind === 'slack' || host ? null : 'Enter the name of the SMTP server'),
      from: (from, { kind }) => (kind === 'slack' || from.includes('@') ? null : 'Enter an address'),
      to: (to, { kind }) => (kind === 'slack' || to.length > 0 ? null : 'Enter at least one address'),
    },
  });
  return (
    <DialogForm
      action="Create"
      isPending={create.isPending}
      error={create.error}
      onSubmit={form.onSubmit((values) => create.mutate(bodyOf(values), { onSuccess: onClose }))}
      onClose={onClose}
    >
      <SegmentedControl aria-label="Kind" data={options(KINDS)} {...form.getInputProps('kind')} />
      <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
      {form.values.kind === 'slack' ? (
        <PasswordInput
          label="URL of the incoming webhook"
          placeholder="https://hooks.slack.com/services/…"
          description="Nobody can read it here later"
          autoComplete="off"
          {...form.getInputProps('url')}
        />
      ) : (
        <MailFields form={form} />
      )}
      <Select
        label="Notifications"
        data={options(URGENCIES)}
        allowDeselect={false}
        {...form.getInputProps('leastUrgency')}
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

const MailFields = ({ form }: { form: Form }) => (
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
      <PasswordInput label="Password" autoComplete="off" {...form.getInputProps('password')} />
    )}
    <TextInput label="From" placeholder="Models <models@example.com>" {...form.getInputProps('from')} />
    <TagsInput label="To" {...form.getInputProps('to')} />
  </>
);

/** Ports of servers that begin with TLS. */
const TLS_PORTS = [465, 2465];

function bodyOf({
  kind,
  name,
  useCases,
  leastUrgency,
  language,
  includeReasons,
  ...values
}: Values): NewChannel {
  const { url, host, port, user, password, from, to } = values;
  const login = user === '' ? { user: null } : { user, password };
  return {
    name: name.trim(),
    kinds: null,
    useCases: useCases.length > 0 ? useCases : null,
    leastUrgency,
    language,
    includeReasons,
    ...(kind === 'slack'
      ? { slack: { url } }
      : {
          email: { host, port, tls: TLS_PORTS.includes(port) ? 'implicit' : 'starttls', ...login, from, to },
        }),
  };
}
