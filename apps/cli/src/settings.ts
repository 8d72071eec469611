import { CliFailure, EXIT } from './cli-failure.js';
import type { Environment } from './environment.js';
import { type SelectedProfile, selectedProfile } from './profiles.js';
import { signInAt } from './sign-ins.js';

export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  /** A service key, or the token of a person that signed in; empty: requests are sent without one. */
  readonly credential: string;
  /** A person signed in by `login`. */
  readonly isSignIn?: true;
  /** The name of the profile that the key is of. */
  readonly profile?: string;
  /** For the person who named a profile that the environment overrides. */
  readonly warning?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const ADDRESS_OF_PROFILE = 'The address of the profile';

/** Returns the address alone, which needs no key. @throws CliFailure */
export function readAddress(env: Environment, profileName?: string): string {
  const given = env.SUPABASE_URL?.trim();
  if (given && profileName === undefined) return readUrl(given, 'SUPABASE_URL');
  return addressOf(selectedProfile(env, profileName), given);
}

const addressOf = (profile: SelectedProfile | undefined, given: string | undefined): string =>
  given ? readUrl(given, 'SUPABASE_URL') : readUrl(profile?.url ?? DEFAULT_URL, ADDRESS_OF_PROFILE);

/**
 * The key of the environment has precedence over a sign-in, and both over the key of a profile. No message here repeats a value: each may hold a secret.
 * @throws CliFailure
 */
export function readSettings(env: Environment, profileName?: string): Settings {
  const given = { url: env.SUPABASE_URL?.trim(), key: env.SUPABASE_SERVICE_KEY?.trim() };
  // A broken file of profiles must not stop a script that has all it needs.
  const isComplete = given.url && given.key && profileName === undefined;
  const profile = isComplete ? undefined : selectedProfile(env, profileName);
  const url = addressOf(profile, given.url);
  const warning = overrideWarning(profile, given);
  if (given.key) return { url, credential: checkedKey(given.key, 'SUPABASE_SERVICE_KEY'), warning };
  const signIn = signInAt(env, url);
  if (signIn) return { url, credential: signIn.token, isSignIn: true, profile: profile?.name, warning };
  return { url, ...keyOf(profile, url), warning };
}

function keyOf(profile: SelectedProfile | undefined, url: string): Pick<Settings, 'credential' | 'profile'> {
  if (!profile) throw withoutKey();
  const isElsewhere = url !== readUrl(profile.url, ADDRESS_OF_PROFILE);
  if (!profile.serviceKey || isElsewhere) throw withoutKey(isElsewhere ? profile.name : undefined);
  const credential = checkedKey(profile.serviceKey, `The key of the profile ${profile.name}`);
  return { credential, profile: profile.name };
}

/** The word that starts this program where it was called, which makes every hint ready to be pasted. */
export function programName(env: Environment): string {
  return env.ORCHESTRATE_BEDROCK_NAME || 'orchestrate-bedrock';
}

/** @param what its name in the message. @throws CliFailure */
export function readUrl(given: string, what: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new CliFailure(
      `${what} must be an http or https address without user name and password.\n` +
        `  export SUPABASE_URL=${DEFAULT_URL}`,
      EXIT.usage,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** @param what its name in the message. @throws CliFailure */
export function checkedKey(key: string, what: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new CliFailure(
    `${what} holds spaces or characters that a key cannot have. Copy it again, without quotes.`,
    EXIT.usage,
  );
}

/** @param elsewhere the profile whose key is not sent, as SUPABASE_URL names another address */
function withoutKey(elsewhere?: string): CliFailure {
  const why = elsewhere
    ? ` The key of the profile ${elsewhere} is sent to its own address only, and SUPABASE_URL names another one.`
    : '';
  return new CliFailure(
    `SUPABASE_SERVICE_KEY is not set.${why}\n` +
      '  export SUPABASE_SERVICE_KEY=<your-service-key>\n' +
      '  On your own machine, `npm start` prints one. `profiles add` keeps it. Or sign in as a person: `login`',
    EXIT.usage,
  );
}

function overrideWarning(
  profile: SelectedProfile | undefined,
  given: { url?: string; key?: string },
): string | undefined {
  const names = [given.url && 'SUPABASE_URL', given.key && 'SUPABASE_SERVICE_KEY'].filter(Boolean);
  if (!profile?.isNamed || names.length === 0) return undefined;
  const verb = names.length === 1 ? 'is' : 'are';
  return `Warning: ${names.join(' and ')} of the environment ${verb} used, not that of the profile ${profile.name}.`;
}
