import { Button, Group, Text } from '@mantine/core';
import { Page } from '../components/page.js';
import { EmptyState, QueryState } from '../components/query-state.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { useMay } from '../session/use-session.js';
import { SwitchList } from '../switching/switch-list.js';
import { useMaySeeSwitches } from '../switching/use-switches.js';
import { AuditFilters } from './audit-filters.js';
import { type AuditFilter, exportAddress, filterOf, useAudit } from './use-audit.js';
import { Verification } from './verification.js';

export function AuditPage() {
  const filters = useFilters();
  const maySee = useMaySeeSwitches();
  const mayVerify = useMay('audit');
  const filter = filterOf(filters);
  return (
    <Page
      title="Audit"
      about="Who switched what, when and why; and the proof that nobody has changed it since."
    >
      {mayVerify && <Verification />}
      {maySee ? (
        <>
          <AuditFilters key={JSON.stringify(filter)} filter={filter} onFilter={filters.set} />
          <Section title="Switches" actions={<Exports filter={filter} />}>
            <Switches filter={filter} />
          </Section>
        </>
      ) : (
        <Text c="dimmed">The audit rows need a service key with the scope audit.</Text>
      )}
    </Page>
  );
}

/** Of everything that the filter lets through, not only of what is shown. */
function Exports({ filter }: { filter: AuditFilter }) {
  return (
    <Group gap="xs">
      {(['csv', 'ndjson'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={exportAddress(filter, format)}
          download={`switches.${format}`}
          size="xs"
          variant="default"
          aria-label={`${format.toUpperCase()}: all of these switches`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}

function Switches({ filter }: { filter: AuditFilter }) {
  const audit = useAudit(filter);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = audit;
  return (
    <QueryState query={audit}>
      {({ pages }) => {
        const switches = pages.flatMap(({ items }) => items);
        if (switches.length === 0)
          return <EmptyState title="No such switch">Filter for less, or for another time.</EmptyState>;
        return (
          <>
            <SwitchList switches={switches} />
            {hasNextPage && (
              <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show older ones
              </Button>
            )}
          </>
        );
      }}
    </QueryState>
  );
}
