import { type Command, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples } from './command-help.js';
import { count } from './fields.js';
import { stripControlChars } from './output.js';
import { listed, numbered, withLimit } from './pagination.js';
import { PATIENCE, withId } from './receiver-commands.js';
import { type Column, timeOr } from './render.js';

type Attempt = Schemas['DeliveryAttempt'];

const STATES = ['delivered', 'recovered', 'failed'] as const satisfies readonly Attempt['state'][];

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

export function addDeliveryCommands(webhooks: Command, cli: Cli): void {
  addDeliveries(webhooks, cli);
  addResend(webhooks, cli);
}

function addDeliveries(webhooks: Command, { run }: Cli): void {
  const deliveries = withId(
    webhooks.command('deliveries').description('each attempt to deliver a message to it, newest first'),
  ).addOption(new Option('--state <state>', 'only attempts with this result').choices(STATES));
  withLimit(deliveries).action((id: string, { state, limit }: { state?: Attempt['state']; limit: number }) =>
    run(
      listed({
        page: (api, position) =>
          api.GET('/v1/webhooks/{id}/deliveries', {
            params: { path: { id }, query: { state, ...numbered(position) } },
          }),
        what: 'deliveries',
        most: limit,
        columns: COLUMNS,
        none: () => 'No deliveries were found. They are kept for 14 days.',
      }),
    ),
  );
  examples(deliveries, '<id>', '<id> --state failed');
}

function addResend(webhooks: Command, { run }: Cli): void {
  const resend = withId(webhooks.command('resend').description('send the message of one delivery again, now'))
    .argument('<delivery>', 'as `webhooks deliveries` shows it', count)
    .action((id: string, deliveryId: number) =>
      run({
        send: (client) =>
          client.api({ patience: PATIENCE }).POST('/v1/webhooks/{id}/deliveries/{deliveryId}/resend', {
            params: { path: { id, deliveryId } },
          }),
        show: ({ status, error, messageId }) =>
          error === null
            ? `✅ The receiver took the message ${stripControlChars(messageId)} (${status}).`
            : `❌ The receiver did not take the message: ${stripControlChars(error)}.`,
        exitCode: ({ error }) => (error === null ? 0 : 1),
      }),
    );
  examples(resend, '<id> <delivery>');
}
