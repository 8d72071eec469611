import { Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { ModelLink } from '../models/model-link.js';
import { formatMoment } from '../parts/format.js';
import { Page } from '../parts/page.js';
import { Problem } from '../parts/problem.js';
import { Section } from '../parts/section.js';
import { Empty, Loading, Shown } from '../parts/shown.js';
import { SwitchRow } from '../switching/switch-list.js';
import { useMaySeeSwitches } from '../switching/use-switches.js';
import { useBreakers } from './breakers.js';
import { NewsRow } from './news-row.js';
import { type News, useNews } from './use-news.js';

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
      title="Live"
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
      <WhatIsLeftOut />
      <Feed kind={kind} />
    </Page>
  );
}

/** Models that chats are not sent to now. */
function OpenBreakers() {
  const breakers = useBreakers();
  return (
    <Section title="Open breakers">
      <Shown query={breakers}>
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
      </Shown>
    </Section>
  );
}

function WhatIsLeftOut() {
  const seesAll = useMaySeeSwitches();
  if (seesAll) return null;
  return (
    <Text size="sm" c="dimmed">
      This key sees the notifications for operators. Switches of single conversations need the scope audit.
    </Text>
  );
}

const belongs = (news: News, kind: Kind): boolean => {
  if (kind === 'all') return true;
  const isSwitch = news.kind === 'switch' || (news.kind === 'notification' && news.one.kind === 'switch');
  return isSwitch === (kind === 'switches');
};

function Feed({ kind }: { kind: Kind }) {
  const { news, isLoading, error, refetch } = useNews();
  const shown = news.filter((one) => belongs(one, kind));
  if (error) return <Problem error={error} onRetry={refetch} />;
  if (isLoading) return <Loading />;
  if (shown.length === 0)
    return <Empty title="All quiet">What happens from now on comes here by itself.</Empty>;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="What has happened">
      {shown.map((one) =>
        one.kind === 'switch' ? (
          <SwitchRow key={one.id} one={one.one} />
        ) : (
          <NewsRow key={one.id} news={one} />
        ),
      )}
    </Stack>
  );
}
