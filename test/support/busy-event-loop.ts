const BLOCKED_MS = 250;
const PAUSE_MS = 5;

/** Blocks the event loop again and again. @returns a function that ends that */
export function blockEventLoop(): () => void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  const timer = setInterval(() => Atomics.wait(never, 0, 0, BLOCKED_MS), PAUSE_MS);
  return () => clearInterval(timer);
}
