import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { names } from './fields.js';
import { stripControlChars } from './output.js';
import { listed, withLimit } from './pagination.js';
import { readTimeAhead, TIME_AHEAD } from './parse-time.js';
import { type Column, facts, type Page, shownTime, timeColumn } from './render.js';

type Freeze = Schemas['Freeze'];

const NEEDS_PERSON = '(needs a person with the scope approve: `login`)';
const COLUMNS: readonly Column<Freeze>[] = [
  { head: 'USE CASES', cell: useCasesOf },
  timeColumn('FROM', ({ from }) => from),
  timeColumn('TO', ({ to }) => to),
  { head: 'REASON', cell: ({ reason }) => stripControlChars(reason), dropOrder: 1 },
  { head: 'MADE BY', cell: ({ madeBy }) => stripControlChars(madeBy), dropOrder: 2 },
  { head: 'ENDED EARLY BY', cell: ({ endedEarlyBy }) => stripControlChars(endedEarlyBy ?? ''), dropOrder: 3 },
  { head: 'ID', cell: ({ id }) => id, isKey: true },
];

interface CreateOptions {
  readonly from?: string;
  readonly to: string;
  readonly useCase?: string[];
  readonly reason: string;
}

/** Adds the commands for times in which use cases do not change. */
export function addFreezeCommands(cli: Cli): void {
  const freezes = noun(cli.program, 'freezes', 'times in which use cases do not change, but for safety');
  addList(freezes, cli);
  addCreate(freezes, cli);
  addEnd(freezes, cli);
}

function addList(freezes: Command, { run }: Cli): void {
  const list = withLimit(freezes.command('list').description('freezes, the last to end first'))
    .option('--use-case <name>', 'that hold this use case', nonEmpty)
    .option('--open', 'only those that are present or ahead')
    .action(({ limit, useCase, open }: { limit: number; useCase?: string; open?: true }) =>
      run(
        listed({
          page: (api, query) => api.GET('/v1/freezes', { params: { query: { ...query, useCase, open } } }),
          what: 'freezes',
          most: limit,
          columns: COLUMNS,
          none: () => 'No freezes.',
        }),
      ),
    );
  examples(list, '', '--open', '--use-case clinical');
}

function addCreate(freezes: Command, { run, now }: Cli): void {
  const read = (given: string) => readTimeAhead(given, now);
  const create = freezes
    .command('create')
    .description(`freeze use cases; without --use-case all of them ${NEEDS_PERSON}`)
    .requiredOption('--to <time>', `its end, at most 90 days after its begin: ${TIME_AHEAD}`, read)
    .option('--from <time>', `its begin, now by default: ${TIME_AHEAD}`, read)
    .option('--use-case <names>', 'only these, separated by commas', names)
    .requiredOption('--reason <text>', 'why', nonEmpty)
    .action(({ useCase, from, to, reason }: CreateOptions) =>
      run({
        send: (client) =>
          client.api().POST('/v1/freezes', { body: { from, to, reason, useCases: useCase ?? null } }),
        show: (freeze, page) => freezeText(`❄️  ${useCasesOf(freeze)}: frozen.`, freeze, page),
        quiet: ({ id }) => id,
      }),
    );
  examples(create, '--to 2d --reason "Christmas"', '--to 12h --use-case clinical,health --reason "Audit"');
}

function addEnd(freezes: Command, { run }: Cli): void {
  const end = freezes
    .command('end')
    .description(`end a freeze early; another person than who made it ${NEEDS_PERSON}`)
    .argument('<id>', 'as `freezes list` shows it', nonEmpty)
    .action((id: string) =>
      run({
        send: (client) => client.api().DELETE('/v1/freezes/{id}', { params: { path: { id } } }),
        show: (freeze, page) => freezeText(`✅ ${useCasesOf(freeze)}: may change again.`, freeze, page),
        quiet: (freeze) => freeze.id,
      }),
    );
  examples(end, '7d1f4f1e-5c0b-4b0e-9d3e-2a6c1f0a9b11');
}

function useCasesOf({ useCases }: Freeze): string {
  return useCases === null ? 'all use cases' : stripControlChars(useCases.join(', '));
}

const freezeText = (headline: string, freeze: Freeze, page: Page): string =>
  [
    headline,
    ...facts([
      ['From', shownTime(freeze.from, page)],
      ['To', shownTime(freeze.to, page)],
      ['Reason', stripControlChars(freeze.reason)],
      ['Id', freeze.id],
    ]),
  ].join('\n');
