import { join } from 'node:path';
import { dataFolder } from './embedded/checkout.js';
import { startBackingServices } from './launch/backing-services.js';
import { describeBedrock } from './launch/bedrock.js';
import { claimCheckout } from './launch/pid-file.js';
import { type ProcessSupervisor, superviseProcesses } from './launch/process-supervisor.js';
import { readSettings } from './launch/settings.js';

const FROM_SETTINGS = [
  'SUPABASE_SERVICE_KEY',
  'SUPABASE_JWT_SECRET',
  'SUPABASE_JWKS_URL',
  'SUPABASE_JWT_ISSUER',
  'SUPABASE_URL',
  'WEBHOOK_SIGNING_KEYS',
  'WEBHOOK_ALLOWED_ADDRESSES',
  'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
] as const;

/** Single quotes, with those inside closed, escaped and opened again: a password may hold anything. */
const quoted = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`;

async function runServices(session: ProcessSupervisor): Promise<void> {
  const settings = readSettings();
  const record = { pid: process.pid, command: 'npm run services', url: settings.url } as const;
  claimCheckout(join(dataFolder, 'start.json'), record);
  const services = await startBackingServices(session, settings);
  session.established = true;

  const chosen = FROM_SETTINGS.map((name) => [name, settings.environment[name]] as const);
  const exports = [...Object.entries(services), ...chosen].flatMap(([name, value]) =>
    value ? [`export ${name}=${quoted(value)}`] : [],
  );
  const bedrock = describeBedrock(settings.environment, 'AWS_ENDPOINT_URL_BEDROCK' in services);
  console.log(
    `\n  The services are up. Bedrock: ${bedrock}.\n  In another terminal:\n\n${exports.join('\n')}\n\nnpm run watch -- api\n`,
  );
  console.log('  Ctrl-C stops them.\n');
}

await superviseProcesses(runServices);
