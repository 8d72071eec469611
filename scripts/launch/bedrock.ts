import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitOf, type Running } from '../embedded/child-process.js';
import { LaunchError } from '../embedded/launch-error.js';
import { forkApp } from './app-process.js';
import type { ProcessSupervisor } from './process-supervisor.js';
import { step } from './terminal.js';

/** Any of these settings means that an endpoint or credentials of Bedrock are configured. */
const CONFIGURED_BY = [
  'AWS_ENDPOINT_URL_BEDROCK',
  'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

interface Emulator extends Running {
  readonly url: string;
  readonly port: number;
}

/** Returns the setting that configures Bedrock on this machine; undefined: there is none. */
export function bedrockConfiguredBy(given: NodeJS.ProcessEnv, home = homedir()): string | undefined {
  const files = [
    given.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials'),
    given.AWS_CONFIG_FILE || join(home, '.aws', 'config'),
  ];
  return CONFIGURED_BY.find((name) => given[name]) ?? files.find(holdsSomething);
}

/** Starts the emulator where nothing is configured, so that a first run can do everything; never in production. */
export async function emulatedBedrock(
  session: ProcessSupervisor,
  given: NodeJS.ProcessEnv,
): Promise<Record<string, string>> {
  if (given.NODE_ENV === 'production' || bedrockConfiguredBy(given)) return {};
  const { url } = await step('starting the Bedrock emulator', () =>
    session.keep<Emulator>('bedrock', 'The Bedrock emulator', (previous) => startEmulator(previous?.port)),
  );
  return {
    AWS_ENDPOINT_URL_BEDROCK: url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
  };
}

/** Describes Bedrock for the summary, so that made-up responses are not mistaken for those of a model. */
export function describeBedrock(given: NodeJS.ProcessEnv, emulated: boolean): string {
  if (emulated) return 'emulator: answers are made up, no model is called';
  const by = bedrockConfiguredBy(given);
  return by ? `as ${by} says` : 'AWS, with whatever credentials its SDK finds';
}

function holdsSomething(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

async function startEmulator(port = 0): Promise<Emulator> {
  const { PATH, NODE_ENV } = process.env;
  const { child, running } = forkApp('bedrock-emulator', { PATH, NODE_ENV, PORT: String(port) });
  const listening = new Promise<{ url: string; port: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { url: string; port: number }));
  });
  const ready = await Promise.race([listening, exitOf(child)]);
  if (typeof ready === 'string') throw new LaunchError(`The Bedrock emulator did not start: ${ready}`);
  return { ...running, ...ready };
}
