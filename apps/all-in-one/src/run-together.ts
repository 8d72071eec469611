import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/**
 * Runs programs as child processes of this one. If one of them ends, the others are asked to end, so that whatever
 * started this process starts all of them again. SIGTERM and SIGINT ask each of them to end.
 * @param programs file of each program by its name
 * @param killAfterMs time until a program that was asked to end is killed
 * @returns the exit code when all have ended: 0 if a signal asked them to and each ended in order, else 1
 */
export async function runTogether(programs: Record<string, string>, killAfterMs: number): Promise<number> {
  const children = new Map(Object.entries(programs).map(([name, file]) => [name, fork(file)]));
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    for (const child of children.values()) endWithin(child, killAfterMs);
  };
  // `disconnect`: the process that forked this one is gone.
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, stop);
  const exits = [...children].map(async ([name, child]) => {
    const exit = await exitOf(child);
    const inOrder = stopping && isInOrder(exit);
    if (!inOrder) process.stderr.write(`${name} ended (${exit.signal ?? `exit code ${exit.code}`})\n`);
    stop();
    return inOrder;
  });
  return (await Promise.all(exits)).every(Boolean) ? 0 : 1;
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  const [code, signal] = await once(child, 'exit');
  return { code, signal };
}

/** A program that still starts handles no signal, so that SIGTERM kills it. */
const isInOrder = ({ code, signal }: Exit): boolean => code === 0 || signal === 'SIGTERM';

function endWithin(child: ChildProcess, killAfterMs: number): void {
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  child.once('exit', () => clearTimeout(insist));
}
