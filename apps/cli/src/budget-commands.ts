import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { oneOf, usd } from './fields.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import { type Column, facts, shownDecimal } from './render.js';

type Budget = Schemas['Budget'];
type Period = Budget['period'];

interface Subject {
  readonly useCase?: string;
  readonly key?: string;
  readonly user?: string;
}

const COLUMNS: readonly Column<Budget>[] = [
  { head: 'BUDGET OF', cell: subjectOf },
  { head: 'PER', cell: ({ period }) => period },
  { head: 'LIMIT USD', cell: ({ limitUsd }) => shownDecimal(limitUsd) },
  { head: 'SPENT USD', cell: spentOf },
  { head: 'USED', cell: usedOf },
  { head: 'DAYS (UTC)', cell: daysOf, dropOrder: 1 },
  { head: 'ID', cell: ({ id }) => id, dropOrder: 2, isKey: true },
];

/** Adds the commands for limits of spend. */
export function addBudgetCommands(cli: Cli): void {
  const budgets = noun(cli.program, 'budgets', 'limits of spend that warn operators and block nothing');
  budgets
    .command('list')
    .description('all budgets, with what is spent of them (needs the scope read or operate)')
    .action(() =>
      cli.run(
        listed({
          page: (api) => api.GET('/v1/budgets'),
          what: 'budgets',
          columns: COLUMNS,
          after: ({ items }) =>
            items.some(({ incomplete }) => incomplete)
              ? '⚠️  "at least": some calls ran on a model whose price is not known, or are not counted yet.'
              : '',
          none: ({ program }) =>
            `No budgets yet. Set one: ${program} budgets set month 200 --use-case clinical`,
        }),
      ),
    );
  addSet(budgets, cli);
  addRemove(budgets, cli);
}

function addSet(budgets: Command, { run }: Cli): void {
  const set = withSubject(
    withPeriod(
      budgets
        .command('set')
        .description(
          'make a budget or set its limit; without an option it counts all calls (needs the scope operate)',
        ),
    ).argument('<usd>', 'its limit, such as 200 or 12.50', limit),
  ).action((period: Period, limitUsd: string, subject: Subject) =>
    run({
      send: (client) =>
        client.api().PUT('/v1/budgets/{period}', { ...requestOf(period, subject), body: { limitUsd } }),
      show: savedText,
      quiet: ({ id }) => id,
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

function addRemove(budgets: Command, { run }: Cli): void {
  const remove = withSubject(
    withPeriod(
      budgets
        .command('remove')
        .description('remove a budget; without an option the one of all calls (needs the scope operate)'),
    ),
  ).action((period: Period, subject: Subject) =>
    run({
      send: (client) => client.api().DELETE('/v1/budgets/{period}', requestOf(period, subject)),
      show: (budget) =>
        `✅ ${stripControlChars(subjectOf(budget))} has no budget per ${stripControlChars(budget.period)} any more.`,
    }),
  );
  examples(remove, 'month', 'month --use-case clinical');
}

const withPeriod = (command: Command) =>
  command.argument('<period>', 'day or month, of UTC', oneOf('day', 'month'));

const withSubject = (command: Command) =>
  command
    .addOption(
      new Option('--use-case <name>', 'of this use case').argParser(nonEmpty).conflicts(['key', 'user']),
    )
    .addOption(
      new Option('--key <name>', 'of this service key, by its name or id, and its successors')
        .argParser(nonEmpty)
        .conflicts(['useCase', 'user']),
    )
    .addOption(new Option('--user <id>', 'of this user').argParser(nonEmpty).conflicts(['useCase', 'key']));

const requestOf = (period: Period, { useCase, key, user }: Subject) => ({
  params: { path: { period }, query: { useCase, key, userId: user } },
});

function limit(given: string): string {
  if (!/[1-9]/.test(usd(given))) throw new InvalidArgumentError('It must be more than 0.');
  return given;
}

function savedText(budget: Budget): string {
  const { period, limitUsd } = budget;
  return [
    `✅ The budget of ${stripControlChars(subjectOf(budget))} is ${shownDecimal(limitUsd)} USD per ${stripControlChars(period)}. It warns at 50, 80 and 100 %, and blocks nothing.`,
    ...facts([
      ['Spent', `${spentOf(budget)} USD (${usedOf(budget)}), ${daysOf(budget)}`],
      ['Id', budget.id],
    ]),
  ].join('\n');
}

function subjectOf({ useCase, key, userId }: Budget): string {
  if (useCase) return `use case ${useCase}`;
  if (key) return `key ${key}`;
  return userId ? `user ${userId}` : 'all calls';
}

function spentOf({ spentUsd, incomplete }: Budget): string {
  if (!spentUsd) return 'unknown';
  return `${incomplete ? 'at least ' : ''}${shownDecimal(spentUsd)}`;
}

function usedOf({ usedPercent, spentUsd }: Budget): string {
  return typeof usedPercent === 'number' && spentUsd ? `${usedPercent} %` : '-';
}

function daysOf({ from, to }: Budget): string {
  if (!from || !to) return '-';
  return from === to ? from : `${from} to ${to}`;
}
