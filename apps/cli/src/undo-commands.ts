import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { type Cli, examples, nonEmpty, withDryRun, withYes } from './command-help.js';
import { stripControlChars } from './output.js';
import { facts, type Page, shownDecimal, shownTime } from './render.js';
import { switchText } from './switch-output.js';

type Switch = Schemas['Switch'];

interface UndoOptions {
  readonly reason?: string;
  readonly silent?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

const ID = ['<id>', 'as `switches -o wide` shows it', nonEmpty] as const;
const pathOf = (id: string) => ({ params: { path: { id } } });

export function addShowAndUndo(switches: Command, cli: Cli): void {
  const show = switches
    .command('show')
    .description('a switch with its author, its reason and its cost impact')
    .argument(...ID)
    .action((id: string) =>
      cli.run({ send: (client) => client.api().GET('/v1/switches/{id}', pathOf(id)), show: shownSwitch }),
    );
  examples(show, '<id>');
  addUndo(switches, cli);
}

function addUndo(switches: Command, { run }: Cli): void {
  const undo = switches
    .command('undo')
    .description('switch back to the model before, if nobody has switched since')
    .argument(...ID)
    .option('--reason <text>', 'why, for the audit trail', nonEmpty)
    .option('--silent', 'do not notify the users');
  withYes(withDryRun(undo)).action((id: string, { reason, silent, dryRun, yes }: UndoOptions) => {
    if (dryRun)
      return run({
        send: (client) => client.api().GET('/v1/switches/{id}', pathOf(id)),
        show: (event) => `Dry run: nothing was changed. ${effectOf(event)}`,
      });
    const header = { 'Idempotency-Key': randomUUID() };
    const body = { reason, showNotification: silent ? false : undefined };
    return run({
      send: (client) =>
        client
          .api({ effect: 'repeatable' })
          .POST('/v1/switches/{id}/undo', { params: { path: { id }, header }, body }),
      show: ({ notification, ...data }, page) =>
        switchText({ success: true, data, notification }, 'Switching AI Model', page),
      quiet: ({ switchId }) => switchId ?? '',
      confirm: yes
        ? undefined
        : async (client) => {
            const { data } = await client.api().GET('/v1/switches/{id}', pathOf(id));
            // Its refusal is that of the undo, too.
            return data && `${effectOf(data)} Undo it?`;
          },
    });
  });
  examples(undo, '<id> --dry-run', '<id> --reason "It answers worse"');
}

const scopeOf = ({ conversationId, useCase }: Switch) =>
  conversationId ? `conversation ${conversationId}` : `use case ${useCase}`;

const effectOf = (event: Switch): string =>
  stripControlChars(
    `The undo switches ${scopeOf(event)} from ${event.newModelId} back to ${event.previousModelId}.`,
  );

function shownSwitch(event: Switch, page: Page): string {
  return [
    stripControlChars(`${event.previousModelId} → ${event.newModelId}`),
    ...facts([
      ['When', shownTime(event.timestamp, page)],
      ['Scope', scopeOf(event)],
      ['Use case', event.useCase],
      ['User', event.userId],
      ['By', event.onBehalfOf ? `${event.actor} for ${event.onBehalfOf}` : event.actor],
      ['Action', event.action.replace('_switch', '')],
      ['Reason', event.reason],
      ['Estimate', event.costImpact && `${shownDecimal(event.costImpact)} USD (${event.costImpactHorizon})`],
      ['Saved so far', event.savedUsd && `${shownDecimal(event.savedUsd)} USD`],
      ['Notification', event.notificationShown ? 'shown' : 'silent'],
      ['Audit row', event.status],
      ['Undo', `${page.program} switches undo ${event.id}`],
    ]),
  ].join('\n');
}
