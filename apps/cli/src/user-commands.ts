import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { followLines } from './api-streams.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { listed, withLimit } from './pagination.js';
import { type Column, facts, type Page, timeOr } from './render.js';
import { unknownAnswer } from './run-command.js';

type Erasure = Schemas['Erasure'];

const rowsOf = ({ erasedRows }: Erasure): number =>
  Object.values(erasedRows ?? {}).reduce((sum, rows) => sum + rows, 0);
const ended = ({ completedAt }: Erasure, page: Page): string => timeOr(completedAt, 'under way', page);

const ERASURES: readonly Column<Erasure>[] = [
  { head: 'PSEUDONYM', cell: ({ pseudonym }) => pseudonym },
  {
    head: 'REQUESTED',
    cell: ({ requestedAt }, page) => timeOr(requestedAt, '-', page),
    value: ({ requestedAt }) => requestedAt,
    dropOrder: 1,
  },
  { head: 'COMPLETED', cell: ended, value: ({ completedAt }) => completedAt ?? '' },
  { head: 'ROWS', cell: (erasure) => String(rowsOf(erasure)) },
  { head: 'BY', cell: ({ requestedBy }) => requestedBy ?? '-', dropOrder: 2 },
];

/** Adds the commands for export and erasure of the data of a user. */
export function addUserCommands(cli: Cli): void {
  const users = noun(cli.program, 'users', 'export and forget the users of whom something is stored');
  addExport(users, cli);
  addErase(users, cli);
  const erasures = users
    .command('erasures')
    .description('who was forgotten when, by pseudonym, newest first (needs the scope audit or admin)');
  withLimit(erasures).action(({ limit }: { limit: number }) =>
    cli.run(
      listed({
        page: (api, query) => api.GET('/v1/erasures', { params: { query } }),
        what: 'erasures',
        most: limit,
        columns: ERASURES,
        none: () => 'Nobody was forgotten yet.',
      }),
    ),
  );
}

function addExport(users: Command, { run }: Cli): void {
  const command = users
    .command('export')
    .description('write everything that is stored of a user, one JSON object a line (needs the scope audit)')
    .argument('<id>', 'of the user', nonEmpty)
    .action((id: string) => {
      const path = `/v1/users/${encodeURIComponent(id)}/export`;
      return run({
        send: async (client, output) => {
          const request = { method: 'GET', path, effect: 'read' } as const;
          const write = (line: object | undefined) => output.out(JSON.stringify(line));
          const answer = await followLines<{ complete?: boolean }>(client, request, write);
          // The last line says that the export was not cut off.
          if (answer.data && answer.data.complete !== true) throw unknownAnswer();
          return answer;
        },
        show: (last) => JSON.stringify(last),
        quiet: (last) => JSON.stringify(last),
      });
    });
  examples(command, 'user-456 > user-456.ndjson');
}

function addErase(users: Command, { run, isInteractive }: Cli): void {
  const command = users
    .command('erase')
    .description(
      'forget a user: a pseudonym takes its place, and all text by it is gone (needs the scope admin)',
    )
    .argument('<id>', 'of the user', nonEmpty)
    .option('-y, --yes', 'do not ask before; required without a terminal')
    .action((id: string, { yes }: { yes?: true }) => {
      const effect = `This takes ${id} out of everything that is stored, and cannot be undone.`;
      if (!yes && !isInteractive) throw new CliFailure(`${effect} Repeat it with --yes.`, EXIT.usage);
      return run({
        send: (client) =>
          client.api({ effect: 'repeatable' }).POST('/v1/users/{id}/erase', { params: { path: { id } } }),
        show: erasedText,
        quiet: ({ pseudonym }) => pseudonym,
        confirm: yes ? undefined : async () => `${effect} Erase it?`,
      });
    });
  examples(command, 'user-456 --yes');
}

function erasedText(erasure: Erasure, page: Page): string {
  const tables = Object.entries(erasure.erasedRows ?? {}).map(
    ([name, rows]) => [name, String(rows)] as const,
  );
  return [
    `✅ The user is forgotten: ${rowsOf(erasure)} rows.`,
    ...facts([
      ['Pseudonym', erasure.pseudonym],
      [
        'Completed',
        erasure.completedAt ? ended(erasure, page) : 'in a minute, when the worker has looked once more',
      ],
      ...tables,
    ]),
  ].join('\n');
}
