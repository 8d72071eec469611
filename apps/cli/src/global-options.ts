import { type Command, Option } from 'commander';
import { FORMATS, type Format } from './render.js';

/** Options that every command takes, before its name or after it. */
export interface GlobalOptions {
  readonly format: Format;
  readonly headers: boolean;
  readonly isQuiet: boolean;
  readonly isLocal: boolean;
  readonly profile: string | undefined;
}

const created = new WeakSet<Option>();

const options = (): Option[] => [
  new Option('-o, --output <format>', 'how the answer is written').choices(FORMATS),
  new Option('--json', 'write the answer of the service as JSON and nothing else: -o json').conflicts(
    'output',
  ),
  new Option('--no-headers', 'tables and CSV without heads, and tables without text around them'),
  new Option('-q, --quiet', 'write only ids, and nothing after a change'),
  new Option('--local', 'times of this machine instead of UTC'),
  new Option('--profile <name>', 'the profile to use instead of the current one'),
];

/** Adds them to a command and to all below it; the help shows those of the program. */
export function addGlobalOptions(command: Command): void {
  const taken = new Set(command.options.map(({ long }) => long));
  for (const option of options()) {
    if (taken.has(option.long)) continue;
    created.add(option);
    command.addOption(option.hideHelp(command.parent !== null));
  }
  for (const child of command.commands) addGlobalOptions(child);
}

/** @param command the command that runs */
export function globalOptionsOf(command: Command): GlobalOptions {
  const given = new Map<string, unknown>();
  for (let at: Command | null = command; at; at = at.parent) {
    for (const option of at.options) {
      const name = option.attributeName();
      if (created.has(option) && at.getOptionValueSource(name) === 'cli' && !given.has(name))
        given.set(name, at.getOptionValue(name));
    }
  }
  const profile = given.get('profile');
  return {
    format:
      FORMATS.find((format) => format === given.get('output')) ?? (given.has('json') ? 'json' : 'table'),
    headers: given.get('headers') !== false,
    isQuiet: given.has('quiet'),
    isLocal: given.has('local'),
    profile: typeof profile === 'string' ? profile : undefined,
  };
}
