const FIRST_MS = 5_000;
const MAX_DELAY_MS = 3_600_000;

/**
 * How long to leave a receiver alone: twice as long each time, up to an hour, and anywhere in the last half of that, so
 * that those which failed together do not come back together.
 * @param failures in a row, this one included
 * @param wantedMs what the receiver asked for; believed up to an hour
 */
export function retryDelayMs(failures: number, wantedMs: number, random = Math.random()): number {
  const longest = Math.min(FIRST_MS * 2 ** (failures - 1), MAX_DELAY_MS);
  return Math.max(longest * (0.5 + random / 2), Math.min(wantedMs, MAX_DELAY_MS));
}
