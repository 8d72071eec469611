import { Button, Group } from '@mantine/core';
import { type ComponentType, Suspense } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { lazyPage } from '../components/lazy-page.js';
import { Page } from '../components/page.js';
import { EmptyState, Loading } from '../components/query-state.js';
import { Locked } from '../session/locked.js';
import { isAllowed } from '../session/rights.js';
import { useSession } from '../session/use-session.js';
import { SECTIONS, type SettingsSection } from './sections.js';

const PAGES: Record<string, ComponentType> = {
  keys: lazyPage(async () => (await import('./keys/keys-section.js')).KeysSection),
  webhooks: lazyPage(async () => (await import('./webhooks/webhooks-section.js')).WebhooksSection),
  channels: lazyPage(async () => (await import('./channels/channels-section.js')).ChannelsSection),
  assistants: lazyPage(async () => (await import('./assistants/assistants-section.js')).AssistantsSection),
  prices: lazyPage(async () => (await import('./prices/prices-section.js')).PricesSection),
  budgets: lazyPage(async () => (await import('./budgets/budgets-section.js')).BudgetsSection),
  retention: lazyPage(async () => (await import('./retention/retention-section.js')).RetentionSection),
  people: lazyPage(async () => (await import('./people/people-section.js')).PeopleSection),
};

/** All settings that are not of one use case or model. */
export function SettingsPage() {
  const { data: session } = useSession();
  const first = SECTIONS.find(({ access }) => session && isAllowed(session, access)) ?? SECTIONS[0]!;
  return (
    <Routes>
      <Route index element={<Navigate to={`/settings/${first.path}`} replace />} />
      {SECTIONS.map((section) => (
        <Route key={section.path} path={`${section.path}/*`} element={<OneSection section={section} />} />
      ))}
      <Route path="*" element={<NoSuchSection />} />
    </Routes>
  );
}

function OneSection({ section: { path, label, access } }: { section: SettingsSection }) {
  const { data: session } = useSession();
  const Content = PAGES[path]!;
  const mayUse = session && isAllowed(session, access);
  return (
    <Page title={label} about="Settings">
      <SettingsMenu />
      {mayUse ? (
        <Suspense fallback={<Loading />}>
          <Content />
        </Suspense>
      ) : (
        <Locked scope={access.scopes} />
      )}
    </Page>
  );
}

function SettingsMenu() {
  const { pathname } = useLocation();
  return (
    <Group component="nav" aria-label="Settings" gap="xs">
      {SECTIONS.map(({ path, label }) => {
        const isHere = pathname.startsWith(`/settings/${path}`);
        return (
          <Button
            key={path}
            component={Link}
            to={`/settings/${path}`}
            size="compact-md"
            variant={isHere ? 'filled' : 'default'}
            aria-current={isHere ? 'page' : undefined}
          >
            {label}
          </Button>
        );
      })}
    </Group>
  );
}

const NoSuchSection = () => (
  <Page title="Settings">
    <SettingsMenu />
    <EmptyState title="No such settings">Choose one of the sections above.</EmptyState>
  </Page>
);
