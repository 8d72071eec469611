import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from './database-trouble.js';

/** A process that starts waits as long for a PostgreSQL that is away or that a whole fleet keeps busy. */
export const BOOT_ATTEMPTS = 30;
export const BOOT_RETRY_MS = 1_000;

/**
 * Asks PostgreSQL at boot, again and again while it is away or has no connection left: nothing that a process needs to
 * start may end it for that.
 * @throws what it failed with in the end
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
