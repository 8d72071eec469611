import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes the temporary folder of this run, in which everything is that the tests and Vitest make. It is removed when
 * this process ends, also by a Ctrl-C.
 */
export function makeRunFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), 'test-'));
  // PostgreSQL runs as another account where root runs the tests.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  const guard = spawnGuard(folder);
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
    guard.kill('SIGKILL');
  });
}

/** Returns the variables that every started program has. By TEST_RUN_FOLDER the processes of a run are found. */
export const inherited = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  TEST_RUN_FOLDER: process.env.TEST_RUN_FOLDER,
});

/** Removes the folder when this process is gone without having done so: its standard input ends. */
function spawnGuard(folder: string) {
  // Servers that are just ending write to it a little longer.
  const script = 'read -r _; for try in $(seq 120); do rm -rf "$1" && sleep 0.5; [ -e "$1" ] || exit; done';
  const args = ['-c', script, 'folder-guard', folder];
  const guard = spawn('sh', args, { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
