import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples, filled } from './command-words.js';
import { listed, withLimit } from './lists.js';
import { parseSince } from './moments.js';
import type { Ask } from './question.js';
import { callForms, costRow, costsScreen, formsScreen, usageRow, usageScreen } from './usage-screens.js';

/** How one types it, and how the service calls it. */
const GROUPS = { model: 'model', 'use-case': 'useCase', user: 'user', day: 'day', hour: 'hour' } as const;

interface Asked {
  readonly groupBy: keyof typeof GROUPS;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly useCase?: string;
  readonly user?: string;
  readonly limit: number;
}

/** Adds the commands that show tokens and costs. */
export function addUsageCommands(program: Command, ask: Ask, now: Date): void {
  const usage = program
    .command('usage')
    .description('how many calls, tokens and milliseconds, of the last seven days (needs the scope read)');
  withQuestion(usage, now).action((asked: Asked) =>
    ask(
      listed({
        ...questionOf(asked),
        path: '/v1/analytics/usage',
        row: usageRow,
        show: (rows, page, answer) => usageScreen(asked.groupBy, rows, page, answer),
      }),
    ),
  );
  examples(usage, '', '--group-by day --from 30d', '--group-by user --use-case clinical --json');
  const costs = program
    .command('costs')
    .description('what calls cost, and what switches saved, of the last seven days (needs the scope read)');
  withQuestion(costs, now).action((asked: Asked) =>
    ask(
      listed({
        ...questionOf(asked),
        path: '/v1/analytics/costs',
        row: costRow,
        show: (rows, page, answer) => costsScreen(asked.groupBy, rows, page, answer),
      }),
    ),
  );
  examples(costs, '', '--group-by use-case --from 2026-11-01 --to 2026-11-30', '--group-by user --json');
  addForms(program, ask, now);
}

function addForms(program: Command, ask: Ask, now: Date): void {
  const forms = withDays(
    program
      .command('forms')
      .description(
        'calls by wire, family of the body and form, such as tools, of the last seven days (needs the scope read)',
      ),
    now,
  ).option('--use-case <name>', 'only this use case', filled);
  forms.action(({ from, to, useCase }: Pick<Asked, 'from' | 'to' | 'useCase'>) =>
    ask(
      listed({
        what: 'wires',
        path: '/v1/analytics/forms',
        query: { from, to, useCase },
        row: callForms,
        show: formsScreen,
        none: noCalls,
      }),
    ),
  );
  examples(forms, '', '--use-case clinical --from 30d');
}

const noCalls = () => 'No calls were found in these days.';

const questionOf = ({ groupBy, from, to, model, useCase, user, limit }: Asked) => ({
  what: 'groups',
  query: { groupBy: GROUPS[groupBy], from, to, modelId: model, useCase, userId: user },
  most: limit,
  none: noCalls,
});

function withDays(command: Command, now: Date): Command {
  const day = (given: string): string => {
    const time = parseSince(given, now);
    if (time === undefined)
      throw new InvalidArgumentError('It must be a date, or a span back such as 7d, 4w.');
    return time.slice(0, 10);
  };
  return command
    .option('--from <day>', 'the first day (UTC): a date, or a span back such as 7d, 4w', day)
    .option('--to <day>', 'the last day, included; default today', day);
}

function withQuestion(command: Command, now: Date): Command {
  const grouped = command.addOption(
    new Option('--group-by <what>', 'one line for each').choices(Object.keys(GROUPS)).default('model'),
  );
  withDays(grouped, now)
    .option('--model <modelId>', 'only this model', filled)
    .option('--use-case <name>', 'only this use case', filled)
    .option('--user <id>', 'only this user', filled);
  return withLimit(command);
}
