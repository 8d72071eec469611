import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from './database-trouble.js';

/** Attempts of a starting process to reach a PostgreSQL that is unavailable or overloaded by other instances. */
export const BOOT_ATTEMPTS = 30;
export const BOOT_RETRY_MS = 1_000;

/**
 * Retries a query at boot while PostgreSQL is unavailable or has no connection left, because that must not end a
 * starting process.
 * @throws the error of the last attempt
 */
export async function untilAnswered<T>(ask: () => Promise<T>, retryMs = BOOT_RETRY_MS): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === BOOT_ATTEMPTS || !isDatabaseAway(error)) throw error;
      await delay(retryMs);
    }
  }
}
