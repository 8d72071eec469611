import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CliFailure, EXIT } from './cli-failure.js';
import type { Environment } from './environment.js';
import { stripControlChars } from './output.js';

const profile = z.object({ url: z.string(), serviceKey: z.string().optional() });
const content = z.object({
  current: z.string().optional(),
  profiles: z.record(z.string(), profile).default({}),
});

type Profile = z.infer<typeof profile>;
type Profiles = z.infer<typeof content>;

export interface SelectedProfile extends Profile {
  readonly name: string;
  /** An option names it. */
  readonly isNamed: boolean;
}

/** A key that other accounts can read is no secret. */
const OTHERS = 0o077;

/** The file of the profiles: below XDG_CONFIG_HOME, or where the system keeps settings. */
export function profilesFile(env: Environment, platform: NodeJS.Platform = process.platform): string {
  return join(settingsFolder(env, platform), 'orchestrate-bedrock', 'config.json');
}

function settingsFolder(env: Environment, platform: NodeJS.Platform): string {
  if (env.XDG_CONFIG_HOME) return env.XDG_CONFIG_HOME;
  if (platform === 'win32' && env.APPDATA) return env.APPDATA;
  const home = env.HOME || homedir();
  return platform === 'darwin' ? join(home, 'Library', 'Application Support') : join(home, '.config');
}

/** @throws CliFailure where the file is no such file, or where others can read it */
export function readProfiles(env: Environment): Profiles {
  const file = profilesFile(env);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { profiles: {} };
    throw new CliFailure(`Cannot read ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
  if (process.platform !== 'win32' && statSync(file).mode & OTHERS)
    throw new CliFailure(`Other accounts can read ${file}, which holds keys: chmod 600 ${file}`, EXIT.usage);
  try {
    return content.parse(JSON.parse(text));
  } catch {
    throw new CliFailure(`${file} is no file of profiles. Remove it, or correct it.`, EXIT.usage);
  }
}

/** @throws CliFailure */
export function writeProfiles(env: Environment, profiles: Profiles): void {
  const file = profilesFile(env);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
    // A file that was there keeps its mode.
    chmodSync(file, 0o600);
  } catch (error) {
    throw new CliFailure(`Cannot write ${stripControlChars(file)}: ${(error as Error).message}`, EXIT.usage);
  }
}

/** The profile that is named, or the current one. @throws CliFailure for a name that there is not */
export function selectedProfile(env: Environment, given: string | undefined): SelectedProfile | undefined {
  const named = given ?? (env.ORCHESTRATE_BEDROCK_PROFILE || undefined);
  const { current, profiles } = readProfiles(env);
  const name = named ?? current;
  if (name === undefined) return undefined;
  const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (!found) throw unknownProfile(name, Object.keys(profiles));
  return { ...found, name, isNamed: given !== undefined };
}

export function unknownProfile(name: string, known: readonly string[]): CliFailure {
  const list = known.length === 0 ? 'There are none yet' : `There are: ${known.join(', ')}`;
  return new CliFailure(`There is no profile ${stripControlChars(name)}. ${list}.`, EXIT.usage);
}
