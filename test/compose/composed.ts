import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { checkout } from '../../scripts/embedded/checkout.js';
import { SERVICE_KEY } from '../faults/runner/http-client.js';
import { stablePort } from '../support/stable-port.js';

const run = promisify(execFile);
const PROJECT = 'bedrock-orchestrator-test';

export interface ServiceState {
  Service: string;
  State: string;
  Health: string;
  ExitCode: number;
}

/** The stack of docker-compose.yml, in a copy of what git knows of this checkout: no .env, no node_modules, no data. */
export class Composed {
  private constructor(
    readonly folder: string,
    private readonly ports: { api: number; postgres: number },
  ) {}

  static async inCleanCheckout(): Promise<Composed> {
    const folder = mkdtempSync(join(tmpdir(), 'bedrock-compose-'));
    const known = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: checkout,
    });
    const packed = execFileSync('tar', ['--null', '--files-from=-', '--create'], {
      cwd: checkout,
      input: known,
      maxBuffer: 1024 ** 3,
    });
    execFileSync('tar', ['--extract'], { cwd: folder, input: packed });
    const stack = new Composed(folder, { api: await stablePort(), postgres: await stablePort() });
    // A run that was cut off leaves its data behind.
    await stack.down();
    return stack;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  /** Variables that a shell needs for the commands of the documents. */
  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, SUPABASE_URL: this.url, SUPABASE_KEY: SERVICE_KEY };
  }

  /** @returns what it printed. @throws Error with what it complained of */
  async compose(...args: string[]): Promise<string> {
    const files = ['-f', 'docker-compose.yml', '-f', 'test/compose/ports.yml'];
    const { stdout } = await run(
      'docker',
      ['compose', '-p', PROJECT, ...files, '--profile', 'dev', ...args],
      {
        cwd: this.folder,
        maxBuffer: 64 * 1024 ** 2,
        env: {
          ...process.env,
          PORT: String(this.ports.api),
          POSTGRES_PORT: String(this.ports.postgres),
          SUPABASE_SERVICE_KEY: SERVICE_KEY,
        },
      },
    );
    return stdout;
  }

  async states(): Promise<ServiceState[]> {
    const lines = await this.compose('ps', '--all', '--format', 'json');
    return lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  async state(service: string): Promise<ServiceState> {
    return (await this.states()).find(({ Service }) => Service === service)!;
  }

  /** CPU and memory of api and worker now, in words: `api 41.2% of a core, 187.3MiB`. */
  async usage(): Promise<string> {
    const format = '{{.Name}} {{.CPUPerc}} of a core, {{.MemUsage}}';
    const { stdout } = await run('docker', ['stats', '--no-stream', '--format', format]);
    const lines = stdout.split('\n').filter((line) => /^\S+-(api|worker)-1 /.test(line));
    return lines
      .map((line) =>
        line
          .replace(`${PROJECT}-`, '')
          .replace('-1 ', ' ')
          .replace(/ \/ .*/, ''),
      )
      .join('; ');
  }

  /** Runs JavaScript in a running container. */
  async inside(service: string, script: string): Promise<string> {
    return (await this.compose('exec', '-T', service, 'node', '-e', script)).trim();
  }

  /** A connection of the role that owns the tables, for as long as the work takes. */
  async look<T>(work: (owner: Client) => Promise<T>): Promise<T> {
    const connectionString = `postgres://orchestrator_owner:owner@127.0.0.1:${this.ports.postgres}/orchestrator`;
    const owner = new Client({ connectionString });
    owner.on('error', () => undefined);
    await owner.connect();
    return work(owner).finally(() => owner.end());
  }

  async remove(): Promise<void> {
    await this.down();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async down(): Promise<void> {
    await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '10');
  }
}
