import { mkdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const LOCK = '.data/prepare.lock';
const LOCK_GIVES_UP_AFTER_MS = 15 * 60_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Returns the pid of the process that holds the lock; undefined when this process got it. */
function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return undefined;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = Number(readFileSync(LOCK, 'utf8'));
    const age = Date.now() - statSync(LOCK).mtimeMs;
    // Just created, its pid not written yet: alive.
    const held = (isAlive(holder) && holder !== 0 && age < LOCK_GIVES_UP_AFTER_MS) || age < 1000;
    if (held) return holder;
    unlinkSync(LOCK);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return takeLock();
}

/** Waits until no other command prepares this checkout. The lock is released when this process ends. */
export async function waitForLock() {
  let holder = takeLock();
  if (holder !== undefined)
    console.log(`  waiting for another npm command that is preparing (pid ${holder})`);
  while (holder !== undefined) {
    await delay(250);
    holder = takeLock();
  }
  process.once('exit', () => rmSync(LOCK, { force: true }));
  // npm and vite get the same signal from the terminal; leaving runs the `exit` handler above.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
}
