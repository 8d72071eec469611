import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { checkout } from '../scripts/embedded/checkout.js';
import { pin, type Role } from './cpu-pinning.js';

/** A program of the bench that runs beside it and leaves with it, and the first that it had to say. */
export type Forked<Hello> = ChildProcess & Hello;

/** @param program in bench/, without its ending. Resolves when it has said its first word. @throws when it ends instead */
export async function forked<Hello>(
  program: string,
  { role, args = [] }: { role: Role; args?: string[] },
): Promise<Forked<Hello>> {
  const child = fork(join(checkout, 'dist', 'bench', `${program}.js`), args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  pin(child.pid!, role);
  const hello = await new Promise<Hello>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Hello));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  return Object.assign(child, hello);
}
