import { exitOf, type Running } from '../embedded/child-process.js';
import { LaunchError } from '../embedded/launch-error.js';
import { forkApp } from './app-process.js';
import type { ProcessSupervisor } from './process-supervisor.js';
import type { LaunchSettings } from './settings.js';
import { step } from './terminal.js';

interface Issuer extends Running {
  readonly issuer: string;
}

/** Scopes of the groups of the people of development: it takes two of them to change a reviewed use case. */
const ROLES = {
  'ml-ops': ['read', 'operate', 'audit', 'break-glass'],
  'clinical-leads': ['read', 'audit', 'approve'],
  auditors: ['audit'],
};

/** Starts the identity provider of development where none is configured; never in production. */
export async function developmentIssuer(
  session: ProcessSupervisor,
  { environment, url }: LaunchSettings,
): Promise<Record<string, string>> {
  if (environment.NODE_ENV === 'production' || environment.OIDC_ISSUERS) return {};
  const { issuer } = await step('starting the identity provider', () =>
    session.keep<Issuer>('identity-provider', 'The identity provider', (previous) =>
      startIssuer(url, previous ? new URL(previous.issuer).port : '0'),
    ),
  );
  return {
    OIDC_ISSUERS: JSON.stringify([
      { issuer, name: 'development', clientId: 'model-orchestrator', cliClientId: 'model-orchestrator-cli' },
    ]),
    OIDC_ROLES: environment.OIDC_ROLES ?? JSON.stringify(ROLES),
  };
}

async function startIssuer(url: string, port: string): Promise<Issuer> {
  const { PATH, NODE_ENV } = process.env;
  const bases = [url, url.replace('127.0.0.1', 'localhost')];
  const { child, running } = forkApp('identity-provider', {
    PATH,
    NODE_ENV,
    PORT: port,
    CALLBACK_URLS: bases.map((base) => `${base}/v1/session/callback`).join(','),
    LOGOUT_URL: `${url}/v1/session/backchannel-logout`,
  });
  const listening = new Promise<{ issuer: string }>((resolve) => {
    child.once('message', (message) => resolve(message as { issuer: string }));
  });
  const ready = await Promise.race([listening, exitOf(child)]);
  if (typeof ready === 'string') throw new LaunchError(`The identity provider did not start: ${ready}`);
  return { ...running, ...ready };
}
