import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LaunchError } from '../embedded/launch-error.js';
import { commandOf, isAlive } from '../embedded/processes.js';

/** Process that uses the data of this checkout. Two concurrent ones would damage the cluster. */
export interface PidFile {
  pid: number;
  command: 'npm start' | 'npm run demo' | 'npm run services';
  url: string;
}

/** Claims the checkout for this process until it exits; else reports the process that has it. */
export function claimCheckout(file: string, record: PidFile): void {
  const other = runningLaunch(file);
  if (other) {
    const where = other.command !== 'npm run services' ? `at ${other.url} ` : '';
    throw new LaunchError(
      `\`${other.command}\` of this checkout is already running ${where}(pid ${other.pid}).\n` +
        'Stop it with Ctrl-C in its terminal, or clone the repository a second time to run two.',
    );
  }
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${record.pid}`;
  writeFileSync(draft, JSON.stringify(record));
  try {
    // Unlike a rename, fails if another process claimed it in the meantime.
    linkSync(draft, file);
  } catch {
    throw new LaunchError('Another start of this checkout was quicker.');
  } finally {
    rmSync(draft);
  }
  process.once('exit', () => rmSync(file, { force: true }));
}

function runningLaunch(file: string): PidFile | undefined {
  try {
    const record: PidFile = JSON.parse(readFileSync(file, 'utf8'));
    // A killed launcher leaves its file, and its pid may be reused.
    const command = commandOf(record.pid);
    const isLauncher = command === undefined || /scripts\/(start|services)\.js/.test(command);
    return record.pid !== process.pid && isAlive(record.pid) && isLauncher ? record : undefined;
  } catch {
    return undefined;
  }
}
