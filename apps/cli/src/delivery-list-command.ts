import { type Command, Option } from 'commander';
import type { Api, Schemas } from '#libs/client/client.js';
import type { Answer } from './api-client.js';
import { type Cli, examples } from './command-help.js';
import { listed, numbered, withLimit } from './pagination.js';
import { withId } from './receiver-commands.js';
import { type Column, timeOr } from './render.js';

/** Attempt to deliver to a webhook or a channel; only those to webhooks can be a resend. */
type Attempt = Omit<Schemas['ChannelAttempt'], 'channelId' | 'attempt'> &
  Partial<Pick<Schemas['DeliveryAttempt'], 'resentBy'>> & { attempt: number | null };
type State = Attempt['state'];
interface Query {
  state: State | undefined;
  limit?: number;
  cursor?: number;
}

const STATES = ['delivered', 'recovered', 'failed'] as const satisfies readonly State[];

const COLUMNS: readonly Column<Attempt>[] = [
  { head: 'DELIVERY', cell: ({ id }) => String(id) },
  {
    head: 'AT',
    cell: ({ attemptedAt }, page) => timeOr(attemptedAt, '-', page),
    value: ({ attemptedAt }) => attemptedAt,
  },
  { head: 'STATE', cell: ({ state }) => state },
  { head: 'STATUS', cell: ({ status }) => String(status ?? '-') },
  { head: 'MS', cell: ({ durationMs }) => String(durationMs), dropOrder: 4 },
  {
    head: 'ATTEMPT',
    cell: ({ attempt, resentBy }) => (attempt === null ? `resent by ${resentBy}` : String(attempt)),
    dropOrder: 3,
  },
  { head: 'SEQ', cell: ({ seq }) => String(seq ?? '-'), dropOrder: 2 },
  {
    head: 'NEXT TRY',
    cell: ({ nextAttemptAt }, page) => timeOr(nextAttemptAt, '-', page),
    value: ({ nextAttemptAt }) => nextAttemptAt ?? '',
    dropOrder: 1,
  },
  { head: 'ERROR', cell: ({ error }) => error ?? '', dropOrder: 5 },
];

/** @param read reads a page of the attempts to deliver to one receiver */
export function addDeliveries(
  noun: Command,
  { run }: Cli,
  read: (
    api: Api,
    id: string,
    query: Query,
  ) => Promise<Answer<{ items: Attempt[]; nextCursor: string | null }>>,
): void {
  const deliveries = withId(
    noun.command('deliveries').description('each attempt to deliver a message to it, newest first'),
  ).addOption(new Option('--state <state>', 'only attempts with this result').choices(STATES));
  withLimit(deliveries).action((id: string, { state, limit }: { state?: State; limit: number }) =>
    run(
      listed({
        page: (api, position) => read(api, id, { state, ...numbered(position) }),
        what: 'deliveries',
        most: limit,
        columns: COLUMNS,
        none: () => 'No deliveries were found. They are kept for 14 days.',
      }),
    ),
  );
  examples(deliveries, '<id>', '<id> --state failed');
}
