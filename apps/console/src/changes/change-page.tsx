import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { Copyable } from '../components/copyable.js';
import { DescriptionList } from '../components/description-list.js';
import { Page } from '../components/page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useSession } from '../session/use-session.js';
import { ChangeActions } from './change-actions.js';
import { ChangeDecisions } from './change-decisions.js';
import { ChangeOperations } from './change-operations.js';
import { isOpen, isReviewOpen, STATES, StateBadge } from './change-state.js';
import { ReviewForm } from './emergency-forms.js';
import { JudgeForm } from './judge-form.js';
import { approvalRules, approvalsOf } from './missing-approvals.js';
import { type ChangeRequest, useChangePolicies, useChangePreview, useChangeRequest } from './use-changes.js';

/** One change request: what it does, who has decided, and what the reader may do. */
export function ChangePage() {
  const { id = '' } = useParams();
  const found = useChangeRequest(id);
  return (
    <Page
      title="Change request"
      about={<Copyable value={id} label="change id" />}
      actions={found.data && <ChangeActions change={found.data} />}
    >
      <QueryState query={found}>{(change) => <Details change={change} />}</QueryState>
      <Text size="sm">
        <Anchor component={Link} to="/changes" underline="always">
          All change requests
        </Anchor>
      </Text>
    </Page>
  );
}

function Details({ change }: { change: ChangeRequest }) {
  const preview = useChangePreview(change, isOpen(change));
  return (
    <>
      <StateSection change={change} />
      <Section title="Operations">
        {preview.error && <ProblemAlert error={preview.error} />}
        <ChangeOperations operations={change.operations} preview={preview.data} />
      </Section>
      {isOpen(change) && <Approvals change={change} />}
      {isReviewOpen(change) && <Review change={change} />}
      <Section title="History">
        <ChangeDecisions decisions={change.decisions} />
      </Section>
    </>
  );
}

function StateSection({ change }: { change: ChangeRequest }) {
  const { state, revision, hash, reason, applyAt, proposer, editor, undoes } = change;
  return (
    <Section title="State">
      <Group gap="xs">
        <StateBadge state={state} />
        <Text size="sm" role="status">
          {STATES[state].text}
        </Text>
      </Group>
      {isReviewOpen(change) && (
        <Alert color="red" role="note" title="Applied without approvals">
          A person has to review it until <Time at={change.reviewDueAt!} isExact />.
        </Alert>
      )}
      {change.failure && <Failure failure={change.failure} />}
      <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{reason}</Text>
      <DescriptionList
        facts={{
          Proposer: proposer,
          Proposed: <Time at={change.createdAt} />,
          Time: applyAt ? <Time at={applyAt} isExact /> : 'As soon as it is approved',
          Revision: editor === proposer ? revision : `${revision}, by ${editor}`,
          ...(change.endedAt
            ? { Ended: <Time at={change.endedAt} /> }
            : { Expires: <Time at={change.expiresAt} /> }),
          ...(undoes && {
            Undoes: (
              <Anchor component={Link} to={`/changes/${undoes}`} inherit>
                an earlier change
              </Anchor>
            ),
          }),
          'Hash of the content': (
            <Copyable value={hash} label="hash of the content">
              {hash.slice(0, 12)}
            </Copyable>
          ),
        }}
      />
    </Section>
  );
}

function Failure({ failure }: { failure: NonNullable<ChangeRequest['failure']> }) {
  const { detail, operation, conflicts = [] } = failure;
  return (
    <Alert
      color="orange"
      role="note"
      title={operation === null ? 'Not applied' : `Operation ${operation + 1} failed`}
    >
      <Text size="sm">{detail}</Text>
      <List size="sm">
        {conflicts.map(({ scope, expected, present }) => (
          <List.Item key={scope} style={{ overflowWrap: 'anywhere' }}>
            {scope}: it was made against {String(expected)}, and {String(present)} is there
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Offers the review to anyone but the person who applied the change. */
function Review({ change }: { change: ChangeRequest }) {
  const { data: session } = useSession();
  const applied = change.decisions.findLast(({ kind }) => kind === 'break_glass' || kind === 'apply');
  const mayReview =
    session?.kind === 'person' && session.scopes.includes('approve') && applied?.actor !== session.actor;
  return (
    <Section title="Review">
      {mayReview ? (
        <ReviewForm change={change} />
      ) : (
        <Text size="sm" c="dimmed">
          A review needs another person than {applied?.actor ?? 'who applied it'}, with the scope approve.
        </Text>
      )}
    </Section>
  );
}

function Approvals({ change }: { change: ChangeRequest }) {
  const { data: session } = useSession();
  const policies = useChangePolicies(change.useCases);
  const given = approvalsOf(change);
  const rules = approvalRules(
    policies.data ?? [],
    change.operations.map(({ operation }) => operation),
  );
  const isOwn = [change.proposer, change.editor].includes(session?.actor ?? '');
  const mayDecide = session?.kind === 'person' && session.scopes.includes('approve') && !isOwn;
  const hasApproved = given.some(({ actor }) => actor === session?.actor);
  return (
    <Section title="Approvals">
      {policies.error && <ProblemAlert error={policies.error} />}
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          Must approve
        </Text>
        <List size="sm">
          {rules.map((rule) => (
            <List.Item key={rule}>{rule}</List.Item>
          ))}
        </List>
        <Text size="sm">
          {given.length === 0
            ? 'Nobody has approved this content yet.'
            : `Approved by ${given.map(({ actor }) => actor).join(', ')}.`}
        </Text>
      </Stack>
      {mayDecide && !hasApproved && <JudgeForm change={change} />}
      {isOwn && (
        <Text size="sm" c="dimmed">
          You proposed or edited this change: another person has to decide on it.
        </Text>
      )}
      {!isOwn && !mayDecide && (
        <Text size="sm" c="dimmed">
          Deciding needs a person with the scope approve. A key cannot approve.
        </Text>
      )}
    </Section>
  );
}
