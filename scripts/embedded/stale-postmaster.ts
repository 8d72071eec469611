import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, endProcess, isAlive } from './processes.js';

/** Above every system's largest pid, so that PostgreSQL takes the owner of the file for dead. */
const NOBODY = 2_147_483_647;

/**
 * Stops the server that a killed launcher left on this cluster. The caller has made sure that no living launcher uses
 * it. postmaster.pid stays: PostgreSQL reads there whether backends of a crashed server still run.
 */
export async function stopAbandonedPostmaster(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!pid || !isAlive(pid)) return;
  if (commandOf(pid)?.includes(cluster)) {
    return endProcess(pid, [
      ['SIGINT', 10_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ]);
  }
  // After a crash another process may have its pid, because of which PostgreSQL would refuse to start.
  lines[0] = String(NOBODY);
  writeFileSync(file, lines.join('\n'));
}
