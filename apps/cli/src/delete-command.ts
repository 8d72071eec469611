import type { Command } from 'commander';
import type { Api } from '#libs/client/client.js';
import type { Answer } from './api-client.js';
import { type Cli, examples, NEEDS_OPERATE, nonEmpty, withYes } from './command-help.js';
import { stripControlChars } from './output.js';

interface Deletion {
  /** The name that the other verbs of the noun use, such as `<modelId>`. */
  readonly argument: string;
  /** Noun of a sentence, such as `use case`. */
  readonly what: string;
  readonly effect: string;
  readonly remove: (api: Api, id: string) => Promise<Answer<unknown>>;
}

/** Adds the verb that deletes an entry of the catalogue, which the service refuses for one in use. */
export function addDelete(
  entries: Command,
  { argument, what, effect, remove }: Deletion,
  { run }: Cli,
): void {
  const command = entries
    .command('delete')
    .description(`delete a ${what} that nothing uses ${NEEDS_OPERATE}`)
    .argument(argument, `as \`${entries.name()} list\` shows it`, nonEmpty);
  withYes(command).action((id: string, { yes }: { yes?: true }) =>
    run({
      send: (client) => remove(client.api(), id),
      show: () => `✅ The ${what} ${stripControlChars(id)} is deleted.`,
      quiet: () => '',
      confirm: yes ? undefined : async () => `This deletes the ${what} ${id}${effect}. Delete it?`,
    }),
  );
  examples(command, argument, `${argument} --yes`);
}
