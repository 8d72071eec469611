import { type Command, InvalidArgumentError } from 'commander';

/** `validate "$MODEL"` with nothing in MODEL is a mistake, not a request. */
export function filled(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

/** Shows uses of the command under its help, with the name the program was called by. */
export function examples(command: Command, ...uses: string[]): void {
  command.addHelpText('after', () => {
    const words = [command.name()];
    for (let up = command.parent; up; up = up.parent) words.unshift(up.name());
    return `\nExamples:\n${uses.map((use) => `  ${words.join(' ')} ${use}`.trimEnd()).join('\n')}`;
  });
}
