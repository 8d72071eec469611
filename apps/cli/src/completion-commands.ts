import type { Api } from '#libs/client/client.js';
import type { ApiClient } from './api-client.js';
import { EXIT } from './cli-failure.js';
import { type Cli, examples, noun } from './command-help.js';
import { completionScript, SHELLS } from './completion-scripts.js';
import { type ValueKind, wordsFor } from './completion-words.js';
import { readProfiles } from './profiles.js';
import type { CliContext } from './run-command.js';

/** A shell waits for the words while somebody types. */
const PATIENCE = { totalMs: 1_500, firstAttemptMs: 1_500 };
/** The commands that the scripts call; no help lists it. */
const WORDS_COMMAND = '__complete';

/** Adds the commands that print a script for a shell, and the words that it offers. */
export function addCompletionCommands(cli: Cli): void {
  const completion = noun(cli.program, 'completion', 'scripts that complete commands, models and use cases');
  for (const shell of SHELLS) {
    const command = completion
      .command(shell)
      .description(`print the script for ${shell}`)
      .action(() => {
        const script = completionScript(shell);
        return cli.local({ data: { shell, script }, show: () => script });
      });
    examples(command, shell === 'fish' ? '| source' : `> ~/.${shell}-completion-orchestrate-bedrock`);
  }
  cli.program
    .command(WORDS_COMMAND, { hidden: true })
    .argument('[words...]', 'typed before, and the word that is begun')
    .passThroughOptions()
    .allowUnknownOption()
    .action((words: string[]) => cli.stream((context) => writeWords(words, context, cli)));
}

/** Writes one word a line. A failure writes nothing: the shell would show it in the middle of a command. */
async function writeWords(
  words: readonly string[],
  { client, output }: CliContext,
  cli: Cli,
): Promise<number> {
  const typed = words.at(-1) ?? '';
  const { fixed, kind } = wordsFor(cli.program, words);
  const values = kind ? await valuesOf(kind, client, cli).catch(() => []) : [];
  const matching = [...fixed, ...values].filter((word) => word.startsWith(typed));
  if (matching.length > 0) output.out(matching.join('\n'));
  return EXIT.ok;
}

async function valuesOf(kind: ValueKind, client: ApiClient, cli: Cli): Promise<readonly string[]> {
  if (kind === 'profile') return Object.keys(readProfiles(cli.env).profiles);
  return READERS[kind](client.api({ patience: PATIENCE }));
}

const READERS: Readonly<Record<Exclude<ValueKind, 'profile'>, (api: Api) => Promise<string[]>>> = {
  model: async (api) => ((await api.GET('/v1/models')).data?.items ?? []).map(({ id }) => id),
  useCase: async (api) => ((await api.GET('/v1/use-cases')).data?.items ?? []).map(({ name }) => name),
  assistant: async (api) => ((await api.GET('/v1/assistants')).data?.items ?? []).map(({ id }) => id),
};
