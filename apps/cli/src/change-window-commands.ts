import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { stripControlChars } from './output.js';
import { listed, withLimit } from './pagination.js';
import { readTimeAhead, TIME_AHEAD } from './parse-time.js';
import { type Column, grid, type Page, shownTime, timeColumn } from './render.js';

type Calendar = Schemas['ChangeWindowsPage'];

/** One opening; without times: the use case has none in the period. */
interface Opening {
  readonly useCase: string;
  readonly from?: string;
  readonly to?: string;
}

const COLUMNS: readonly Column<Opening>[] = [
  { head: 'USE CASE', cell: ({ useCase }) => stripControlChars(useCase), isKey: true },
  timeColumn('OPENS', ({ from }) => from),
  timeColumn('CLOSES', ({ to }) => to),
];

interface ListOptions {
  readonly from?: string;
  readonly to?: string;
  readonly useCase?: string;
  readonly limit: number;
}

/** Adds the calendar of change windows. */
export function addChangeWindowCommands({ program, run, now }: Cli): void {
  const windows = noun(program, 'change-windows', 'times in which approved changes may be applied');
  const read = (given: string) => readTimeAhead(given, now);
  const list = withLimit(
    windows
      .command('list')
      .description('when the windows of reviewed use cases are open; freezes are not taken off'),
    'show at most so many use cases',
  )
    .option('--from <time>', `now by default: ${TIME_AHEAD}`, read)
    .option('--to <time>', 'at most 32 days after --from, 14 by default', read)
    .option('--use-case <name>', 'only this use case', nonEmpty)
    .action(({ limit, from, to, useCase }: ListOptions) =>
      run(
        listed<Calendar>({
          page: (api, position) =>
            api.GET('/v1/change-windows', { params: { query: { ...position, from, to, useCase } } }),
          what: 'use cases with change windows',
          most: limit,
          grid: ({ items }) => grid(COLUMNS, items.flatMap(openingsOf)),
          after: leftOut,
          none: () => 'No reviewed use case has change windows: approved changes are applied at any time.',
        }),
      ),
    );
  examples(list, '', '--use-case clinical', '--to 30d -o csv');
}

const openingsOf = ({ useCase, openings }: Calendar['items'][number]): Opening[] =>
  openings.length === 0 ? [{ useCase }] : openings.map((opening) => ({ useCase, ...opening }));

const leftOut = ({ items }: Calendar, page: Page): string =>
  items
    .flatMap(({ useCase, completeUntil }) =>
      completeUntil === null
        ? []
        : `⚠️  ${stripControlChars(useCase)}: more openings from ${shownTime(completeUntil, page)} on (--from ${completeUntil}).`,
    )
    .join('\n');
