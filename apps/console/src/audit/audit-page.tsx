import { Tabs } from '@mantine/core';
import { Page } from '../components/page.js';
import { useFilters } from '../components/use-filters.js';
import { useMay } from '../session/use-session.js';
import { Changes } from './changes.js';
import { Proof } from './proof.js';
import { Switches } from './switches.js';

export function AuditPage() {
  const filters = useFilters();
  const isAuditor = useMay('audit');
  const tab = filters.of('tab') === 'changes' ? 'changes' : 'switches';
  return (
    <Page
      title="Audit"
      about="Who switched or changed what, when and why. A hash chain proves that the switches are unaltered."
    >
      {isAuditor && <Proof />}
      {isAuditor ? (
        <Tabs
          value={tab}
          onChange={(chosen) => filters.set({ tab: chosen === 'changes' ? 'changes' : '' })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="switches">Switches</Tabs.Tab>
            <Tabs.Tab value="changes">Changes</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="switches">
            <Switches />
          </Tabs.Panel>
          <Tabs.Panel value="changes">
            <Changes />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Switches />
      )}
    </Page>
  );
}
