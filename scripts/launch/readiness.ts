import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError } from '../embedded/launch-error.js';

const TIMEOUT_MS = 60_000;

export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  let last = 'no answer';
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(`${url}/readyz`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(2000)]),
      });
      if (answer.ok) return;
      last = `${answer.status} ${await answer.text()}`;
    } catch (error) {
      signal.throwIfAborted();
      last = (error as Error).message;
    }
    await delay(100, undefined, { signal });
  }
  throw new LaunchError(`${url}/readyz was not ready within 60 s (${last}). See .data/logs/api.log.`);
}
