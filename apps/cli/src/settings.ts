import { CliFailure, EXIT } from './cli-failure.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  /** Without a slash at its end. */
  readonly url: string;
  readonly serviceKey: string;
}

const DEFAULT_URL = 'http://127.0.0.1:3000';

/** No message here repeats a value: either may hold a secret. */
export function readSettings(env: Environment): Settings {
  return { url: readUrl(env), serviceKey: readServiceKey(env) };
}

/** The word that starts this program where it was called, so that every hint can be pasted. */
export function programName(env: Environment): string {
  return env.ORCHESTRATE_BEDROCK_NAME || 'orchestrate-bedrock';
}

function readUrl(env: Environment): string {
  const given = env.SUPABASE_URL?.trim() || DEFAULT_URL;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new CliFailure(
      'SUPABASE_URL must be an http or https address without user name and password.\n' +
        `  export SUPABASE_URL=${DEFAULT_URL}`,
      EXIT.usage,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function readServiceKey(env: Environment): string {
  const key = env.SUPABASE_SERVICE_KEY?.trim();
  if (!key) {
    throw new CliFailure(
      'SUPABASE_SERVICE_KEY is not set.\n' +
        '  export SUPABASE_SERVICE_KEY=<your-service-key>\n' +
        '  On your own machine, `npm start` prints one.',
      EXIT.usage,
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new CliFailure(
      'SUPABASE_SERVICE_KEY holds spaces or characters that a key cannot have. Copy it again, without quotes.',
      EXIT.usage,
    );
  }
  return key;
}
