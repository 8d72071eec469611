/** Returns a function that reads at most once in this time, however many callers wait. A failed read is not kept. */
export function cachedRead<T>(milliseconds: number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (last && performance.now() - last.at < milliseconds) return last.value;
    const reading = { at: performance.now(), value: read() };
    last = reading;
    reading.value.catch(() => {
      if (last === reading) last = undefined;
    });
    return reading.value;
  };
}
