// Erases users in the orchestrator who were deleted in this project: a database webhook calls it after each deletion, and
// pg_cron for what is still due (supabase/snippets/erase-deleted-user.sql). Whom to erase it reads from the table
// user_erasures_due and never from a request. It may be repeated: erasing twice changes nothing.
// Secrets: ORCHESTRATOR_URL; ORCHESTRATOR_ADMIN_KEY, a service key with the scope admin, which erasing takes;
// ERASE_WEBHOOK_SECRET, any long random text.
import { callDatabase } from '../_shared/database.ts';
import { Problem, serve } from '../_shared/responses.ts';
import { need, orchestratorUrl } from '../_shared/settings.ts';
import { requireSecret } from '../_shared/shared-secret.ts';

/** Begins no erasure after this time: the rest is for the next call. */
const BUDGET_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** A 404 of the orchestrator itself, which knows nothing of the user: not that of another server at a wrong URL. */
async function isUnknown(response: Response): Promise<boolean> {
  const { code } = await response.json().catch(() => ({}));
  return response.status === 404 && code === 'user_unknown';
}

/** @returns whether nothing of the user is left, apart from what the worker of the orchestrator completes */
async function erase(user: string, requestId: string): Promise<boolean> {
  const key = need('ORCHESTRATOR_ADMIN_KEY');
  let status = 0;
  try {
    const response = await fetch(`${orchestratorUrl()}/v1/users/${encodeURIComponent(user)}/erase`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'x-request-id': requestId },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'manual',
    });
    status = response.status;
    if (status === 200 || (await isUnknown(response))) return true;
  } catch {
    // The status stays 0: not reached, or not in time.
  }
  console.error(JSON.stringify({ requestId, code: 'not_erased', status }));
  return false;
}

serve(async (request, requestId) => {
  await requireSecret(request, 'ERASE_WEBHOOK_SECRET');
  const until = performance.now() + BUDGET_MS;
  const due = await callDatabase<string[]>('due_user_erasures', {});
  const erased: string[] = [];
  let failed = 0;
  for (const user of due) {
    if (performance.now() > until) break;
    if (await erase(user, requestId)) erased.push(user);
    else failed += 1;
  }
  await callDatabase('finish_user_erasures', { erased });
  if (failed > 0)
    throw new Problem(
      503,
      'not_erased',
      `${failed} users were not erased: call again, the log has the status`,
    );
  return Response.json({ success: true, erased: erased.length });
});
