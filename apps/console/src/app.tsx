import { Center } from '@mantine/core';
import { lazy, Suspense, useRef } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ErrorBoundary } from './components/error-boundary.js';
import { Page } from './components/page.js';
import { ProblemAlert } from './components/problem-alert.js';
import { EmptyState, Loading } from './components/query-state.js';
import { SignIn } from './session/sign-in.js';
import { useSession } from './session/use-session.js';
import { Shell } from './shell/shell.js';

// Each page comes when it is first looked at.
const ModelsPage = lazy(async () => ({ default: (await import('./models/models-page.js')).ModelsPage }));
const UseCasesPage = lazy(async () => ({
  default: (await import('./use-cases/use-cases-page.js')).UseCasesPage,
}));
const UseCasePage = lazy(async () => ({
  default: (await import('./use-cases/use-case-page.js')).UseCasePage,
}));
const ConversationsPage = lazy(async () => ({
  default: (await import('./conversations/conversations-page.js')).ConversationsPage,
}));
const ConversationPage = lazy(async () => ({
  default: (await import('./conversations/conversation-page.js')).ConversationPage,
}));
const LivePage = lazy(async () => ({ default: (await import('./live/live-page.js')).LivePage }));
const ModelPage = lazy(async () => ({ default: (await import('./models/model-page.js')).ModelPage }));
const AnalyticsPage = lazy(async () => ({
  default: (await import('./analytics/analytics-page.js')).AnalyticsPage,
}));
const ValidationPage = lazy(async () => ({
  default: (await import('./validation/validation-page.js')).ValidationPage,
}));
const LifecyclePage = lazy(async () => ({
  default: (await import('./lifecycle/lifecycle-page.js')).LifecyclePage,
}));
const AuditPage = lazy(async () => ({ default: (await import('./audit/audit-page.js')).AuditPage }));

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
      <Pages />
    </Shell>
  );
}

function Pages() {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary address={pathname}>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route index element={<Navigate to="/live" replace />} />
          <Route path="live" element={<LivePage />} />
          <Route path="use-cases" element={<UseCasesPage />} />
          <Route path="use-cases/:name" element={<UseCasePage />} />
          <Route path="conversations" element={<ConversationsPage />} />
          <Route path="conversations/:id" element={<ConversationPage />} />
          <Route path="models" element={<ModelsPage />} />
          <Route path="models/:id" element={<ModelPage />} />
          <Route path="analytics" element={<AnalyticsPage />} />
          <Route path="validation" element={<ValidationPage />} />
          <Route path="lifecycle" element={<LifecyclePage />} />
          <Route path="audit" element={<AuditPage />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}

const NoSuchPage = () => (
  <Page title="No such page">
    <EmptyState title="There is nothing at this address">The menu has the pages there are.</EmptyState>
  </Page>
);
