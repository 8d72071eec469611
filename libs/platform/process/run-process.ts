import { loadDotEnv } from '../config/dot-env.js';
import { type Env, loadEnv } from '../config/env.js';
import { startTracing } from '../telemetry/tracing.js';

/** Commands to a running process. */
export interface RunningProcess {
  /** Accepts nothing new and finishes work in progress, within `SHUTDOWN_GRACE_SECONDS`. */
  drain(): Promise<void>;
  /** Closes connections and everything else that is open. */
  close(): Promise<unknown>;
}

/** Limit after the work is done: without Redis a queue would wait for ever. */
const CLOSE_TIMEOUT_MS = 4_000;

/**
 * Runs an api or a worker. A bad environment or a failed start ends it with one readable message. A signal or the end
 * of its parent process closes it in order.
 */
export async function runProcess(
  name: 'api' | 'worker',
  start: (env: Env) => Promise<RunningProcess>,
): Promise<void> {
  const wasForked = process.send !== undefined;
  try {
    loadDotEnv();
    const env = loadEnv();
    const stopTracing = await startTracing(name, env);
    const running = await start(env);
    let closing = false;
    const close = async () => {
      await running.drain();
      setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS).unref();
      await running.close().finally(() => stopTracing().catch(() => undefined));
    };
    const end = () => {
      if (closing) return;
      closing = true;
      void close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, end);
    // The parent process ended while this one started.
    if (wasForked && !process.connected) end();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  }
}

/** An error of a connection that every address of a host refuses has no message. */
const messageOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
};
