import type { Command } from 'commander';
import { z } from 'zod';
import { erasureView } from './answers.js';
import { CliFailure, EXIT } from './cli-failure.js';
import { examples, filled } from './command-words.js';
import { listed, withLimit } from './lists.js';
import type { Ask } from './question.js';
import { erasedScreen, erasuresScreen } from './user-screens.js';

const pathOf = (id: string, what: string) => `/v1/users/${encodeURIComponent(id)}/${what}`;

/** Adds the commands for export and erasure of the data of a user. */
export function addUserCommands(program: Command, ask: Ask): void {
  const users = program
    .command('users')
    .description('export and forget the users of whom something is stored');
  addExport(users, ask);
  addErase(users, ask);
  const erasures = users
    .command('erasures')
    .description('who was forgotten when, by pseudonym, newest first (needs the scope audit or admin)');
  withLimit(erasures).action(({ limit }: { limit: number }) =>
    ask(
      listed({
        ...{ path: '/v1/erasures', what: 'erasures', row: erasureView, most: limit },
        ...{ show: erasuresScreen, none: () => 'Nobody was forgotten yet.' },
      }),
    ),
  );
}

const lastLine = z.object({ complete: z.literal(true), rows: z.number() });

function addExport(users: Command, ask: Ask): void {
  const command = users
    .command('export')
    .description('write everything that is stored of a user, one JSON object a line (needs the scope audit)')
    .argument('<id>', 'of the user', filled)
    .action((id: string) =>
      ask({
        send: (service, output) =>
          service.follow({ method: 'GET', path: pathOf(id, 'export'), effect: 'read' }, (line) =>
            output.out(JSON.stringify(line)),
          ),
        answer: lastLine,
        // It is a line of the export, too: without it the export was cut off.
        show: (last) => JSON.stringify(last),
      }),
    );
  examples(command, 'user-456 > user-456.ndjson');
}

function addErase(users: Command, ask: Ask): void {
  const command = users
    .command('erase')
    .description('forget a user: a pseudonym takes its place, what it wrote is gone (needs the scope admin)')
    .argument('<id>', 'of the user', filled)
    .option('--yes', 'do it: it cannot be undone')
    .action((id: string, { yes }: { yes?: true }) => {
      if (!yes)
        throw new CliFailure(
          `This takes ${id} out of everything that is stored, and cannot be undone. Repeat it with --yes.`,
          EXIT.usage,
        );
      return ask({
        send: (service) => service.send({ method: 'POST', path: pathOf(id, 'erase'), effect: 'repeatable' }),
        answer: erasureView,
        show: erasedScreen,
      });
    });
  examples(command, 'user-456 --yes');
}
