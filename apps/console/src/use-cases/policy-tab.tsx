import {
  Alert,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { ProblemError } from '@orchestrator/client/client.js';
import { useState } from 'react';
import { ProposeForm } from '../changes/propose-form.js';
import { MustApprove } from '../changes/proposed.js';
import { useReview } from '../changes/use-review.js';
import { Dialog } from '../components/dialog.js';
import { DifferenceTable } from '../components/difference-table.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { Section } from '../components/section.js';
import { useModels } from '../models/use-models.js';
import { useMay } from '../session/use-session.js';
import { CandidateOrder } from './candidate-order.js';
import { ChangePolicySection } from './change-policy-section.js';
import { OBJECTIVES } from './objectives.js';
import {
  CLIENTS,
  differences,
  editOf,
  FAILURE,
  isReviewedField,
  type Policy,
  policyOf,
  RECOVERY,
  useSaveUseCase,
} from './policy.js';
import { UseCaseFacts } from './use-case-facts.js';
import type { UseCase } from './use-use-cases.js';

/** Edits the policy of a use case: the changes are shown before they are saved. */
export function PolicyTab({ useCase }: { useCase: UseCase }) {
  const mayEdit = useMay('operate');
  const [base, setBase] = useState(useCase);
  if (!mayEdit)
    return (
      <Stack gap="lg">
        <Section title="Policy">
          <Text size="sm" c="dimmed">
            Editing needs a service key with the scope operate.
          </Text>
          <UseCaseFacts useCase={useCase} />
        </Section>
        <ChangePolicySection useCase={useCase.name} />
      </Stack>
    );
  return (
    <Stack gap="lg">
      <PolicyEditor key={base.version} base={base} present={useCase} onBase={setBase} />
      <ChangePolicySection useCase={useCase.name} />
    </Stack>
  );
}

interface EditorProps {
  /** The use case as the form began with it. */
  base: UseCase;
  present: UseCase;
  onBase: (useCase: UseCase) => void;
}

function PolicyEditor({ base, present, onBase }: EditorProps) {
  const { data: models = [] } = useModels();
  const before = policyOf(base);
  const form = useForm<Policy>({ initialValues: before });
  const [isReviewing, setReviewing] = useState(false);
  const save = useSaveUseCase(base.name);
  const nameOf = (id: string) => models.find((model) => model.id === id)?.name ?? id;
  const changes = differences(before, form.values, nameOf);
  const review = useReview(base.name);
  const isReviewed = review.policy !== undefined && changes.some(({ field }) => isReviewedField(field));
  const edit = editOf(
    form.values,
    changes.map(({ field }) => field),
  );
  const isStale = base.version !== present.version && !save.isPending && !save.isSuccess;
  const confirm = () => save.mutate({ edit, version: base.version }, { onSuccess: onBase });
  return (
    <Section title="Policy">
      {isStale && <Stale onReload={() => onBase(present)} />}
      <PolicyFields form={form} />
      <Group justify="flex-end">
        <Button variant="default" disabled={changes.length === 0} onClick={form.reset}>
          Discard
        </Button>
        <Button
          disabled={changes.length === 0 || isStale || !review.isKnown}
          onClick={() => setReviewing(true)}
        >
          Review changes
        </Button>
      </Group>
      <Dialog opened={isReviewing} onClose={() => setReviewing(false)} title={`Change ${base.name}`}>
        <Stack>
          <DifferenceTable label="Changes" rows={changes} />
          {isReviewed ? (
            <>
              <MustApprove policy={review.policy!} />
              <ProposeForm
                operations={[{ kind: 'edit-use-case', useCase: base.name, edit }]}
                onCancel={() => setReviewing(false)}
              />
            </>
          ) : (
            <>
              {save.error && <SaveProblem error={save.error} />}
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setReviewing(false)}>
                  Cancel
                </Button>
                <Button loading={save.isPending} disabled={isStale} onClick={confirm}>
                  Save
                </Button>
              </Group>
            </>
          )}
        </Stack>
      </Dialog>
    </Section>
  );
}

const Stale = ({ onReload }: { onReload: () => void }) => (
  <Alert color="orange" role="alert" title="Changed meanwhile">
    <Stack gap="xs" align="flex-start">
      <Text size="sm">
        The use case was edited or switched since you opened this form. Nothing was saved.
      </Text>
      <Button size="xs" variant="default" onClick={onReload}>
        Load the present policy
      </Button>
    </Stack>
  </Alert>
);

function SaveProblem({ error }: { error: Error }) {
  const isStale = error instanceof ProblemError && error.problem.status === 412;
  // The list is read again after each attempt, and the form then offers the present policy.
  return isStale ? (
    <Alert color="orange" role="alert" title="Changed meanwhile">
      Somebody changed this use case. Nothing was saved. Close this and load the present policy.
    </Alert>
  ) : (
    <ProblemAlert error={error} />
  );
}

const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const OBJECTIVE_OPTIONS = Object.entries(OBJECTIVES).map(([value, { short }]) => ({ value, label: short }));

function PolicyFields({ form }: { form: UseFormReturnType<Policy> }) {
  return (
    <Stack>
      <div>
        <Text size="sm" fw={500} mb={4}>
          Objective
        </Text>
        <SegmentedControl
          aria-label="Objective"
          data={OBJECTIVE_OPTIONS}
          {...form.getInputProps('objective')}
        />
      </div>
      <CandidateOrder
        value={form.values.candidates}
        onChange={(ids) => form.setFieldValue('candidates', ids)}
      />
      <TagsInput
        label="Regions"
        description="Prompts may go to these regions only. Empty: all that the service allows"
        placeholder="eu-central-1"
        {...form.getInputProps('allowedRegions')}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label="On model failure"
          data={optionsOf(FAILURE)}
          allowDeselect={false}
          {...form.getInputProps('onModelFailure')}
        />
        <Select
          label="On model recovery"
          data={optionsOf(RECOVERY)}
          allowDeselect={false}
          {...form.getInputProps('onModelRecovery')}
        />
        <Select
          label="Open to"
          data={optionsOf(CLIENTS)}
          allowDeselect={false}
          {...form.getInputProps('clients')}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <NumberInput
          label="Input tokens per exchange"
          min={1}
          {...form.getInputProps('inputTokensPerExchange')}
        />
        <NumberInput
          label="Output tokens per exchange"
          min={1}
          {...form.getInputProps('outputTokensPerExchange')}
        />
        <NumberInput
          label="Exchanges per conversation"
          min={1}
          {...form.getInputProps('exchangesPerConversation')}
        />
        <NumberInput label="Exchanges in 30 days" min={1} {...form.getInputProps('exchangesPer30Days')} />
      </SimpleGrid>
    </Stack>
  );
}
