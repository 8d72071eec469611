import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty } from './command-help.js';
import { stripControlChars } from './output.js';
import { listed, withLimit } from './pagination.js';
import { parseSince } from './parse-time.js';
import { type Column, grid, shownDecimal, shownTime } from './render.js';

type Usage = Schemas['UsagePage']['items'][number];
type Cost = Schemas['CostsPage']['items'][number];
type Forms = Schemas['CallFormsList']['items'][number];
type Times = Usage['latencyMs'];

/** The names of the command line, and those of the service. */
const GROUPS = { model: 'model', 'use-case': 'useCase', user: 'user', day: 'day', hour: 'hour' } as const;

interface Query {
  readonly groupBy: keyof typeof GROUPS;
  readonly from?: string;
  readonly to?: string;
  readonly model?: string;
  readonly useCase?: string;
  readonly user?: string;
  readonly limit: number;
}

/** `1834800` as `1,834,800`. */
const grouped = (count: number) => count.toLocaleString('en-US');
const known = (amount: string | null) => (amount === null ? 'unknown' : shownDecimal(amount));
/** The median where there is one, else the mean. */
const typical = (time: Times) => (time ? grouped(time.p50 ?? time.mean) : '-');
const slow = (time: Times) => (time?.p95 ? grouped(time.p95) : '-');

const counts = <Row>(head: string, countOf: (row: Row) => number, dropOrder?: number): Column<Row> => ({
  head,
  cell: (row) => grouped(countOf(row)),
  value: (row) => String(countOf(row)),
  dropOrder,
});

const USAGE: readonly Column<Usage>[] = [
  counts('CALLS', ({ calls }) => calls),
  counts('FAILED', ({ failed }) => failed, 3),
  counts('GUARDRAIL', ({ guardrailIntervened }) => guardrailIntervened ?? 0, 4),
  counts('FELL BACK', ({ fallbacks }) => fallbacks, 4),
  counts('TOKENS IN', ({ inputTokens }) => inputTokens, 1),
  counts('TOKENS OUT', ({ outputTokens }) => outputTokens, 1),
  counts('TOKENS', ({ totalTokens }) => totalTokens),
  { head: 'MS', cell: ({ latencyMs }) => typical(latencyMs) },
  { head: 'MS (P95)', cell: ({ latencyMs }) => slow(latencyMs), dropOrder: 5 },
  { head: 'FIRST TEXT MS', cell: ({ firstTextMs }) => typical(firstTextMs), dropOrder: 2 },
];

const COSTS: readonly Column<Cost>[] = [
  counts('CALLS', ({ calls }) => calls),
  { head: 'COST USD', cell: ({ costUsd }) => known(costUsd) },
  counts('WITHOUT KNOWN COST', ({ unknownCostCalls }) => unknownCostCalls),
];

const FORMS: readonly Column<Omit<Forms, 'forms'> & { form?: string }>[] = [
  { head: 'WIRE', cell: ({ wire }) => wire },
  { head: 'BODY', cell: ({ bodyFamily }) => bodyFamily ?? '-' },
  { head: 'FORM', cell: ({ form }) => form ?? 'all' },
  counts('CALLS', ({ calls }) => calls),
];

/** Adds the commands that show tokens and costs. */
export function addUsageCommands(cli: Cli): void {
  addUsage(cli);
  addCosts(cli);
  addForms(cli);
}

function addUsage({ program, run, now }: Cli): void {
  const usage = program
    .command('usage')
    .description('how many calls, tokens and milliseconds, of the last seven days (needs the scope read)');
  withQuery(usage, now).action((given: Query) => {
    const query = queryOf(given);
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/analytics/usage', { params: { query: { ...query, ...position } } }),
        what: 'groups',
        most: given.limit,
        grid: ({ items, totals }) =>
          grid([keyColumn(given.groupBy), ...USAGE], [...items, { ...totals, key: 'total' }]),
        after: (list) => incomplete(list),
        none: noCalls,
      }),
    );
  });
  examples(usage, '', '--group-by day --from 30d', '--group-by user --use-case clinical --json');
}

function addCosts({ program, run, now }: Cli): void {
  const costs = program
    .command('costs')
    .description('what calls cost, and what switches saved, of the last seven days (needs the scope read)');
  withQuery(costs, now).action((given: Query) => {
    const query = queryOf(given);
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/analytics/costs', { params: { query: { ...query, ...position } } }),
        what: 'groups',
        most: given.limit,
        grid: ({ items, totals }) =>
          grid([keyColumn(given.groupBy), ...COSTS], [...items, { ...totals, key: 'total' }]),
        after: (list) => [missingPrices(list), savings(list), incomplete(list)].filter(Boolean).join('\n\n'),
        none: noCalls,
      }),
    );
  });
  examples(costs, '', '--group-by use-case --from 2026-11-01 --to 2026-11-30', '--group-by user --json');
}

function addForms({ program, run, now }: Cli): void {
  const forms = withDays(
    program
      .command('forms')
      .description(
        'calls by wire, family of the body and form, such as tools, of the last seven days (needs the scope read)',
      ),
    now,
  ).option('--use-case <name>', 'only this use case', nonEmpty);
  forms.action(({ from, to, useCase }: Pick<Query, 'from' | 'to' | 'useCase'>) =>
    run(
      listed({
        page: (api) => api.GET('/v1/analytics/forms', { params: { query: { from, to, useCase } } }),
        what: 'wires',
        // All calls of a wire and a family of bodies on one line, and a line for each of their forms.
        grid: ({ items }) =>
          grid(
            FORMS,
            items.flatMap((group) => [group, ...group.forms.map((form) => ({ ...group, ...form }))]),
          ),
        after: (list) => incomplete(list),
        none: noCalls,
      }),
    ),
  );
  examples(forms, '', '--use-case clinical --from 30d');
}

const noCalls = () => 'No calls were found in these days.';

const queryOf = ({ groupBy, from, to, model, useCase, user }: Query) => ({
  groupBy: GROUPS[groupBy],
  from,
  to,
  modelId: model,
  useCase,
  userId: user,
});

const keyColumn = (groupBy: keyof typeof GROUPS): Column<{ readonly key: string }> => ({
  head: groupBy.replace('-', ' ').toUpperCase(),
  cell: ({ key }, page) => (groupBy === 'hour' ? shownTime(key, page) : key),
  value: ({ key }) => key,
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

function withQuery(command: Command, now: Date): Command {
  const grouped = command.addOption(
    new Option('--group-by <what>', 'one line for each').choices(Object.keys(GROUPS)).default('model'),
  );
  withDays(grouped, now)
    .option('--model <modelId>', 'only this model', nonEmpty)
    .option('--use-case <name>', 'only this use case', nonEmpty)
    .option('--user <id>', 'only this user', nonEmpty);
  return withLimit(command);
}

function missingPrices({ unknownCosts }: Schemas['CostsPage']): string {
  if (!unknownCosts?.length) return '';
  const lines = unknownCosts.map(
    ({ modelId, reason, calls }) =>
      `   ${stripControlChars(modelId)}: ${stripControlChars(reason.replaceAll('_', ' '))} (${grouped(calls)} calls)`,
  );
  return ['Missing prices:', ...lines].join('\n');
}

function savings({ switches }: Schemas['CostsPage']): string {
  if (!switches?.switches) return '';
  const { savingCalls, unknownEstimates, unknownSavings } = switches;
  return [
    `Switches of these days: ${grouped(switches.switches)}`,
    `   saved so far: ${amount(switches.savedUsd)} in ${grouped(savingCalls)} calls${without(unknownSavings, 'calls')}`,
    `   estimated:    ${amount(switches.estimatedUsd)}${without(unknownEstimates, 'switches')}`,
  ].join('\n');
}

const amount = (sum: string | null) => (sum === null ? 'unknown' : `${shownDecimal(sum)} USD`);
const without = (unknown: number, what: string) =>
  unknown > 0 ? ` (not known of ${grouped(unknown)} ${what})` : '';

const incomplete = ({ complete }: { readonly complete?: boolean }): string =>
  complete === false
    ? '⚠️  Some calls are missing: they wait for a worker to add them up. Is one running?'
    : '';
