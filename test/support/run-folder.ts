import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every vitest project evaluates this file for itself, in the one process that runs them all. */
const shared = globalThis as typeof globalThis & { runFolder?: { users: number; remove: () => void } };

/**
 * Global setup of all projects: the temporary folder of this run, in which everything that a test makes is found and
 * removed, also after a Ctrl-C.
 */
export default function setup(): () => void {
  shared.runFolder ??= { users: 0, remove: makeRunFolder() };
  const current = shared.runFolder;
  current.users += 1;
  return () => {
    current.users -= 1;
    if (current.users === 0) current.remove();
  };
}

function makeRunFolder(): () => void {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  // PostgreSQL runs as another account where root runs the tests.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  const guard = spawnGuard(folder);
  return () => {
    shared.runFolder = undefined;
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
    guard.kill('SIGKILL');
  };
}

/** Removes the folder when this process is gone: its standard input ends. */
function spawnGuard(folder: string) {
  // Servers that are just ending write to it a little longer.
  const script = 'read -r _; for try in $(seq 120); do rm -rf "$1" && sleep 0.5; [ -e "$1" ] || exit; done';
  const args = ['-c', script, 'folder-guard', folder];
  const guard = spawn('sh', args, { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
