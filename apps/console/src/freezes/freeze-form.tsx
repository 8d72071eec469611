import { MultiSelect, SimpleGrid, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { DialogForm } from '../components/dialog-form.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useUseCases } from '../use-cases/use-use-cases.js';
import { useCreateFreeze } from './use-freezes.js';

type Lacks = { to: boolean; reason: boolean };

const NOTHING: Lacks = { to: false, reason: false };
const EMPTY = { from: '', to: '', useCases: [] as string[], reason: '' };

/** Holds use cases as they are for a time; times are those of the browser. */
export function FreezeForm({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const create = useCreateFreeze();
  const lacks = { to: values.to === '', reason: values.reason.trim() === '' };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacks.to || lacks.reason) return;
    create.mutate(
      {
        ...(values.from !== '' && { from: new Date(values.from).toISOString() }),
        to: new Date(values.to).toISOString(),
        useCases: values.useCases.length === 0 ? null : values.useCases,
        reason: values.reason,
      },
      { onSuccess: onClose },
    );
  };
  return (
    <DialogForm
      action="Freeze"
      isPending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        Until its end nobody switches or edits these use cases. Failover and recovery continue. To end it
        early, another person than you is needed.
      </Text>
      <Fields values={values} lacks={isTried ? lacks : NOTHING} onChange={setValues} />
    </DialogForm>
  );
}

interface FieldsProps {
  values: typeof EMPTY;
  lacks: Lacks;
  onChange: (values: typeof EMPTY) => void;
}

function Fields({ values, lacks, onChange }: FieldsProps) {
  const mayReadUseCases = useAllowed(RIGHTS.catalogue);
  const UseCases = mayReadUseCases ? ChosenUseCases : NamedUseCases;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="datetime-local"
          label="From"
          description="Empty: now"
          value={values.from}
          onChange={(event) => onChange({ ...values, from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label="To"
          description="At most 90 days later"
          required
          error={lacks.to ? 'Choose a day and a time.' : undefined}
          value={values.to}
          onChange={(event) => onChange({ ...values, to: event.currentTarget.value })}
        />
      </SimpleGrid>
      <UseCases value={values.useCases} onChange={(useCases) => onChange({ ...values, useCases })} />
      <Textarea
        label="Reason"
        required
        maxLength={2_000}
        autosize
        minRows={1}
        error={lacks.reason ? 'A freeze needs a reason.' : undefined}
        value={values.reason}
        onChange={(event) => onChange({ ...values, reason: event.currentTarget.value })}
      />
    </>
  );
}

interface UseCasesProps {
  value: string[];
  onChange: (names: string[]) => void;
}

function ChosenUseCases(props: UseCasesProps) {
  const { data: useCases = [] } = useUseCases();
  return (
    <MultiSelect
      label="Use cases"
      description="Empty: all"
      data={useCases.map(({ name }) => name)}
      searchable
      limit={50}
      comboboxProps={{ keepMounted: false }}
      {...props}
    />
  );
}

/** For who may not read the use cases: the api refuses a name that it does not know. */
const NamedUseCases = (props: UseCasesProps) => (
  <TagsInput
    label="Use cases"
    description="Their names, each with Enter; empty: all"
    acceptValueOnBlur
    {...props}
  />
);
