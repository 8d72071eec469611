import { createApiClient, ProblemError } from '@orchestrator/client/client.js';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/** As long as the api works on a request; a frozen api would keep the old data on the page for ever. */
const READ_TIMEOUT_MS = 10_000;

/** Leaves changes alone: whether one happened is not known after a time-out. */
function fetchInTime(request: Request): Promise<Response> {
  if (request.method !== 'GET') return fetch(request);
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(READ_TIMEOUT_MS)]) });
}

/** The browser sends the session along by itself: no page ever holds a secret. */
export const api = createApiClient({ fetch: fetchInTime });

export const SESSION = ['session'];

/** Retries after a short outage of the service, and never after a refusal. */
const isPassing = (error: Error): boolean =>
  error instanceof ProblemError && [0, 429, 502, 503, 504].includes(error.problem.status);

/** Ends the session when any request gets a 401. */
function onError(error: Error): void {
  if (error instanceof ProblemError && error.problem.status === 401) queries.setQueryData(SESSION, null);
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
      retryDelay: (failures) => 500 * 2 ** failures,
    },
  },
});
