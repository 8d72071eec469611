import { setTimeout as delay } from 'node:timers/promises';
import type { Running } from '../embedded/child-process.js';
import { LaunchError } from '../embedded/launch-error.js';
import { isAlive } from '../embedded/processes.js';
import { say } from './terminal.js';

/** Order of stopping: an app needs the services to finish its work. */
const STOP_ORDER = ['app', 'identity-provider', 'bedrock', 'redis', 'postgres'] as const;
type Kind = (typeof STOP_ORDER)[number];

interface Kept {
  kind: Kind;
  name: string;
  running: Running;
  crashes: number[];
}

const CRASHES_PER_MINUTE = 5;
/** One Ctrl-C arrives twice: from the terminal, and from npm, which forwards it. */
const SAME_CTRL_C_MS = 1000;

/** Keeps processes running until the session ends, then stops them in order. */
export class ProcessSupervisor {
  /** Resolves with the exit code when the session is to end. */
  readonly ended: Promise<number>;
  /** False while starting: a process that stops then is not restarted, because it would only stop again. */
  established = false;
  readonly #ending = new AbortController();
  readonly #kept: Kept[] = [];
  readonly #starting = new Set<Promise<unknown>>();
  #resolveEnded: (code: number) => void = () => {};

  constructor(private readonly firstBackoffMs = 200) {
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  end(code: number): void {
    this.#ending.abort();
    this.#resolveEnded(code);
  }

  /** Starts a process and restarts it when it stops by itself; `start` gets the previous one, to reuse its port. */
  async keep<T extends Running>(kind: Kind, name: string, start: (previous?: T) => Promise<T>): Promise<T> {
    const running = await this.#track(start());
    const kept: Kept = { kind, name, running, crashes: [] };
    this.#kept.push(kept);
    this.#watch(kept, () => start(kept.running as T));
    return running;
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled(this.#starting);
    for (const kind of STOP_ORDER) {
      await Promise.all(this.#kept.filter((kept) => kept.kind === kind).map((kept) => kept.running.stop()));
    }
  }

  /** Leaves PostgreSQL to its guard, which stops it without damage when this process is gone. */
  killAll(): void {
    for (const { kind, running } of this.#kept) {
      if (kind !== 'postgres' && isAlive(running.pid)) process.kill(running.pid, 'SIGKILL');
    }
  }

  #track<T>(start: Promise<T>): Promise<T> {
    this.#starting.add(start);
    const done = () => this.#starting.delete(start);
    start.then(done, done);
    return start;
  }

  #watch(kept: Kept, restart: () => Promise<Running>): void {
    void kept.running.exited.then((how) => this.#onExit(kept, how, restart));
  }

  async #onExit(kept: Kept, how: string, restart: () => Promise<Running>): Promise<void> {
    if (this.signal.aborted) return;
    if (!this.established) {
      say(`${kept.name} stopped while starting (${how}). Its log is in .data/logs/.`);
      return this.end(1);
    }
    kept.crashes = [...kept.crashes.filter((time) => time > Date.now() - 60_000), Date.now()];
    if (kept.crashes.length > CRASHES_PER_MINUTE) {
      say(`${kept.name} stopped ${kept.crashes.length} times within a minute (${how}): giving up.`);
      return this.end(1);
    }
    say(`${kept.name} stopped unexpectedly (${how}); starting it again.`);
    try {
      const backoffMs = this.firstBackoffMs * 2 ** (kept.crashes.length - 1);
      await delay(backoffMs, undefined, { signal: this.signal });
      kept.running = await this.#track(restart());
      this.#watch(kept, restart);
    } catch (error) {
      await this.#onExit(kept, (error as Error).message, restart);
    }
  }
}

function endOnSignals(session: ProcessSupervisor): void {
  let asked = 0;
  const onSignal = () => {
    if (!asked) {
      asked = Date.now();
      console.log('');
      say('stopping (Ctrl-C again to force) ...');
      session.end(0);
    } else if (Date.now() - asked > SAME_CTRL_C_MS) {
      session.killAll();
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  endWithNpm(onSignal);
}

/**
 * Ends with npm: `kill <pid of npm>` ends npm and its shell, but the shell forwards nothing, which would leave orphans.
 */
export function endWithNpm(onGone: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    onGone();
  }, 500);
  watch.unref();
}

function explain(error: NodeJS.ErrnoException): string | undefined {
  if (error instanceof LaunchError) return error.message;
  if (error.code !== 'EACCES' && error.code !== 'EPERM') return error.stack;
  return `${error.message}\nIt belongs to another user: run this as the user who ran it first, or remove .data.`;
}

/** Runs `work` and then waits for Ctrl-C; ends with everything stopped. */
export async function superviseProcesses(
  work: (session: ProcessSupervisor) => Promise<void>,
): Promise<never> {
  const session = new ProcessSupervisor();
  endOnSignals(session);
  const working = work(session).catch((error) => {
    if (session.signal.aborted) return;
    console.error(`\n${explain(error)}`);
    session.end(1);
  });
  const code = await session.ended;
  await session.stopAll();
  await Promise.race([working, delay(1000)]);
  if (code === 0) say('stopped.');
  process.exit(code);
}
