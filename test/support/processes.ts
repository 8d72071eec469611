import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout } from '../../scripts/embedded/checkout.js';
import { exitOf } from '../../scripts/embedded/child-process.js';
import { nodeOptionsOf } from '../../scripts/launch/app-process.js';
import { type Reply, untilFinal } from './retrying-client.js';
import { inherited } from './run-folder.js';

const builtIn = (folder: string) => ({
  api: join(folder, 'dist', 'apps', 'api', 'src', 'main.js'),
  worker: join(folder, 'dist', 'apps', 'worker', 'src', 'main.js'),
  'all-in-one': join(folder, 'dist', 'apps', 'all-in-one', 'src', 'main.js'),
  cli: join(folder, 'dist', 'apps', 'cli', 'src', 'main.js'),
});
export const BUILT = builtIn(checkout);

/** For one that does not end when it is asked to. */
const KILL_AFTER_MS = 60_000;
const REQUEST_HANGS_AFTER_MS = 60_000;

/** A built program that runs as npm start runs it: forked, so that it leaves when the tests are gone. */
export class BuiltProcess {
  stdout = '';
  stderr = '';
  /** How it ended, in words: `exit code 0`, `killed by SIGKILL`. */
  readonly exited: Promise<string>;
  protected readonly child: ChildProcess;

  constructor(
    program: 'api' | 'worker' | 'all-in-one',
    protected readonly variables: Record<string, string>,
    folder = checkout,
  ) {
    this.child = fork(builtIn(folder)[program], [], {
      cwd: folder,
      env: { ...inherited(), ...variables },
      execArgv: nodeOptionsOf(folder),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout!.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr!.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.exited = exitOf(this.child);
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** As when the launcher that forked it dies. */
  disconnect(): void {
    this.child.disconnect();
  }

  async kill(): Promise<void> {
    if (!this.hasExited) this.child.kill('SIGKILL');
    await this.exited;
  }

  /** Sends SIGTERM, and SIGKILL when it is still there after this time. */
  async stop(killAfterMs = KILL_AFTER_MS): Promise<string> {
    if (!this.hasExited) {
      this.child.kill('SIGCONT');
      this.child.kill('SIGTERM');
      const insist = setTimeout(() => this.child.kill('SIGKILL'), killAfterMs);
      await this.exited;
      clearTimeout(insist);
    }
    return this.exited;
  }
}

export interface HttpAnswer extends Reply {
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  body: any;
}

interface HttpCall {
  token?: string;
  headers?: Record<string, string>;
}

/** A running api and how to call it. */
export class BuiltApi extends BuiltProcess {
  url = '';

  private constructor(
    variables: Record<string, string>,
    folder?: string,
    program: 'api' | 'all-in-one' = 'api',
  ) {
    super(program, variables, folder);
  }

  /**
   * Resolves when it listens. @throws with its output when it ends instead
   * @param port default: any; the api says which
   * @param folder checkout that it is built in; default: this one
   */
  static async start(variables: Record<string, string>, port = 0, folder?: string): Promise<BuiltApi> {
    const api = new BuiltApi({ ...variables, PORT: String(port) }, folder);
    api.url = port > 0 ? await api.answering(port) : await api.listening();
    return api;
  }

  /** The api beside a worker, both under one process. Resolves when both listen at these ports. */
  static async startAllInOne(
    variables: Record<string, string>,
    ports: { api: number; worker: number },
  ): Promise<BuiltApi> {
    const listening = { PORT: String(ports.api), WORKER_HTTP_PORT: String(ports.worker) };
    const both = new BuiltApi({ ...variables, ...listening }, checkout, 'all-in-one');
    [both.url] = await Promise.all([both.answering(ports.api), both.answering(ports.worker)]);
    return both;
  }

  async get(path: string, call?: HttpCall): Promise<HttpAnswer> {
    return this.send('GET', path, undefined, call);
  }

  async act(body: object, call?: HttpCall): Promise<HttpAnswer> {
    return this.send('POST', '/functions/v1/orchestrate-bedrock-models', body, call);
  }

  /** Reads until the answer is a final one. */
  async getPatiently(path: string, call?: HttpCall): Promise<HttpAnswer> {
    return untilFinal(() => this.unlessLost(this.get(path, call)));
  }

  /** Acts until the answer is a final one, always with the same key. */
  async actPatiently(body: object, call: HttpCall = {}): Promise<HttpAnswer> {
    const headers = { 'idempotency-key': randomUUID(), ...call.headers };
    return untilFinal(() => this.unlessLost(this.act(body, { ...call, headers })));
  }

  async send(method: string, path: string, body?: object, call: HttpCall = {}): Promise<HttpAnswer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${call.token ?? this.variables.SUPABASE_SERVICE_KEY}`,
        ...(body && { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(REQUEST_HANGS_AFTER_MS),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      retryAfter: Number(response.headers.get('retry-after') ?? NaN),
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  private unlessLost(request: Promise<HttpAnswer>): Promise<HttpAnswer | undefined> {
    return request.catch((error: Error) => {
      if (this.hasExited) throw error;
      return undefined;
    });
  }

  /** Polls: an earlier release does not send its URL. @returns the URL */
  private async answering(port: number): Promise<string> {
    const url = `http://127.0.0.1:${port}`;
    const isAlive = () =>
      fetch(`${url}/livez`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isAlive())) {
      if (this.hasExited) throw new Error(`the api ended (${await this.exited})\n${this.output}`);
      await delay(25);
    }
    return url;
  }

  private async listening(): Promise<string> {
    const first = await Promise.race([once(this.child, 'message'), this.exited]);
    if (typeof first === 'string') throw new Error(`the api ended (${first})\n${this.output}`);
    return first[0].url;
  }
}

export const startWorker = (variables: Record<string, string>, folder?: string) =>
  new BuiltProcess('worker', variables, folder);

/** Every process below this one, whatever its process group. Linux only: elsewhere there are none to be seen. */
export function descendantsOf(pid: number): number[] {
  if (!existsSync('/proc/self/stat')) return [];
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

export function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim();
    return Number(afterName.split(' ')[1]);
  } catch {
    return undefined;
  }
}
