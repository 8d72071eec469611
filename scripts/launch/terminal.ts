const started = Date.now();

export const secondsSinceStart = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;

export function say(line: string): void {
  console.log(`  ${line}`);
}

/** Prints the step, so that a long one does not look like a hang, and its duration. */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
  const stillAtIt = setInterval(
    () => say(`still ${label} (${Math.round((Date.now() - began) / 1000)} s)`),
    5000,
  );
  try {
    const result = await work();
    say(`${label}: done (${seconds()} s)`);
    return result;
  } finally {
    clearInterval(stillAtIt);
  }
}
