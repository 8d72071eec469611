import { createApiClient } from '#libs/client/client.js';
import { lifecycleWarnings } from '../../apps/cli/src/lifecycle.js';
import { say } from './terminal.js';

const REQUEST_TIMEOUT_MS = 2_000;

/** Prints models that end soon. A failed request prints nothing: it must not prevent the start. */
export async function printLifecycleWarnings(
  { url, serviceKey }: { url: string; serviceKey: string },
  signal: AbortSignal,
): Promise<void> {
  try {
    const api = createApiClient({ baseUrl: url, headers: { authorization: `Bearer ${serviceKey}` } });
    const { data } = await api.GET('/v1/lifecycle', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    if (!data) return;
    const warnings = lifecycleWarnings(data.items);
    for (const warning of warnings) say(`Note: ${warning}`);
    if (warnings.length > 0) console.log('');
  } catch {
    // Too late, not ours, or stopped meanwhile.
  }
}
