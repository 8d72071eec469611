import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  budgetsScreen,
  budgetView,
  noBudgetsYet,
  removedBudgetScreen,
  savedBudgetScreen,
} from './budget-screens.js';
import { examples, filled } from './command-words.js';
import { oneOf, usd } from './fields.js';
import { listed } from './lists.js';
import type { Ask } from './question.js';

const PATH = '/v1/budgets';

interface Subject {
  readonly useCase?: string;
  readonly key?: string;
  readonly user?: string;
}

/** Adds the commands for limits of spend. */
export function addBudgetCommands(program: Command, ask: Ask): void {
  const budgets = program
    .command('budgets')
    .description('limits of spend that warn operators and block nothing: list, set, remove');
  budgets
    .command('list')
    .description('all budgets, with what is spent of them (needs the scope read or operate)')
    .action(() =>
      ask(listed({ path: PATH, what: 'budgets', row: budgetView, show: budgetsScreen, none: noBudgetsYet })),
    );

  addSet(budgets, ask);
  addRemove(budgets, ask);
}

function addSet(budgets: Command, ask: Ask): void {
  const set = withSubject(
    withPeriod(
      budgets
        .command('set')
        .description(
          'make a budget or set its limit; without an option it counts all calls (needs the scope operate)',
        ),
    ).argument('<usd>', 'its limit, such as 200 or 12.50', limit),
  ).action((period: string, limitUsd: string, subject: Subject) =>
    ask({
      send: (service) =>
        service.send({
          method: 'PUT',
          path: pathOf(period, subject),
          body: { limitUsd },
          effect: 'repeatable',
        }),
      answer: budgetView,
      show: savedBudgetScreen,
    }),
  );
  examples(
    set,
    'month 200',
    'month 200 --use-case clinical',
    'day 5 --user user-456',
    'day 12.50 --key chat',
  );
}

function addRemove(budgets: Command, ask: Ask): void {
  const remove = withSubject(
    withPeriod(
      budgets
        .command('remove')
        .description('remove a budget; without an option the one of all calls (needs the scope operate)'),
    ),
  ).action((period: string, subject: Subject) =>
    ask({
      send: (service) =>
        service.send({ method: 'DELETE', path: pathOf(period, subject), effect: 'repeatable' }),
      answer: budgetView,
      show: removedBudgetScreen,
    }),
  );
  examples(remove, 'month', 'month --use-case clinical');
}

const withPeriod = (command: Command) =>
  command.argument('<period>', 'day or month, of UTC', oneOf('day', 'month'));

const withSubject = (command: Command) =>
  command
    .addOption(
      new Option('--use-case <name>', 'of this use case').argParser(filled).conflicts(['key', 'user']),
    )
    .addOption(
      new Option('--key <name>', 'of this service key, by its name or id, and its successors')
        .argParser(filled)
        .conflicts(['useCase', 'user']),
    )
    .addOption(new Option('--user <id>', 'of this user').argParser(filled).conflicts(['useCase', 'key']));

function pathOf(period: string, { useCase, key, user }: Subject): string {
  const given = Object.entries({ useCase, key, userId: user }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return `${PATH}/${period}${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`;
}

function limit(given: string): string {
  if (!/[1-9]/.test(usd(given))) throw new InvalidArgumentError('It must be more than 0.');
  return given;
}
