import {
  Alert,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useState } from 'react';
import { neededText } from '../changes/missing-approvals.js';
import { ProposeForm } from '../changes/propose-form.js';
import { type ChangePolicy, useSetPolicy } from '../changes/use-changes.js';
import { useChangePolicy } from '../changes/use-review.js';
import { DescriptionList } from '../components/description-list.js';
import { Dialog } from '../components/dialog.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useMay } from '../session/use-session.js';
import { changesOf, invalidIn, type PolicyValues, policyOf, valuesOf } from './change-policy.js';
import { ChangeWindows } from './change-windows.js';

/** How the use case may be changed: directly, or by changes that others approve. */
export function ChangePolicySection({ useCase }: { useCase: string }) {
  const found = useChangePolicy(useCase);
  const mayEdit = useMay('operate');
  return (
    <Section title="Change policy">
      {found.isPending && found.fetchStatus === 'idle' ? (
        <Text size="sm" c="dimmed">
          It needs a service key with the scope read or operate, or a person.
        </Text>
      ) : (
        <QueryState query={found}>
          {(policy) => (
            <>
              {policy.frozenUntil && (
                <Alert color="blue" role="note" title="Frozen">
                  A freeze holds changes of this use case until <Time at={policy.frozenUntil} isExact />.
                  Failover goes on.
                </Alert>
              )}
              {mayEdit ? (
                <PolicyForm key={policy.version} policy={policy} />
              ) : (
                <PolicyFacts policy={policy} />
              )}
            </>
          )}
        </QueryState>
      )}
    </Section>
  );
}

const PolicyFacts = ({ policy }: { policy: ChangePolicy }) => (
  <DescriptionList
    facts={{
      Control: CONTROL[policy.control],
      'Must approve': policy.control === 'reviewed' ? neededText(policy) : 'nobody',
      Windows: policy.windows.map(({ cron, timezone }) => `${cron} (${timezone})`).join('; ') || 'always',
      'Expires after': `${policy.expiresAfterDays} days`,
      'Late by at most': `${policy.lateByMinutes} minutes`,
    }}
  />
);

const CONTROL = { direct: 'Direct', reviewed: 'Reviewed' };
const CONTROLS = Object.entries(CONTROL).map(([value, label]) => ({ value, label }));

function PolicyForm({ policy }: { policy: ChangePolicy }) {
  const form = useForm<PolicyValues>({ initialValues: valuesOf(policy) });
  const [isProposing, setProposing] = useState(false);
  const set = useSetPolicy(policy.useCase);
  const changes = changesOf(form.values, policy);
  const isSame = Object.keys(changes).length === 0;
  const isReviewed = policy.control === 'reviewed';
  const isUnusable = isSame || invalidIn(form.values);
  return (
    <Stack>
      <Fields form={form} />
      <Text size="sm" c="dimmed">
        {isReviewed
          ? `A change of this policy is reviewed, too: what it demands and what the new one demands must both be met. Now: ${neededText(policy)}.`
          : 'Reviewed: switches, edits of candidates, objective, regions and actions on failure, and of this policy, need the approval of other people. Failover among the candidates continues.'}
      </Text>
      {set.error && <ProblemAlert error={set.error} />}
      <Group justify="flex-end">
        <Button variant="default" disabled={isSame} onClick={form.reset}>
          Discard
        </Button>
        {isReviewed ? (
          <Button disabled={isUnusable} onClick={() => setProposing(true)}>
            Propose the policy
          </Button>
        ) : (
          <Button
            disabled={isUnusable}
            loading={set.isPending}
            onClick={() => set.mutate({ policy: policyOf(form.values), version: policy.version })}
          >
            Save the policy
          </Button>
        )}
      </Group>
      <Dialog
        opened={isProposing}
        onClose={() => setProposing(false)}
        title={`Propose a change policy of ${policy.useCase}`}
      >
        <ProposeForm
          operations={[{ kind: 'edit-policy', useCase: policy.useCase, policy: changes }]}
          onCancel={() => setProposing(false)}
        />
      </Dialog>
    </Stack>
  );
}

function Fields({ form }: { form: UseFormReturnType<PolicyValues> }) {
  return (
    <>
      <div>
        <Text size="sm" fw={500} mb={4}>
          Control
        </Text>
        <SegmentedControl aria-label="Control" data={CONTROLS} {...form.getInputProps('control')} />
      </div>
      {form.values.control === 'reviewed' && (
        <>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
            <NumberInput
              label="Approvals"
              description="People beside the proposer"
              min={1}
              max={5}
              {...form.getInputProps('approvals')}
            />
            <TextInput
              label="Group of the approvers"
              description="Empty: any who may approve"
              maxLength={255}
              {...form.getInputProps('approverGroup')}
            />
            <NumberInput
              label="Expires after"
              description="Days without a decision"
              min={1}
              max={90}
              {...form.getInputProps('expiresAfterDays')}
            />
            <NumberInput
              label="Late by at most"
              description="Minutes after its time"
              min={0}
              max={1440}
              {...form.getInputProps('lateByMinutes')}
            />
          </SimpleGrid>
          <ChangeWindows
            value={form.values.windows}
            onChange={(windows) => form.setFieldValue('windows', windows)}
          />
        </>
      )}
    </>
  );
}
