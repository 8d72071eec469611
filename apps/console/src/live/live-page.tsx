import { Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { formatMoment } from '../components/format.js';
import { Page } from '../components/page.js';
import { ProblemAlert } from '../components/problem-alert.js';
import { EmptyState, Loading, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { ModelLink } from '../models/model-link.js';
import { SwitchRow } from '../switching/switch-list.js';
import { useMaySeeSwitches } from '../switching/use-switches.js';
import { ActivityItem } from './activity-item.js';
import { useBreakers } from './breakers.js';
import { type Activity, useActivityFeed } from './use-activity-feed.js';

const KINDS = { all: 'All', switches: 'Switches', models: 'Models' } as const;
type Kind = keyof typeof KINDS;

export function LivePage() {
  const [search, setSearch] = useSearchParams();
  const kind =
    search.get('show') === 'switches' || search.get('show') === 'models'
      ? (search.get('show') as Kind)
      : 'all';
  return (
    <Page
      title="Activity"
      about="Switches, fallbacks, models that fail or recover, as it happens."
      actions={
        <SegmentedControl
          aria-label="What to show"
          data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          value={kind}
          onChange={(value) => setSearch(value === 'all' ? {} : { show: value }, { replace: true })}
        />
      }
    >
      <OpenBreakers />
      <ScopeNotice />
      <Feed kind={kind} />
    </Page>
  );
}

/** Models that chats are not sent to now. */
function OpenBreakers() {
  const breakers = useBreakers();
  return (
    <Section title="Open breakers">
      <QueryState query={breakers}>
        {(open) =>
          open.length === 0 ? (
            <Text c="dimmed" size="sm">
              None: every model is asked when it is its turn.
            </Text>
          ) : (
            <Stack gap="xs">
              {open.map(({ modelId, kind, recheckAt }) => (
                <Group key={modelId} gap="sm">
                  <Badge color="orange">{kind}</Badge>
                  <Text size="sm">
                    <ModelLink id={modelId} />, next probe at {formatMoment(recheckAt)}
                  </Text>
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryState>
    </Section>
  );
}

function ScopeNotice() {
  const seesAll = useMaySeeSwitches();
  if (seesAll) return null;
  return (
    <Text size="sm" c="dimmed">
      This key sees the notifications for operators. Switches of single conversations need the scope audit.
    </Text>
  );
}

const belongs = (item: Activity, kind: Kind): boolean => {
  if (kind === 'all') return true;
  const isSwitch = item.kind === 'switch' || (item.kind === 'notification' && item.item.kind === 'switch');
  return isSwitch === (kind === 'switches');
};

function Feed({ kind }: { kind: Kind }) {
  const { items, isLoading, error, refetch } = useActivityFeed();
  const shown = items.filter((item) => belongs(item, kind));
  if (error) return <ProblemAlert error={error} onRetry={refetch} />;
  if (isLoading) return <Loading />;
  if (shown.length === 0)
    return <EmptyState title="All quiet">What happens from now on comes here by itself.</EmptyState>;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="What has happened">
      {shown.map((item) =>
        item.kind === 'switch' ? (
          <SwitchRow key={item.id} item={item.item} />
        ) : (
          <ActivityItem key={item.id} activity={item} />
        ),
      )}
    </Stack>
  );
}
