import { DemoService } from './demo/demo-service.js';
import { refuseRealBedrock } from './demo/refuse-real-bedrock.js';
import { liveOn } from './demo/scenario.js';
import { launch } from './launch/launch.js';
import { type ProcessSupervisor, superviseProcesses } from './launch/process-supervisor.js';
import { type LaunchSettings, readSettings } from './launch/settings.js';
import { say } from './launch/terminal.js';

/** Short enough to watch a conversation recover from its fallback. */
const HASTY = { FALLBACK_COOL_DOWN_SECONDS: '10', BREAKER_PROBE_SECONDS: '2' };

async function demo(session: ProcessSupervisor): Promise<void> {
  const given = readSettings();
  // Otherwise the client with a tool would print a warning of the end of Node 20.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  refuseRealBedrock(given.environment);
  const settings = { ...given, environment: { ...HASTY, ...given.environment } };
  const { AWS_ENDPOINT_URL_BEDROCK: emulator } = await launch(session, settings, 'npm run demo');
  printWhereToLook(settings);
  const service = new DemoService({ ...settings, emulator: emulator! }, session.signal);
  await liveOn(service, say, { pauseMs: 1_500 });
}

function printWhereToLook({ url }: LaunchSettings): void {
  const lines = [
    'The demo begins: people ask, operators switch, models fail and come back. Watch it:',
    '',
    `  every page of it          ${url}/console`,
    `  what users are shown      ${url}/switch-ui/index.html`,
    '  notifications            ./scripts/orchestrate-bedrock.sh notifications --follow',
    '  the audit trail           ./scripts/orchestrate-bedrock.sh switches --limit 10',
    '',
  ];
  for (const line of lines) say(line);
}

await superviseProcesses(demo);
