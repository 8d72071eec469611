import { type Command, InvalidArgumentError } from 'commander';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import type { Environment } from './environment.js';
import { profilesFile, readProfiles, unknownProfile, writeProfiles } from './profiles.js';
import { type Column, grid } from './render.js';
import { checkedKey, readUrl } from './settings.js';

interface ShownProfile {
  readonly name: string;
  readonly url: string;
  readonly hasKey: boolean;
  readonly isCurrent: boolean;
}

const COLUMNS: readonly Column<ShownProfile>[] = [
  { head: 'PROFILE', cell: ({ name }) => name },
  { head: 'URL', cell: ({ url }) => url },
  { head: 'KEY', cell: ({ hasKey }) => (hasKey ? 'kept' : 'none') },
  { head: 'CURRENT', cell: ({ isCurrent }) => (isCurrent ? 'yes' : '-') },
];

/** Adds the commands for the installations that this program talks to. */
export function addProfileCommands(cli: Cli): void {
  const profiles = noun(cli.program, 'profiles', 'addresses and keys of installations, in a file of yours');
  addList(profiles, cli);
  addAdd(profiles, cli);
  addUse(profiles, cli);
  addRemove(profiles, cli);
}

function addList(profiles: Command, { local, env }: Cli): void {
  profiles
    .command('list')
    .description('the profiles and the current one; keys are never shown')
    .action(() => {
      const { current, profiles } = readProfiles(env);
      const items = Object.entries(profiles).map(([name, { url, serviceKey }]) => ({
        name,
        url,
        hasKey: serviceKey !== undefined,
        isCurrent: name === current,
      }));
      return local({
        data: { items },
        grid: grid(COLUMNS, items),
        show: (page) =>
          items.length === 0
            ? `No profiles yet. Make one: ${page.program} profiles add staging --url https://models.example.com`
            : grid(COLUMNS, items).text(page),
      });
    });
}

function addAdd(profiles: Command, { local, env, readSecret }: Cli): void {
  const add = profiles
    .command('add')
    .description('keep an address and a key, which is read from the standard input; the first one is used')
    .argument('<name>', 'such as staging', profileName)
    .requiredOption('--url <url>', 'where the installation is', nonEmpty)
    .option('--no-key', 'keep no key: SUPABASE_SERVICE_KEY has it')
    .action(async (name: string, { url, key }: { url: string; key: boolean }) => {
      const address = readUrl(url, '--url');
      const known = readProfiles(env);
      const serviceKey = key ? await readKey(readSecret) : undefined;
      writeProfiles(env, {
        current: known.current ?? name,
        profiles: { ...known.profiles, [name]: { url: address, serviceKey } },
      });
      return local(done(`✅ Profile ${name} is in ${profilesFile(env)}.`));
    });
  examples(add, 'local --url http://127.0.0.1:3000', 'staging --url https://models.example.com < key.txt');
}

function addUse(profiles: Command, { local, env }: Cli): void {
  const use = profiles
    .command('use')
    .description('make a profile the current one')
    .argument('<name>', 'as `profiles list` shows it', profileName)
    .action((name: string) => {
      const known = existing(env, name);
      writeProfiles(env, { ...known, current: name });
      return local(done(`✅ Commands use the profile ${name}, where the environment names nothing else.`));
    });
  examples(use, 'staging');
}

function addRemove(profiles: Command, { local, env }: Cli): void {
  const remove = profiles
    .command('remove')
    .description('forget a profile and its key')
    .argument('<name>', 'as `profiles list` shows it', profileName)
    .action((name: string) => {
      const { current, profiles } = existing(env, name);
      const { [name]: _, ...others } = profiles;
      writeProfiles(env, { current: current === name ? undefined : current, profiles: others });
      return local(
        done(`✅ Profile ${name} and its key are gone. The key stays valid: keys revoke ends it.`),
      );
    });
  examples(remove, 'staging');
}

const done = (text: string) => ({ data: {}, show: () => text });

async function readKey(readSecret: Cli['readSecret']): Promise<string> {
  const key = (await readSecret('Service key: ')).trim();
  if (key === '')
    throw new CliFailure('No key came from the standard input. Without one: --no-key.', EXIT.usage);
  return checkedKey(key, 'The key');
}

function existing(env: Environment, name: string) {
  const known = readProfiles(env);
  if (!Object.hasOwn(known.profiles, name)) throw unknownProfile(name, Object.keys(known.profiles));
  return known;
}

function profileName(given: string): string {
  if (!/^[\w.-]{1,64}$/.test(given) || given === '__proto__')
    throw new InvalidArgumentError('It must have letters, digits, dots, - and _ only.');
  return given;
}
