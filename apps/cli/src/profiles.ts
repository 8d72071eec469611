import { z } from 'zod';
import { CliFailure, EXIT } from './cli-failure.js';
import type { Environment } from './environment.js';
import { stripControlChars } from './output.js';
import { readPrivateFile, settingsFile, writePrivateFile } from './private-file.js';

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

/** The file of the profiles. */
export const profilesFile = (env: Environment, platform?: NodeJS.Platform): string =>
  settingsFile(env, 'config.json', platform);

/** @throws CliFailure where the file is no such file, or where others can read it */
export const readProfiles = (env: Environment): Profiles =>
  readPrivateFile<Profiles>(profilesFile(env), content, 'profiles') ?? { profiles: {} };

/** @throws CliFailure */
export const writeProfiles = (env: Environment, profiles: Profiles): void =>
  writePrivateFile(profilesFile(env), profiles);

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
