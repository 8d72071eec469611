import type { Command } from 'commander';
import { type Cli, examples } from './command-help.js';
import { addDeliveries } from './delivery-list-command.js';
import { count } from './fields.js';
import { stripControlChars } from './output.js';
import { PATIENCE, withId } from './receiver-commands.js';

export function addDeliveryCommands(webhooks: Command, cli: Cli): void {
  addDeliveries(webhooks, cli, (api, id, query) =>
    api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query } }),
  );
  addResend(webhooks, cli);
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
