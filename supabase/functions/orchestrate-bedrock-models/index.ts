// Passes the requests of the old function's clients to the orchestrator, at the old function's URL. It authenticates
// nobody and holds no key: the orchestrator verifies the token that the caller sent. docs/migration.md has the steps.
// Secret: ORCHESTRATOR_URL. APP_ORIGIN narrows which pages may call; ORCHESTRATOR_TIMEOUT_MS is 30000 by default.
import { bytesOf } from '../_shared/body.ts';
import { forward } from '../_shared/orchestrator.ts';
import { serveBrowsers } from '../_shared/responses.ts';
import { milliseconds } from '../_shared/settings.ts';

/** As the orchestrator's own limit. */
const MAX_BODY = 32 * 1024;

serveBrowsers(async (request, requestId) =>
  forward(request, {
    path: '/functions/v1/orchestrate-bedrock-models',
    body: await bytesOf(request, MAX_BODY),
    requestId,
    timeoutMs: milliseconds('ORCHESTRATOR_TIMEOUT_MS', 30_000),
  }),
);
