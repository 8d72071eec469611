import { Anchor, Badge, Button, Group, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatMonth, formatTime } from '../components/format.js';
import { QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { Time } from '../components/time.js';
import { useTimeZone } from '../components/time-zone.js';
import { useFilters } from '../components/use-filters.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { midnightsIn, monthsFrom, nextFree, overlaps, type Period, periodOf } from './calendar-period.js';
import { TimeTrack } from './time-track.js';
import { type UseCaseWindows, useChangeWindows } from './use-change-windows.js';
import { type Freeze, namesOf, useOpenFreezes } from './use-freezes.js';

const MAX_FREEZES = 20;

/** When changes may be applied: windows of reviewed use cases and freezes, of the next 14 days or of a month. */
export function ChangeCalendar() {
  const filters = useFilters();
  const zone = useTimeZone();
  const mayRead = useAllowed(RIGHTS.changeRequests);
  const months = monthsFrom(new Date(), zone);
  const month = months.find((each) => each === filters.of('changes')) ?? '';
  const found = useChangeWindows(`${month} ${zone}`, () =>
    month === '' ? undefined : periodOf(month, new Date(), zone),
  );
  const { data: freezes = [] } = useOpenFreezes();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  if (!mayRead) return null;
  return (
    <Section
      title="Windows and freezes"
      actions={
        <Select
          aria-label="Time of the calendar"
          size="xs"
          data={[
            { value: '', label: 'Next 14 days' },
            ...months.map((value) => ({ value, label: formatMonth(value) })),
          ]}
          value={month}
          allowDeselect={false}
          onChange={(chosen) => filters.set({ changes: chosen ?? '' })}
        />
      }
    >
      <QueryState query={found}>
        {({ pages }) => (
          <Rows
            period={pages[0]!}
            useCases={pages.flatMap(({ items }) => items)}
            freezes={freezes.filter((freeze) => overlaps(freeze, pages[0]!))}
          />
        )}
      </QueryState>
      {hasNextPage && (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show more use cases
          </Button>
        </Group>
      )}
    </Section>
  );
}

interface RowsProps {
  period: Period;
  useCases: UseCaseWindows[];
  freezes: Freeze[];
}

function Rows({ period, useCases, freezes }: RowsProps) {
  const midnights = midnightsIn(period, useTimeZone());
  const track = { period, midnights };
  const more = freezes.length - MAX_FREEZES;
  return (
    <>
      <Text size="sm" c="dimmed">
        <Time at={period.from} isExact /> to <Time at={period.to} isExact />. A line is the begin of a day.
        Changes of a reviewed use case that is not listed are applied at any time.
      </Text>
      {useCases.length === 0 && <Text size="sm">No reviewed use case has windows.</Text>}
      <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Windows and freezes">
        {useCases.map((item) => (
          <UseCaseRow
            key={item.useCase}
            item={item}
            freezes={freezes.filter(({ useCases: of }) => of === null || of.includes(item.useCase))}
            track={track}
          />
        ))}
        {freezes.slice(0, MAX_FREEZES).map((freeze) => (
          <Row
            key={freeze.id}
            badge={<Badge color="red">Freeze</Badge>}
            name={namesOf(freeze)}
            text={freeze.reason}
          >
            <TimeTrack {...track} openings={[]} freezes={[freeze]} label={textOf('Frozen', [freeze])} />
          </Row>
        ))}
      </Stack>
      {more > 0 && <Text size="sm">{`${more} more freezes are in this time.`}</Text>}
    </>
  );
}

interface UseCaseRowProps {
  item: UseCaseWindows;
  /** Of this use case. */
  freezes: Freeze[];
  track: { period: Period; midnights: number[] };
}

function UseCaseRow({ item: { useCase, openings, completeUntil }, freezes, track }: UseCaseRowProps) {
  const mayOpen = useAllowed(RIGHTS.catalogue);
  return (
    <Row
      badge={<Badge color="petrol">Windows</Badge>}
      name={
        mayOpen ? (
          <Anchor component={Link} to={`/use-cases/${encodeURIComponent(useCase)}?tab=policy`} inherit>
            {useCase}
          </Anchor>
        ) : (
          useCase
        )
      }
      text={
        <>
          <NextFree openings={openings} freezes={freezes} />
          {completeUntil && (
            <>
              {' '}
              Openings from <Time at={completeUntil} isExact /> on are not shown.
            </>
          )}
        </>
      }
    >
      <TimeTrack
        {...track}
        openings={openings}
        freezes={freezes}
        label={[textOf('Open', openings), textOf('Frozen', freezes)].filter(Boolean).join('. ')}
      />
    </Row>
  );
}

function NextFree({ openings, freezes }: { openings: readonly Period[]; freezes: readonly Period[] }) {
  const now = Date.now();
  const next = nextFree(openings, freezes, now);
  if (next === null) return <>No change is applied in this time.</>;
  if (next <= now) return <>Open now.</>;
  return (
    <>
      Opens <Time at={new Date(next).toISOString()} isExact />.
    </>
  );
}

interface RowProps {
  badge: ReactNode;
  name: ReactNode;
  text: ReactNode;
  children: ReactNode;
}

const Row = ({ badge, name, text, children }: RowProps) => (
  <li>
    <Group gap="xs">
      {badge}
      <Text size="sm" fw={600} component="div" style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Group>
    {children}
  </li>
);

/** Says what the bars show, for who does not see them. */
const textOf = (word: string, periods: readonly Period[]): string =>
  periods.length === 0
    ? ''
    : `${word}: ${periods.map(({ from, to }) => `${formatTime(from)} to ${formatTime(to)}`).join('; ')}`;
