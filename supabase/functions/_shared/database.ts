import { Problem } from './responses.ts';
import { need } from './settings.ts';

/** Below the 10 s that the orchestrator waits for a receiver. */
const TIMEOUT_MS = 5_000;

/**
 * Calls a function of the project's database by its REST interface, with the key that Supabase gives each edge function.
 * @throws Problem (503): the caller must repeat the request
 */
export async function callDatabase<T>(name: string, parameters: object): Promise<T> {
  const key = need('SUPABASE_SERVICE_ROLE_KEY');
  const url = `${need('SUPABASE_URL')}/rest/v1/rpc/${name}`;
  let status = 0;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
    const text = await response.text();
    if (response.ok) return (text === '' ? null : JSON.parse(text)) as T;
  } catch {
    // The status stays 0: not reached, or not in time.
  }
  console.error(JSON.stringify({ code: 'database_unavailable', call: name, status }));
  throw new Problem(503, 'database_unavailable', 'The database did not take it: repeat the request', {
    'retry-after': '5',
  });
}
