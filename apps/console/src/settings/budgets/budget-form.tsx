import { NativeSelect, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { DialogForm } from '../../components/dialog-form.js';
import { useUseCases } from '../../use-cases/use-use-cases.js';
import {
  type Budget,
  type BudgetValues,
  nameOf,
  SUBJECTS,
  type SubjectKind,
  subjectOf,
  useSetBudget,
} from './use-budget-settings.js';

const NEW: BudgetValues = { kind: 'all', subject: '', period: 'month', limitUsd: '' };
const LIMIT = /^(?=.*[1-9])\d{1,9}(\.\d{1,6})?$/;

/** @param of the budget whose limit changes; null: a new one */
export function BudgetForm({ of, onClose }: { of: Budget | null; onClose: () => void }) {
  const set = useSetBudget();
  const form = useForm<BudgetValues>({
    initialValues: of ? { ...subjectOf(of), period: of.period, limitUsd: of.limitUsd } : NEW,
    validate: {
      subject: (subject, { kind }) => (kind === 'all' || subject.trim() !== '' ? null : 'Enter which one'),
      limitUsd: (limit) => (LIMIT.test(limit.trim()) ? null : 'Enter USD above 0, such as 200 or 12.50'),
    },
  });
  return (
    <DialogForm
      action="Set"
      isPending={set.isPending}
      error={set.error}
      onSubmit={form.onSubmit((values) => set.mutate(values, { onSuccess: onClose }))}
      onClose={onClose}
    >
      {of ? (
        <Text size="sm">
          Spend of {nameOf(of)} per {of.period}
        </Text>
      ) : (
        <SubjectFields form={form} />
      )}
      <TextInput
        label="Limit in USD"
        inputMode="decimal"
        autoComplete="off"
        data-autofocus
        {...form.getInputProps('limitUsd')}
      />
    </DialogForm>
  );
}

const KINDS = Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }));
const LABELS: Record<SubjectKind, string> = {
  all: '',
  useCase: 'Use case',
  key: 'Name or id of the key',
  userId: 'Id of the user',
};

type SubjectForm = Pick<UseFormReturnType<BudgetValues>, 'values' | 'getInputProps' | 'setFieldValue'>;

function SubjectFields({ form }: { form: SubjectForm }) {
  const { data: useCases = [] } = useUseCases();
  const { kind } = form.values;
  return (
    <>
      <NativeSelect
        label="Spend of"
        data={KINDS}
        {...form.getInputProps('kind')}
        onChange={(event) => {
          form.getInputProps('kind').onChange(event);
          form.setFieldValue('subject', '');
        }}
      />
      {kind === 'useCase' && (
        <NativeSelect
          label={LABELS[kind]}
          data={[{ value: '', label: 'Choose' }, ...useCases.map(({ name }) => name)]}
          {...form.getInputProps('subject')}
        />
      )}
      {(kind === 'key' || kind === 'userId') && (
        <TextInput label={LABELS[kind]} autoComplete="off" {...form.getInputProps('subject')} />
      )}
      <NativeSelect
        label="Period"
        data={[
          { value: 'month', label: 'A month (UTC)' },
          { value: 'day', label: 'A day (UTC)' },
        ]}
        {...form.getInputProps('period')}
      />
    </>
  );
}
