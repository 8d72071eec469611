import { spawn } from 'node:child_process';
import { exitOf } from '../../scripts/embedded/child-process.js';

/** @returns what the command printed @throws with all of its output when it fails */
export async function runCommand(folder: string, command: string, args: string[]): Promise<string> {
  // Detached, so that Ctrl-C in the terminal ends it through the clean-up only, and npm prints no error.
  const child = spawn(command, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    output += chunk;
  });
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = await exitOf(child);
  if (ended !== 'exit code 0') throw new Error(`${command} ${args.join(' ')}: ${ended}\n${output.trim()}`);
  return stdout.trim();
}
