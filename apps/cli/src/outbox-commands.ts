import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { listed, withLimit } from './pagination.js';
import { type Column, timeOr } from './render.js';

const COLUMNS: readonly Column<Schemas['SetAside']>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'WORK', cell: ({ job }) => job },
  {
    head: 'DEAD SINCE',
    cell: ({ setAsideAt }, page) => timeOr(setAsideAt, '-', page),
    value: ({ setAsideAt }) => setAsideAt,
    dropOrder: 1,
  },
  {
    head: 'FAILED',
    cell: ({ failures }) => `${failures} times`,
    value: ({ failures }) => String(failures),
    dropOrder: 2,
  },
  { head: 'LAST ERROR', cell: ({ lastError }) => lastError ?? '-' },
];

export function addOutboxCommands({ program, run }: Cli): void {
  const outbox = noun(
    program,
    'outbox',
    'work that failed too often, such as switches without their audit row (needs the scope operate)',
  );
  withLimit(outbox.command('list').description('dead letters and their errors, the oldest first')).action(
    ({ limit }: { limit: number }) =>
      run(
        listed({
          page: (api, query) => api.GET('/v1/outbox', { params: { query } }),
          what: 'entries',
          most: limit,
          columns: COLUMNS,
          after: (_, page) => `When the cause is mended: ${page.program} outbox requeue`,
          none: () => 'No dead letters.',
        }),
      ),
  );
  const requeue = outbox
    .command('requeue')
    .description('retry dead letters')
    .argument('[id]', 'as `outbox list` shows it; without it, all', nonEmpty)
    .action((id: string | undefined) =>
      run({
        send: (client) => client.api({ effect: 'repeatable' }).POST('/v1/outbox/requeue', { body: { id } }),
        show: ({ requeued }) =>
          requeued === 0 ? 'No dead letters.' : `✅ ${requeued} will be retried immediately.`,
      }),
    );
  examples(requeue, '', '<id>');
}
