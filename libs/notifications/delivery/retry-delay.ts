const FIRST_MS = 5_000;
const MAX_DELAY_MS = 3_600_000;

/**
 * Returns the pause before the next attempt: doubled each time, up to an hour, and random within its second half. So
 * receivers that failed together are not retried together.
 * @param failures consecutive, this one included
 * @param wantedMs pause that the receiver asked for; honoured up to an hour
 */
export function retryDelayMs(failures: number, wantedMs: number, random = Math.random()): number {
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_DELAY_MS);
  return Math.max(longest * (0.5 + random / 2), Math.min(wantedMs, MAX_DELAY_MS));
}
