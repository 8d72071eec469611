import { spawn } from 'node:child_process';
import { checkout } from '../../scripts/embedded/checkout.js';
import { inherited } from './run-folder.js';

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the built migration runner as a deployment does, with these variables and no others.
 * @param folder checkout that it is built in
 */
export async function runMigrations(
  steps: string[],
  variables: Record<string, string> = {},
  folder = checkout,
): Promise<Finished> {
  const child = spawn(process.execPath, ['dist/migrations/run.js', ...steps], {
    cwd: folder,
    env: { ...inherited(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}
