import type { Command } from 'commander';
import { z } from 'zod';
import { examples, filled } from './command-words.js';
import { listed, withLimit } from './lists.js';
import { type Column, type Page, shownTime, table } from './page.js';
import type { Ask } from './question.js';

const PATH = '/v1/outbox';

const setAside = z.object({
  id: z.string(),
  job: z.string(),
  failures: z.number(),
  lastError: z.string().nullish(),
  setAsideAt: z.string(),
});
type SetAside = z.infer<typeof setAside>;

const COLUMNS: readonly Column<SetAside>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'WORK', cell: ({ job }) => job },
  { head: 'DEAD SINCE', cell: ({ setAsideAt }) => shownTime(setAsideAt), dropOrder: 1 },
  { head: 'FAILED', cell: ({ failures }) => `${failures} times`, dropOrder: 2 },
  { head: 'LAST ERROR', cell: ({ lastError }) => lastError ?? '-' },
];

const screen = (entries: readonly SetAside[], page: Page) =>
  `${table(page, COLUMNS, entries)}\n\nWhen the cause is mended: ${page.program} outbox requeue`;

export function addOutboxCommands(program: Command, ask: Ask): void {
  const outbox = program
    .command('outbox')
    .description(
      'work that failed too often, such as switches without their audit row (needs the scope operate)',
    );

  withLimit(outbox.command('list').description('dead letters and their errors, the oldest first')).action(
    ({ limit }: { limit: number }) =>
      ask(
        listed({
          path: PATH,
          what: 'entries',
          row: setAside,
          most: limit,
          show: screen,
          none: () => 'No dead letters.',
        }),
      ),
  );

  const requeue = outbox
    .command('requeue')
    .description('retry dead letters')
    .argument('[id]', 'as `outbox list` shows it; without it, all', filled)
    .action((id: string | undefined) =>
      ask({
        send: (service) =>
          service.send({ method: 'POST', path: `${PATH}/requeue`, body: { id }, effect: 'repeatable' }),
        answer: z.object({ requeued: z.number() }),
        show: ({ requeued }) =>
          requeued === 0 ? 'No dead letters.' : `✅ ${requeued} will be retried immediately.`,
      }),
    );
  examples(requeue, '', '<id>');
}
