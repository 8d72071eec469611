import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A temporary folder for one run, in which everything that the run makes can be found afterwards. */
export function createRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'test-run-'));
  // PostgreSQL runs as another account where root runs the tests.
  chmodSync(folder, 0o755);
  return { folder, environment: { TMPDIR: folder, TEST_RUN_FOLDER: folder } };
}

/**
 * Waits until the run has left, because guards and servers notice its end later, then removes its folder.
 * @returns {Promise<string[]>} a line for each process, file or folder that is left. Databases and ports are those of
 *   processes, and databases live in the folder. Processes are seen on Linux only.
 */
export async function leftoversOf(folder, withinSeconds) {
  const deadline = Date.now() + withinSeconds * 1000;
  let processes = processesOf(folder);
  while (processes.length > 0 && Date.now() < deadline) {
    await delay(200);
    processes = processesOf(folder);
  }
  const files = readdirSync(folder).map((name) => `file ${join(folder, name)}`);
  for (const { pid } of processes) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  return [...processes.map(({ pid, command }) => `process ${pid}: ${command}`), ...files];
}

/** A process of the run has the folder in its environment or, as PostgreSQL, in its command line. */
function processesOf(folder) {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = readProcess(pid, 'cmdline').replaceAll('\0', ' ').trim();
      // Without a command line it is dead, and only waits for its parent to notice.
      if (!command) return [];
      const isOurs = command.includes(folder) || readProcess(pid, 'environ').includes(folder);
      return isOurs ? [{ pid: Number(pid), command }] : [];
    });
}

function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
