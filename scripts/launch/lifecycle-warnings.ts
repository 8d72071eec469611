import { lifecyclePage, lifecycleWarnings } from '../../apps/cli/src/lifecycle.js';
import { say } from './terminal.js';

const REQUEST_TIMEOUT_MS = 2_000;

/** Prints models that end soon. A failed request prints nothing: it must not prevent the start. */
export async function printLifecycleWarnings(
  { url, serviceKey }: { url: string; serviceKey: string },
  signal: AbortSignal,
): Promise<void> {
  try {
    const answer = await fetch(`${url}/v1/lifecycle`, {
      headers: { authorization: `Bearer ${serviceKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    if (!answer.ok) return;
    const warnings = lifecycleWarnings(lifecyclePage.parse(await answer.json()).items);
    for (const warning of warnings) say(`Note: ${warning}`);
    if (warnings.length > 0) console.log('');
  } catch {
    // Too late, not ours, or stopped meanwhile.
  }
}
