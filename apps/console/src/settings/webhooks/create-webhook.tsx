import { Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DialogForm } from '../../components/dialog-form.js';
import { ShownOnce } from '../../components/shown-once.js';
import { useMay } from '../../session/use-session.js';
import { type Feed, useCreateWebhook } from './use-webhooks.js';
import { FEEDS } from './webhook-labels.js';

export const ADVICE = 'The receiver verifies the signature of each message with it.';

export function CreateWebhook({ onClose }: { onClose: () => void }) {
  const create = useCreateWebhook();
  const mayOperators = useMay('operate', 'read');
  const mayUsers = useMay('act-as');
  const initial: { url: string; feed: Feed } = { url: '', feed: mayOperators ? 'operators' : 'users' };
  const form = useForm({
    initialValues: initial,
    validate: { url: (url) => (URL.canParse(url) ? null : 'Enter a URL that begins with https://') },
  });
  if (create.data)
    return <ShownOnce label="Signing secret" secret={create.data.secret} advice={ADVICE} onDone={onClose} />;
  return (
    <DialogForm
      action="Create"
      isPending={create.isPending}
      error={create.error}
      onSubmit={form.onSubmit((values) => create.mutate(values))}
      onClose={onClose}
    >
      <TextInput
        label="URL"
        placeholder="https://push.example.com/switches"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('url')}
      />
      <Radio.Group label="Feed" {...form.getInputProps('feed')}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="operators"
            label={FEEDS.operators}
            description="Needs the scope operate or read"
            disabled={!mayOperators}
          />
          <Radio
            value="users"
            label={FEEDS.users}
            description="Needs the scope act-as"
            disabled={!mayUsers}
          />
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
