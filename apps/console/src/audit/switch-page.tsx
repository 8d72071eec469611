import { Anchor, Text } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { Copyable } from '../components/copyable.js';
import { DescriptionList } from '../components/description-list.js';
import { Page } from '../components/page.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { ModelLink } from '../models/model-link.js';
import { FromTo } from '../switching/from-to.js';
import type { Switch } from '../switching/switch-list.js';
import { UndoButton } from '../switching/undo-button.js';
import { estimateOf, savingText } from './saving-text.js';
import { ActionBadge, FilterLink, ScopeLink } from './switch-columns.js';
import { useNoticeOf, useSwitchById } from './use-switch.js';

/** Everything about one switch, at an address that never changes. */
export function SwitchPage() {
  const { id = '' } = useParams();
  const found = useSwitchById(id);
  return (
    <Page
      title="Switch"
      about={<Copyable value={id} label="switch id" />}
      actions={found.data && <UndoButton item={found.data} />}
    >
      <QueryState query={found}>{(item) => <Details item={item} />}</QueryState>
      <Text size="sm">
        <Anchor component={Link} to="/audit" underline="always">
          All switches
        </Anchor>
      </Text>
    </Page>
  );
}

/** Why the switch of a use case was allowed. */
const BASES: Record<NonNullable<Switch['basis']>, string> = {
  direct: 'the scope of its actor: the use case was direct',
  change: 'an approved change request',
  break_glass: 'a change request that was applied without approvals',
  safety_move: 'safety: the service moved it to a candidate',
  report: 'the report of a failure, which a person reviews',
};

function Details({ item }: { item: Switch }) {
  return (
    <>
      <Section title="Models">
        <Text size="lg" fw={600}>
          <FromTo from={<ModelLink id={item.previousModelId} />} to={<ModelLink id={item.newModelId} />} />
        </Text>
        <DescriptionList
          facts={{
            'Before (id)': <Copyable value={item.previousModelId} />,
            'After (id)': <Copyable value={item.newModelId} />,
            'Applies to': <ScopeLink item={item} />,
            Action: <ActionBadge action={item.action} />,
            Time: <Time at={item.timestamp} isExact />,
            Reason: item.reason ?? 'none given',
          }}
        />
      </Section>
      <Section title="Actor">
        <DescriptionList
          facts={{
            Actor: <FilterLink name="actor" value={item.actor} />,
            'On behalf of': item.onBehalfOf ?? 'nobody',
            User: item.userId,
            'Use case': <FilterLink name="useCase" value={item.useCase} />,
            Request: (
              <Copyable value={item.requestId} label="request id">
                <FilterLink name="requestId" value={item.requestId} />
              </Copyable>
            ),
            ...(item.basis && { 'Allowed by': BASES[item.basis] }),
            ...(item.changeId && {
              'Change request': (
                <Copyable value={item.changeId} label="change id">
                  <Anchor component={Link} to={`/changes/${item.changeId}`} inherit>
                    {item.changeId}
                  </Anchor>
                </Copyable>
              ),
            }),
            ...(item.approvedBy?.length && { 'Approved by': item.approvedBy.join(', ') }),
          }}
        />
      </Section>
      <Section title="Effect">
        <DescriptionList
          facts={{
            Estimate: estimateOf(item),
            'Real saving so far':
              item.savedUsd === null ? 'no call with a known price yet' : savingText(item.savedUsd),
            'Audit row':
              item.status === 'recorded'
                ? `recorded; switch ${item.seq} of ${item.conversationId ?? item.useCase}`
                : 'pending: a worker writes it within seconds',
          }}
        />
      </Section>
      <Notice item={item} />
    </>
  );
}

function Notice({ item }: { item: Switch }) {
  const { data: notice } = useNoticeOf(item);
  return (
    <Section title="Notification">
      <DescriptionList
        facts={{
          Shown: item.notificationShown ? 'yes: users saw a notification' : 'no: it was silent',
          ...(notice && {
            Text: notice.message,
            'Seen by this recipient': notice.shownAt ? <Time at={notice.shownAt} /> : 'no',
            Acknowledged: notice.acknowledgedAt ? <Time at={notice.acknowledgedAt} /> : 'no',
          }),
        }}
      />
    </Section>
  );
}
