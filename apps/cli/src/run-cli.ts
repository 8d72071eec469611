import { Command, CommanderError } from 'commander';
import { ApiClient, type Patience } from './api-client.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { addCommands } from './commands.js';
import type { Environment } from './environment.js';
import { addGlobalOptions, globalOptionsOf } from './global-options.js';
import { type Output, withoutKeys } from './output.js';
import {
  type CliContext,
  type RunCommand,
  type RunLocal,
  type RunStreaming,
  runCommand,
} from './run-command.js';
import { programName, readAddress, readSettings } from './settings.js';

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
  /** One line that is not shown while somebody types it. */
  readonly readSecret: (prompt: string) => Promise<string>;
  /** Somebody types them. */
  readonly isTyped: boolean;
  /** Called by a command that has to end in its own way; the signal is aborted by Ctrl-C. */
  readonly interruption: () => AbortSignal;
  readonly patience?: Patience;
}

const HELP = `
Environment:
  SUPABASE_URL                 where the service is (default http://127.0.0.1:3000)
  SUPABASE_SERVICE_KEY         the key to use; \`npm start\` prints one. Without it: the sign-in of \`login\`
  ORCHESTRATE_BEDROCK_PROFILE  the profile to use where these two are not set, as --profile
  NO_COLOR                     set it for output without colours

Exit codes:
  0 done   1 refused by the service (or the model is not valid, the audit rows not intact)   2 wrong usage   3 service not reachable, or a change waits for others`;

/** Resolves to the exit code; never rejects for anything a user, the network or the service can do. */
export async function runCli(args: readonly string[], deps: CliDeps): Promise<number> {
  const given = deps.env.SUPABASE_SERVICE_KEY?.trim();
  const keys = new Set(given ? [given] : []);
  const output = withoutKeys(deps.output, keys);
  let exitCode: number = EXIT.ok;
  let running: Command | undefined;
  const program = createProgram(deps, output);
  program.hook('preAction', (_, command) => {
    running = command;
  });
  const stream: RunStreaming = async (work) => {
    exitCode = await work(createContext(running ?? program, { args, deps, output, keys }));
  };
  addAllCommands(program, stream, deps);
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

interface Run {
  readonly args: readonly string[];
  readonly deps: CliDeps;
  readonly output: Output;
  /** Keys that are hidden in the output. */
  readonly keys: Set<string>;
}

function createContext(command: Command, { args, deps, output, keys }: Run): CliContext {
  const { format, headers, isQuiet, isLocal, profile } = globalOptionsOf(command);
  const settings = () => {
    const known = readSettings(deps.env, profile);
    keys.add(known.credential);
    if (known.warning) output.err(known.warning);
    return known;
  };
  const address = () => readAddress(deps.env, profile);
  return {
    client: new ApiClient(settings, deps.fetch, deps.patience),
    clientWith: (credential) => {
      if (credential !== '') keys.add(credential);
      return new ApiClient(() => ({ url: address(), credential }), deps.fetch, deps.patience);
    },
    address,
    output,
    page: {
      program: programName(deps.env),
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
    isInteractive: isInteractive(deps),
    lines: deps.lines,
  };
}

const isInteractive = ({ isTyped, output }: CliDeps) => isTyped && output.columns !== undefined;

function addAllCommands(program: Command, stream: RunStreaming, deps: CliDeps): void {
  const run: RunCommand = (command) => stream((context) => runCommand(command, context));
  const local: RunLocal = ({ data, grid, show }) =>
    run({
      send: async () => ({ data, response: new Response() }),
      grid: grid && (() => grid),
      show: (_, page) => show(page),
    });
  const { env, now, readSecret, interruption } = deps;
  addCommands({
    program,
    run,
    stream,
    local,
    now,
    isInteractive: isInteractive(deps),
    env,
    readSecret,
    interruption,
  });
  addGlobalOptions(program);
  pointToOwnHelp(program, program.name());
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
