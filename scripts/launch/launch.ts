import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout, dataFolder } from '../embedded/checkout.js';
import { LaunchError } from '../embedded/launch-error.js';
import { forkApp } from './app-process.js';
import { type ServiceSettings, startBackingServices } from './backing-services.js';
import { describeBedrock } from './bedrock.js';
import { printLifecycleWarnings } from './lifecycle-warnings.js';
import { claimCheckout, type PidFile } from './pid-file.js';
import { describePortHolder, isPortFree } from './port-owner.js';
import type { ProcessSupervisor } from './process-supervisor.js';
import { waitUntilReady } from './readiness.js';
import type { LaunchSettings } from './settings.js';
import { secondsSinceStart, step } from './terminal.js';

/** Starts everything and prints the addresses. @returns the settings of the apps for the services */
export async function launch(
  session: ProcessSupervisor,
  settings: LaunchSettings,
  command: PidFile['command'],
): Promise<ServiceSettings> {
  claimCheckout(join(dataFolder, 'start.json'), { pid: process.pid, command, url: settings.url });
  await refuseTakenPort(settings, command);

  const services = await startBackingServices(session, settings);
  const environment = { ...settings.environment, ...services };
  await step('starting api and worker', async () => {
    await Promise.all(
      (['api', 'worker'] as const).map((name) =>
        session.keep('app', name, async () => forkApp(name, environment).running),
      ),
    );
    await waitUntilReady(settings.url, session.signal);
  });
  session.established = true;
  printSummary(settings, {
    bedrock: describeBedrock(settings.environment, 'AWS_ENDPOINT_URL_BEDROCK' in services),
    hasPeople: 'OIDC_ISSUERS' in services,
  });
  await printLifecycleWarnings(settings, session.signal);
  return services;
}

async function refuseTakenPort({ port, host }: LaunchSettings, command: string): Promise<void> {
  if (await isPortFree(port, host)) return;
  const holder = describePortHolder(port);
  // An api whose launcher was killed ends by itself, after it has finished its requests.
  const ours = holder.includes(join(checkout, 'dist', 'apps'));
  for (const deadline = Date.now() + 5000; ours && Date.now() < deadline; await delay(100)) {
    if (await isPortFree(port, host)) return;
  }
  throw new LaunchError(
    `Port ${port} is taken (${holder}).\nStop that, or choose another port: PORT=${port + 1} ${command}`,
  );
}

function printSummary(
  { url, port, serviceKey, environment }: LaunchSettings,
  { bedrock, hasPeople }: { bedrock: string; hasPeople: boolean },
): void {
  const redis = environment.REDIS_URL
    ? 'Redis as REDIS_URL says'
    : 'embedded Redis (memory only, for first runs and tests; set REDIS_URL for a real one)';
  const postgres = environment.DATABASE_URL ? 'PostgreSQL as DATABASE_URL says' : 'embedded PostgreSQL';
  const isReadOnly = environment.BOOTSTRAP_KEY === 'read-only';
  const cliUrl = port === 3000 ? [] : [`    export SUPABASE_URL=${url}`];
  const lines = [
    '',
    `  Bedrock Model Orchestrator is ready (${secondsSinceStart()})`,
    '',
    `    API          ${url}`,
    `    Console      ${url}/console`,
    `    Docs         ${url}/docs`,
    `    Service key  ${serviceKey}`,
    ...(isReadOnly ? ['                 reads only: BOOTSTRAP_KEY=read-only'] : []),
    ...(hasPeople ? ['    People       Ada, Ben and Cleo sign in to the console without a password'] : []),
    `    Services     ${postgres}, ${redis}`,
    `    Bedrock      ${bedrock}`,
    '    Data, logs   .data/, .data/logs/',
    '',
    '  Try it:',
    '',
    `    curl -X POST "${url}/functions/v1/orchestrate-bedrock-models" -H "Authorization: Bearer ${serviceKey}" -H "Content-Type: application/json" -d '{"action":"list-all"}'`,
    '',
    '  Or with the CLI:',
    '',
    ...cliUrl,
    `    export SUPABASE_SERVICE_KEY=${serviceKey}`,
    '    ./scripts/orchestrate-bedrock.sh list',
    ...(isReadOnly ? ['', '  To change something, sign in as a person:', '', ...signInLines(hasPeople)] : []),
    '',
    '  Ctrl-C stops everything.',
    '',
  ];
  console.log(lines.join('\n'));
}

const signInLines = (hasPeople: boolean): string[] =>
  hasPeople
    ? ['    unset SUPABASE_SERVICE_KEY', '    ./scripts/orchestrate-bedrock.sh login']
    : ['    No issuer is configured: set OIDC_ISSUERS and OIDC_ROLES, see docs/security.md'];
