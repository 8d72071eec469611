import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout } from '../../scripts/embedded/checkout.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { exitOf } from '../../scripts/embedded/running.js';
import { nodeOptionsOf } from '../../scripts/launch/app-process.js';

const builtIn = (folder: string) => ({
  api: join(folder, 'dist', 'apps', 'api', 'src', 'main.js'),
  worker: join(folder, 'dist', 'apps', 'worker', 'src', 'main.js'),
  cli: join(folder, 'dist', 'apps', 'cli', 'src', 'main.js'),
});
export const BUILT = builtIn(checkout);

/** A built program that runs as npm start runs it: forked, so that it leaves when the tests are gone. */
export class BuiltProcess {
  stdout = '';
  stderr = '';
  /** How it ended, in words: `exit code 0`, `killed by SIGKILL`. */
  readonly exited: Promise<string>;
  private readonly child: ChildProcess;

  constructor(
    program: 'api' | 'worker',
    protected readonly variables: Record<string, string>,
    folder = checkout,
  ) {
    this.child = fork(builtIn(folder)[program], [], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...variables },
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
  async stop(killAfterMs = 6_000): Promise<string> {
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

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  body: any;
}

interface HttpCall {
  token?: string;
  headers?: Record<string, string>;
}

/** A running api and how to call it. */
export class BuiltApi extends BuiltProcess {
  private constructor(
    variables: Record<string, string>,
    readonly url: string,
    folder?: string,
  ) {
    super('api', variables, folder);
  }

  /**
   * Resolves when it answers /livez. @throws with its output when it ends instead
   * @param port default: a free one
   * @param folder checkout that it is built in; default: this one
   */
  static async start(variables: Record<string, string>, port?: number, folder?: string): Promise<BuiltApi> {
    const PORT = String(port ?? (await freePort()));
    const api = new BuiltApi({ ...variables, PORT }, `http://127.0.0.1:${PORT}`, folder);
    await api.ready();
    return api;
  }

  async get(path: string, call?: HttpCall): Promise<HttpAnswer> {
    return this.send('GET', path, undefined, call);
  }

  async act(body: object, call?: HttpCall): Promise<HttpAnswer> {
    return this.send('POST', '/functions/v1/orchestrate-bedrock-models', body, call);
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
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  private async ready(): Promise<void> {
    for (;;) {
      if (this.hasExited) throw new Error(`the api ended (${await this.exited})\n${this.output}`);
      const alive = await fetch(`${this.url}/livez`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (alive) return;
      await delay(25);
    }
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
