import { type Command, InvalidArgumentError } from 'commander';
import type { Environment } from './environment.js';
import type { RunCommand, RunLocal, RunStreaming } from './run-command.js';

/** Passed to each group of commands. */
export interface Cli {
  readonly program: Command;
  readonly run: RunCommand;
  readonly stream: RunStreaming;
  readonly local: RunLocal;
  readonly now: Date;
  readonly env: Environment;
  readonly readSecret: (prompt: string) => Promise<string>;
  readonly interruption: () => AbortSignal;
  /** Somebody can answer a question. */
  readonly isInteractive: boolean;
}

export const NEEDS_OPERATE = '(needs the scope operate)';

/** `validate "$MODEL"` with nothing in MODEL is a mistake, not a request. */
export function nonEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Shows uses of the command under its help, with the name the program was called by. */
export function examples(command: Command, ...uses: string[]): Command {
  return command.addHelpText('after', () => {
    const words = [command.name()];
    for (let up = command.parent; up; up = up.parent) words.unshift(up.name());
    return `\nExamples:\n${uses.map((use) => `  ${words.join(' ')} ${use}`.trimEnd()).join('\n')}`;
  });
}

/** The command of a noun, which has those of its verbs. */
export function noun(program: Command, name: string, description: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program.command(name).description(description)
  );
}

/** A name that a command had before it got its noun: it works, and no help lists it. */
export const oldName = (program: Command, name: string): Command => program.command(name, { hidden: true });

/** Adds `--dry-run`. */
export const withDryRun = (command: Command): Command =>
  command.option('--dry-run', 'show the effect and change nothing');

/** Adds `--yes` to a command that asks on a terminal. */
export const withYes = (command: Command): Command =>
  command.option('-y, --yes', 'do not ask before; without a terminal nothing is asked');
