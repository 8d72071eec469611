import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A child process that someone must stop. */
export interface Running {
  readonly pid: number;
  /** Resolves when the process is gone, with how it ended in words. Never rejects. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });
}

/** Signals a child, one after the other, until it is gone. */
export async function stopChild(
  child: ChildProcess,
  exited: Promise<string>,
  steps: [NodeJS.Signals, number][],
): Promise<void> {
  for (const [signal, patienceMs] of steps) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const giveUp = new AbortController();
    await Promise.race([exited, delay(patienceMs, undefined, { signal: giveUp.signal }).catch(() => {})]);
    giveUp.abort();
  }
}
