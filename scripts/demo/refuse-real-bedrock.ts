import { LaunchError } from '../embedded/launch-error.js';
import { bedrockConfiguredBy } from '../launch/bedrock.js';

/**
 * Refuses a real Bedrock, because the demo breaks models on purpose. @throws LaunchError that names the setting and a
 * way to run without it
 */
export function refuseRealBedrock(environment: NodeJS.ProcessEnv, home?: string): void {
  if (environment.NODE_ENV === 'production')
    throw new LaunchError('The demo makes up conversations and breaks models: not with NODE_ENV=production.');
  const by = bedrockConfiguredBy(environment, home);
  if (!by) return;
  const file = by.includes('/');
  const without = file
    ? 'AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_CONFIG_FILE=/dev/null npm run demo'
    : `env -u ${by} npm run demo   (or take it out of .env)`;
  throw new LaunchError(
    `${by} leads to a real Bedrock, and the demo breaks models on purpose: it runs on the emulator only.\nTry: ${without}`,
  );
}
