import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../../scripts/embedded/checkout.js';
import { exitOf, stopChild } from '../../scripts/embedded/child-process.js';
import { DENO } from '../../tools/deno.js';
import { inherited } from './run-folder.js';

const FUNCTIONS = join(checkout, 'supabase', 'functions');
const LISTENING = /Listening on (http:\/\/[\d.]+:\d+)/;

/** Names of the functions that `npx supabase functions deploy` deploys: all folders but those with an underscore. */
export const functionNames = (): string[] =>
  readdirSync(FUNCTIONS).filter((name) => !name.startsWith('_') && !name.startsWith('.'));

const entryPoint = (name: string) => join(FUNCTIONS, name, 'index.ts');

const settings = (variables: Record<string, string> = {}) => ({
  ...inherited(),
  DENO_DIR: join(tmpdir(), 'deno'),
  DENO_NO_UPDATE_CHECK: '1',
  DENO_NO_PACKAGE_JSON: '1',
  NO_COLOR: '1',
  ...variables,
});

/** Checks the types of all functions. @throws with the findings */
export async function checkTypes(): Promise<void> {
  await promisify(execFile)(DENO, ['check', ...functionNames().map(entryPoint)], { env: settings() });
}

/** A function in Deno, as the platform runs it: it has its secrets and the network, and no files. */
export class DenoFunction {
  output = '';
  readonly exited: Promise<string>;
  private readonly child: ChildProcess;

  private constructor(name: string, secrets: Record<string, string>) {
    const allowed = ['--allow-net', '--allow-env', '--no-prompt', '--no-remote', '--no-npm'];
    this.child = spawn(DENO, ['run', ...allowed, entryPoint(name)], {
      env: settings({ DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0', ...secrets }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.exited = exitOf(this.child);
  }

  /** Resolves when it listens. @throws with its output when it ends instead */
  static async start(
    name: string,
    secrets: Record<string, string>,
  ): Promise<{ url: string; denoFunction: DenoFunction }> {
    const denoFunction = new DenoFunction(name, secrets);
    return { url: await denoFunction.listening(), denoFunction };
  }

  async stop(): Promise<void> {
    await stopChild(this.child, this.exited, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 10_000],
    ]);
  }

  private listening(): Promise<string> {
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer) => {
        this.output += chunk;
        const url = LISTENING.exec(this.output)?.[1];
        if (url) resolve(url);
      };
      this.child.stdout!.on('data', read);
      this.child.stderr!.on('data', read);
      void this.exited.then((how) => reject(new Error(`the function ended (${how})\n${this.output}`)));
    });
  }
}
