import { CliFailure, EXIT } from './cli-failure.js';
import type { Environment } from './environment.js';
import { type SelectedProfile, selectedProfile } from './profiles.js';

export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly serviceKey: string;
  /** The name of the profile that the key is of. */
  readonly profile?: string;
  /** For the person who named a profile that the environment overrides. */
  readonly warning?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';
const ADDRESS_OF_PROFILE = 'The address of the profile';

/**
 * The environment has precedence over a profile. No message here repeats a value: each may hold a secret.
 * @throws CliFailure
 */
export function readSettings(env: Environment, profileName?: string): Settings {
  const given = { url: env.SUPABASE_URL?.trim(), key: env.SUPABASE_SERVICE_KEY?.trim() };
  // A broken file of profiles must not stop a script that has all it needs.
  const isComplete = given.url && given.key && profileName === undefined;
  const profile = isComplete ? undefined : selectedProfile(env, profileName);
  const url = given.url
    ? readUrl(given.url, 'SUPABASE_URL')
    : readUrl(profile?.url ?? DEFAULT_URL, ADDRESS_OF_PROFILE);
  const warning = overrideWarning(profile, given);
  if (given.key) return { url, serviceKey: checkedKey(given.key, 'SUPABASE_SERVICE_KEY'), warning };
  return { url, ...keyOf(profile, url), warning };
}

function keyOf(profile: SelectedProfile | undefined, url: string): Pick<Settings, 'serviceKey' | 'profile'> {
  if (!profile) throw withoutKey();
  const isElsewhere = url !== readUrl(profile.url, ADDRESS_OF_PROFILE);
  if (!profile.serviceKey || isElsewhere) throw withoutKey(isElsewhere ? profile.name : undefined);
  const serviceKey = checkedKey(profile.serviceKey, `The key of the profile ${profile.name}`);
  return { serviceKey, profile: profile.name };
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
      '  On your own machine, `npm start` prints one. `profiles add` keeps it.',
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
