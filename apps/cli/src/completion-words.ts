import type { Argument, Command, Option } from 'commander';

/** Values that the service or the file of profiles knows. */
export type ValueKind = 'model' | 'useCase' | 'assistant' | 'profile';

export interface Words {
  readonly fixed: readonly string[];
  readonly kind?: ValueKind;
}

const OF_NOUN: Readonly<Record<string, ValueKind>> = {
  'use-cases': 'useCase',
  assistants: 'assistant',
  profiles: 'profile',
};
const LIST_BY_DEFAULT = new Set(['switches', 'notifications']);
const OF_VALUE: Readonly<Record<string, ValueKind>> = { modelId: 'model', useCase: 'useCase' };
const OF_OPTION: Readonly<Record<string, ValueKind>> = {
  '--model': 'model',
  '--use-case': 'useCase',
  '--assistant': 'assistant',
  '--profile': 'profile',
};

/** Finds the words that may follow. @param words those typed before, and the one that is begun */
export function wordsFor(program: Command, words: readonly string[]): Words {
  const position = walk(program, words.slice(0, -1));
  const { command, option, given } = position;
  if (option) return valueWords(option.argChoices, kindOfOption(option));
  if (words.at(-1)?.startsWith('-')) return { fixed: optionWords(command) };
  const commands = given === 0 ? visibleNames(command) : [];
  const argument = command.registeredArguments[given];
  if (!argument) return { fixed: commands };
  return {
    ...valueWords(argument.argChoices, kindOfArgument(command, argument)),
    ...(commands.length > 0 && { fixed: commands }),
  };
}

const valueWords = (choices: readonly string[] | undefined, kind: ValueKind | undefined): Words => ({
  fixed: choices ?? [],
  kind,
});

interface Position {
  command: Command;
  /** An option that waits for its value. */
  option?: Option;
  /** Arguments of the command so far. */
  given: number;
}

function walk(program: Command, typed: readonly string[]): Position {
  const position: Position = { command: program, given: 0 };
  for (const word of typed) step(position, word);
  return position;
}

function step(position: Position, word: string): void {
  if (position.option) {
    position.option = undefined;
    return;
  }
  if (word.startsWith('-')) {
    const option = allOptions(position.command).find(({ short, long }) => word === short || word === long);
    position.option = option && (option.required || option.optional) ? option : undefined;
    return;
  }
  const child = position.given === 0 ? childOf(position.command, word) : undefined;
  if (child) position.command = child;
  else position.given += 1;
}

const childOf = (command: Command, word: string): Command | undefined =>
  command.commands.find((child) => child.name() === word || child.aliases().includes(word));

function visibleNames(command: Command): string[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => child.name())
    .filter((name) => name !== 'help');
}

/** Those of the commands above work after a command, too, and a noun may have a default verb. */
function allOptions(command: Command): Option[] {
  const above = command.parent ? allOptions(command.parent) : [];
  const verb = LIST_BY_DEFAULT.has(command.name()) ? childOf(command, 'list') : undefined;
  return [...command.options, ...(verb?.options ?? []), ...above];
}

function optionWords(command: Command): string[] {
  const names = [...allOptions(command).map(({ long }) => long), '--help'];
  return [...new Set(names.filter((name) => name !== undefined && name !== null))];
}

/** `<modelId>` of an option, or its name. */
function kindOfOption({ flags, long }: Option): ValueKind | undefined {
  const [, value] = /[<[](\w+)/.exec(flags) ?? [];
  return OF_VALUE[value ?? ''] ?? OF_OPTION[long ?? ''];
}

/** The first argument of a verb names one of its noun. */
function kindOfArgument(command: Command, argument: Argument): ValueKind | undefined {
  const ofValue = OF_VALUE[argument.name()];
  if (ofValue) return ofValue;
  if (command.name() === 'use-case') return 'useCase';
  const isFirst = command.registeredArguments[0] === argument;
  return isFirst ? OF_NOUN[command.parent?.name() ?? ''] : undefined;
}
