import { Accordion, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.js';
import { ShownOnce } from '../../components/shown-once.js';
import { DefaultFields, IdentityFields, type KeyForm, LimitFields } from './key-fields.js';
import { checks, NEW_KEY, newKeyOf, settingsOf, valuesOf } from './key-values.js';
import { type Key, useCreateKey, useEditKey, useRotateKey } from './use-keys.js';

const ADVICE = 'Clients send it in the header Authorization: Bearer <key>. It gives all rights of the key.';

export function CreateKey({ onClose }: { onClose: () => void }) {
  const form = useForm({ initialValues: NEW_KEY, validate: checks });
  const create = useCreateKey();
  if (create.data) return <ShownOnce label="Key" secret={create.data.key} advice={ADVICE} onDone={onClose} />;
  return (
    <DialogForm
      action="Create"
      isPending={create.isPending}
      error={create.error}
      onSubmit={form.onSubmit((values) => create.mutate(newKeyOf(values)))}
      onClose={onClose}
    >
      <IdentityFields form={form} />
      <Accordion variant="contained">
        <Accordion.Item value="more">
          <Accordion.Control>Defaults and limits</Accordion.Control>
          <Accordion.Panel>
            <Settings form={form} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </DialogForm>
  );
}

export function EditKey({ of, onClose }: { of: Key; onClose: () => void }) {
  const form = useForm({ initialValues: valuesOf(of), validate: checks });
  const edit = useEditKey(of.id);
  const save = form.onSubmit((values) => edit.mutate(settingsOf(values), { onSuccess: onClose }));
  return (
    <DialogForm action="Save" isPending={edit.isPending} error={edit.error} onSubmit={save} onClose={onClose}>
      <Text size="sm" c="dimmed">
        A key keeps its name and its scopes. Create another key to change those.
      </Text>
      <Settings form={form} />
    </DialogForm>
  );
}

const OVERLAPS = [
  { value: '0', label: 'Ends now' },
  { value: '3600', label: 'Stays valid for an hour' },
  { value: '86400', label: 'Stays valid for a day' },
  { value: '604800', label: 'Stays valid for 7 days' },
  { value: '2592000', label: 'Stays valid for 30 days' },
];

export function RotateKey({ of, onClose }: { of: Key; onClose: () => void }) {
  const [overlap, setOverlap] = useState('86400');
  const rotate = useRotateKey(of.id);
  if (rotate.data)
    return <ShownOnce label="New key" secret={rotate.data.key} advice={ADVICE} onDone={onClose} />;
  return (
    <DialogForm
      action="Rotate"
      isPending={rotate.isPending}
      error={rotate.error}
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate(Number(overlap));
      }}
      onClose={onClose}
    >
      <Text size="sm">The new key has the same name, scopes, defaults and limits.</Text>
      <NativeSelect
        label="The old key"
        data={OVERLAPS}
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

const Settings = ({ form }: { form: KeyForm }) => (
  <Stack>
    <DefaultFields form={form} />
    <LimitFields form={form} />
  </Stack>
);
