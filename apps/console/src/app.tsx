import { Center } from '@mantine/core';
import { type ReactNode, Suspense, useRef } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ErrorBoundary } from './components/error-boundary.js';
import { lazyPage } from './components/lazy-page.js';
import { Page } from './components/page.js';
import { ProblemAlert } from './components/problem-alert.js';
import { EmptyState, Loading } from './components/query-state.js';
import { useTimeZone } from './components/time-zone.js';
import { Locked } from './session/locked.js';
import { isAllowed } from './session/rights.js';
import { SignIn } from './session/sign-in.js';
import { type Session, useSession } from './session/use-session.js';
import { homeOf, MOVED, pageAt } from './shell/pages.js';
import { Shell } from './shell/shell.js';

// Each page comes when it is first looked at.
const ModelsPage = lazyPage(async () => (await import('./models/models-page.js')).ModelsPage);
const UseCasesPage = lazyPage(async () => (await import('./use-cases/use-cases-page.js')).UseCasesPage);
const UseCasePage = lazyPage(async () => (await import('./use-cases/use-case-page.js')).UseCasePage);
const ConversationsPage = lazyPage(
  async () => (await import('./conversations/conversations-page.js')).ConversationsPage,
);
const ConversationPage = lazyPage(
  async () => (await import('./conversations/conversation-page.js')).ConversationPage,
);
const ActivityPage = lazyPage(async () => (await import('./activity/activity-page.js')).ActivityPage);
const OverviewPage = lazyPage(async () => (await import('./overview/overview-page.js')).OverviewPage);
const ModelPage = lazyPage(async () => (await import('./models/model-page.js')).ModelPage);
const CostPage = lazyPage(async () => (await import('./cost/cost-page.js')).CostPage);
const LifecyclePage = lazyPage(async () => (await import('./lifecycle/lifecycle-page.js')).LifecyclePage);
const AuditPage = lazyPage(async () => (await import('./audit/audit-page.js')).AuditPage);
const SwitchPage = lazyPage(async () => (await import('./audit/switch-page.js')).SwitchPage);
const ChangesPage = lazyPage(async () => (await import('./changes/changes-page.js')).ChangesPage);
const ChangePage = lazyPage(async () => (await import('./changes/change-page.js')).ChangePage);
const CallsPage = lazyPage(async () => (await import('./calls/calls-page.js')).CallsPage);
const HealthPage = lazyPage(async () => (await import('./health/health-page.js')).HealthPage);
const SettingsPage = lazyPage(async () => (await import('./settings/settings-page.js')).SettingsPage);

export function App() {
  const session = useSession();
  const wasSignedIn = useRef(false);
  if (session.data === null) return <SignIn again={wasSignedIn.current} />;
  if (!session.data)
    return (
      <Center component="main" p="xl">
        {session.error ? (
          <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
        ) : (
          <Loading />
        )}
      </Center>
    );
  wasSignedIn.current = true;
  return (
    <Shell session={session.data}>
      <Pages session={session.data} />
    </Shell>
  );
}

function Pages({ session }: { session: Session }) {
  const { pathname } = useLocation();
  // Texts have times in them, so that all of a page is made again in the other zone.
  const zone = useTimeZone();
  return (
    <ErrorBoundary key={zone} address={pathname}>
      <Suspense fallback={<Loading />}>
        <Unlocked session={session}>
          <Routes>
            <Route index element={<Navigate to={homeOf(session)} replace />} />
            <Route path="overview" element={<OverviewPage />} />
            <Route path="activity" element={<ActivityPage />} />
            <Route path="use-cases" element={<UseCasesPage />} />
            <Route path="use-cases/:name" element={<UseCasePage />} />
            <Route path="conversations" element={<ConversationsPage />} />
            <Route path="conversations/:id" element={<ConversationPage />} />
            <Route path="models" element={<ModelsPage />} />
            <Route path="models/:id" element={<ModelPage />} />
            <Route path="cost" element={<CostPage />} />
            <Route path="health" element={<HealthPage />} />
            <Route path="lifecycle" element={<LifecyclePage />} />
            <Route path="changes" element={<ChangesPage />} />
            <Route path="changes/:id" element={<ChangePage />} />
            <Route path="calls" element={<CallsPage />} />
            <Route path="audit" element={<AuditPage />} />
            <Route path="audit/:id" element={<SwitchPage />} />
            <Route path="settings/*" element={<SettingsPage />} />
            {Object.entries(MOVED).map(([from, to]) => (
              <Route key={from} path={from} element={<Moved to={to} />} />
            ))}
            <Route path="*" element={<NoSuchPage />} />
          </Routes>
        </Unlocked>
      </Suspense>
    </ErrorBoundary>
  );
}

/** Asks the api for nothing that it would refuse. */
function Unlocked({ session, children }: { session: Session; children: ReactNode }) {
  const page = pageAt(useLocation().pathname);
  if (!page || isAllowed(session, page.access)) return children;
  return (
    <Page title={page.label}>
      <Locked scope={page.access.scopes} />
    </Page>
  );
}

/** Keeps the filters of an address that people have stored. */
function Moved({ to }: { to: string }) {
  const { search } = useLocation();
  return <Navigate to={`${to}${search}`} replace />;
}

const NoSuchPage = () => (
  <Page title="No such page">
    <EmptyState title="There is nothing at this address">The menu has the pages there are.</EmptyState>
  </Page>
);
