import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { exitOf } from '../../scripts/embedded/child-process.js';
import { eventually } from './eventually.js';
import { inherited } from './run-folder.js';

/** Hides the AWS account of the person who runs the tests. */
const NO_ACCOUNT = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
const COPIED = ['dist', 'scripts', 'package.json', 'package-lock.json'];

/** Makes a separate checkout, as after a clone and an installation: there is no `.data` yet. */
export function copyCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'bedrock-first-run-'));
  // PostgreSQL of a first run by root runs as another account, which has to get there.
  chmodSync(copy, 0o755);
  for (const name of COPIED) cpSync(join(checkout, name), join(copy, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** With what the launcher keeps for an account that cannot get into the copy. */
export function removeCopy(copy: string): void {
  try {
    rmSync(readlinkSync(join(copy, '.data', 'postgres', 'elsewhere')), { recursive: true });
  } catch {
    // It was not needed.
  }
  rmSync(copy, { recursive: true, force: true });
}

/** `npm start`, or `npm run services`, in a checkout. */
export class Launch {
  output = '';
  readonly exited: Promise<string>;
  private readonly child: ChildProcess;

  constructor(folder: string, port: number, script: 'start' | 'services') {
    this.child = spawn(process.execPath, [`dist/scripts/${script}.js`], {
      cwd: folder,
      // As npm sets it: with it the launcher ends when the tests are gone.
      env: { ...inherited(), PORT: String(port), npm_lifecycle_event: script, ...NO_ACCOUNT },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk) => {
        this.output += chunk;
      });
    this.exited = exitOf(this.child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  async ready(): Promise<void> {
    const isReady = () => {
      if (this.child.exitCode === null && !/Ctrl-C stops (everything|them)/.test(this.output))
        throw new Error('wait');
    };
    await eventually(isReady);
    expect(this.output).toMatch(/is ready|are up/);
  }

  /** The value behind a label of the summary. */
  printed(label: string): string {
    return (
      new RegExp(`^ +${label} {2,}(.+)$`, 'm').exec(this.output)?.[1] ?? `no ${label} in:\n${this.output}`
    );
  }

  async interrupt(): Promise<string> {
    this.child.kill('SIGINT');
    return this.exited;
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    await this.exited;
  }
}
