import { SimpleGrid } from '@mantine/core';
import { Page } from '../components/page.js';
import { Section } from '../components/section.js';
import { useFilters } from '../components/use-filters.js';
import { RIGHTS, useAllowed } from '../session/rights.js';
import { useMay } from '../session/use-session.js';
import { Verdicts } from '../validation/verdicts.js';
import { Breakers } from './breakers.js';
import { DeadLetters } from './dead-letters.js';
import { Instances } from './instances.js';
import { Service } from './service.js';
import { Sweeps } from './sweeps.js';
import { WebhookHealth } from './webhook-health.js';

/** State of the parts with the actions that mend them; with a model in the address, only the checks of that model. */
export function HealthPage() {
  const isOfOneModel = useFilters().of('model') !== '';
  return (
    <Page title="Health" about="What works, what does not, and what to do about it.">
      {!isOfOneModel && <States />}
      <Verdicts />
    </Page>
  );
}

function States() {
  const mayOperate = useMay('operate');
  const maySeeInstances = useMay('read');
  const maySeeSweeps = useMay('operate', 'read');
  const maySeeWebhooks = useAllowed(RIGHTS.webhooks);
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Service">
          <Service mayOperate={mayOperate} />
        </Section>
        <Section title="Open breakers">
          <Breakers mayOperate={mayOperate} />
        </Section>
      </SimpleGrid>
      {maySeeInstances && (
        <Section title="Instances">
          <Instances />
        </Section>
      )}
      {maySeeSweeps && <Sweeps mayOperate={mayOperate} />}
      {mayOperate && <DeadLetters />}
      {maySeeWebhooks && (
        <Section title="Webhooks">
          <WebhookHealth />
        </Section>
      )}
    </>
  );
}
