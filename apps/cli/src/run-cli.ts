import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './audit-commands.js';
import { addBudgetCommands } from './budget-commands.js';
import { addCatalogueCommands } from './catalogue-commands.js';
import { addChatCommand } from './chat-command.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { addConfigCommands } from './config-commands.js';
import { addFactsCommand } from './facts-command.js';
import { addKeyCommands } from './key-commands.js';
import { addModelCommands } from './model-commands.js';
import { addNotificationCommands } from './notification-commands.js';
import { addOutboxCommands } from './outbox-commands.js';
import { type Output, withoutKey } from './output.js';
import { type Ask, ask, type Place, type Watch } from './question.js';
import { addRecordCommands } from './record-commands.js';
import { type Patience, ServiceClient } from './service-client.js';
import { type Environment, programName, readSettings } from './settings.js';
import { addSupplyCommands } from './supply-commands.js';
import { addSwitchCommands } from './switch-commands.js';
import { addUsageCommands } from './usage-commands.js';
import { addUserCommands } from './user-commands.js';
import { addWebhookCommands } from './webhook-commands.js';

export interface CliDeps {
  readonly env: Environment;
  readonly output: Output;
  readonly version: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: Date;
  /** Typed lines, one at a time. */
  readonly lines: AsyncIterable<string>;
  readonly patience?: Patience;
}

const HELP = `
Environment:
  SUPABASE_URL           where the service is (default http://127.0.0.1:3000)
  SUPABASE_SERVICE_KEY   the key to use, required; \`npm start\` prints one
  NO_COLOR               set it for output without colours

Exit codes:
  0 done   1 refused by the service (or the model is not valid, the audit rows not intact)   2 wrong usage   3 service not reachable`;

/** Resolves to the exit code; never rejects for anything a user, the network or the service can do. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<number> {
  const output = withoutKey(deps.output, deps.env);
  let exitCode: number = EXIT.ok;
  const program = createProgram(deps, output);
  const place = (): Place => ({
    service: new ServiceClient(readSettings(deps.env), deps.fetch, deps.patience),
    output,
    page: { program: program.name(), args, columns: output.columns, colour: output.colour, now: deps.now },
    json: program.opts<{ json?: true }>().json === true,
    lines: deps.lines,
  });
  const watching: Watch = async (work) => {
    exitCode = await work(place());
  };
  const asking: Ask = (question) => watching((place) => ask(question, place));
  addModelCommands(program, asking);
  addSwitchCommands(program, asking);
  addCatalogueCommands(program, asking);
  addConfigCommands(program, asking, watching);
  addRecordCommands(program, asking, deps.now);
  addUsageCommands(program, asking, deps.now);
  addBudgetCommands(program, asking);
  addSupplyCommands(program, asking);
  addFactsCommand(program, asking);
  addNotificationCommands(program, asking, watching);
  addWebhookCommands(program, asking);
  addKeyCommands(program, asking, deps.now);
  addAuditCommands(program, asking);
  addOutboxCommands(program, asking);
  addUserCommands(program, asking);
  addChatCommand(program, watching);
  pointToOwnHelp(program, program.name());
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof CliFailure)) throw error;
    output.err(`❌ ${error.message}`);
    return error.exitCode;
  }
}

function createProgram(deps: CliDeps, output: Output): Command {
  const name = programName(deps.env);
  return new Command(name)
    .description('Lists, validates, switches and looks after the Amazon Bedrock models that answer.')
    .version(deps.version)
    .option('--json', 'write the answer of the service as JSON and nothing else')
    .addHelpText('after', HELP)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      getOutHelpWidth: () => output.columns ?? 100,
      getErrHelpWidth: () => output.columns ?? 100,
    })
    .exitOverride();
}

/** After wrong usage: where to read on, with the command that was meant. */
function pointToOwnHelp(command: Command, words: string): void {
  command.showHelpAfterError(`(see how it is used: ${words} --help)`);
  for (const child of command.commands) pointToOwnHelp(child, `${words} ${child.name()}`);
}
