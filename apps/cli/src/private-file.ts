import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import { CliFailure, EXIT } from './cli-failure.js';
import type { Environment } from './environment.js';
import { stripControlChars } from './output.js';

/** A secret that other accounts can read is none. */
const OTHERS = 0o077;

/** A file of this program: below XDG_CONFIG_HOME, or where the system keeps settings. */
export function settingsFile(
  env: Environment,
  name: string,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(settingsFolder(env, platform), 'orchestrate-bedrock', name);
}

function settingsFolder(env: Environment, platform: NodeJS.Platform): string {
  if (env.XDG_CONFIG_HOME) return env.XDG_CONFIG_HOME;
  if (platform === 'win32' && env.APPDATA) return env.APPDATA;
  const home = env.HOME || homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.config');
}

/**
 * @param what its content in the message, such as `profiles`
 * @returns undefined: there is no such file
 * @throws CliFailure where the content is another, or where others can read it
 */
export function readPrivateFile<Content>(
  file: string,
  schema: z.ZodType<Content>,
  what: string,
): Content | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliFailure(`Cannot read ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
  if (process.platform !== 'win32' && statSync(file).mode & OTHERS)
    throw new CliFailure(`Other accounts can read ${file}, which holds keys: chmod 600 ${file}`, EXIT.usage);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CliFailure(`${file} is no file of ${what}. Remove it, or correct it.`, EXIT.usage);
  }
}

/** Only its owner can read the file. @throws CliFailure */
export function writePrivateFile(file: string, content: object): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    // A file that was there keeps its mode.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new CliFailure(`Cannot write ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}
