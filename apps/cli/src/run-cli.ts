import { Command, CommanderError } from 'commander';
import { ApiClient, type Patience } from './api-client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { addCommands } from './commands.js';
import { addGlobalOptions, globalOptionsOf } from './global-options.js';
import { type Output, withoutKey } from './output.js';
import { type CliContext, type RunCommand, type RunStreaming, runCommand } from './run-command.js';
import { type Environment, programName, readSettings } from './settings.js';

export interface CliDeps {
  readonly env: Environment;
  readonly output: Output;
  readonly version: string;
  readonly fetch: typeof globalThis.fetch;
  readonly now: Date;
  /** IANA name of the zone of this machine. */
  readonly timeZone: string;
  /** Typed lines, one at a time. */
  readonly lines: AsyncIterable<string>;
  /** Somebody types them. */
  readonly isTyped: boolean;
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
  const isInteractive = deps.isTyped && output.columns !== undefined;
  let exitCode: number = EXIT.ok;
  let running: Command | undefined;
  const program = createProgram(deps, output);
  const context = (): CliContext => {
    const { format, headers, isQuiet, isLocal } = globalOptionsOf(running ?? program);
    return {
      client: new ApiClient(readSettings(deps.env), deps.fetch, deps.patience),
      output,
      page: {
        program: program.name(),
        args,
        columns: output.columns,
        colour: output.colour,
        now: deps.now,
        format,
        headers,
        timeZone: isLocal ? deps.timeZone : 'UTC',
      },
      isData: format === 'json' || format === 'yaml',
      isQuiet,
      isInteractive,
      lines: deps.lines,
    };
  };
  const stream: RunStreaming = async (work) => {
    exitCode = await work(context());
  };
  const run: RunCommand = (command) => stream((context) => runCommand(command, context));
  addCommands({ program, run, stream, now: deps.now, isInteractive });
  addGlobalOptions(program);
  pointToOwnHelp(program, program.name());
  program.hook('preAction', (_, command) => {
    running = command;
  });
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
    .addHelpText('after', HELP)
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf })
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      getOutHelpWidth: () => output.columns ?? 100,
      getErrHelpWidth: () => output.columns ?? 100,
    })
    .enablePositionalOptions()
    .exitOverride();
}

/** Every command has options. */
const termOf = (command: Command): string =>
  [
    [command.name(), ...command.aliases()].join('|'),
    ...command.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    ),
  ].join(' ');

/** After wrong usage: where to read on, with the command that was meant. */
function pointToOwnHelp(command: Command, words: string): void {
  command.showHelpAfterError(`(see how it is used: ${words} --help)`);
  for (const child of command.commands) pointToOwnHelp(child, `${words} ${child.name()}`);
}
