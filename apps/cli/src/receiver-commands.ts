import type { Command } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { Answer, ApiClient } from './api-client.js';
import { type Cli, examples, nonEmpty, withYes } from './command-help.js';
import { count } from './fields.js';
import { stripControlChars } from './output.js';
import { type Column, type Page, timeOr } from './render.js';

/** The service itself waits for the receiver. */
export const PATIENCE = { totalMs: 65_000, firstAttemptMs: 65_000 };

/** Webhook or channel, as far as its delivery goes. */
type Receiver = Pick<
  Schemas['Webhook'],
  'id' | 'position' | 'failures' | 'lastError' | 'deliveredAt' | 'failingSince' | 'nextAttemptAt'
> & { status: string };

/** Kind of receivers, with its requests. */
interface Receivers<Each extends Receiver> {
  nameOf: (receiver: Each) => string;
  get: (client: ApiClient, id: string) => Promise<Answer<Each>>;
  resume: (client: ApiClient, id: string, after: number | undefined) => Promise<Answer<Each>>;
  remove: (client: ApiClient, id: string) => Promise<Answer<Each>>;
}

export const pathOf = (id: string) => ({ params: { path: { id } } });

/** @param command of a noun, which lists the ids */
export const withId = (command: Command): Command =>
  command.argument('<id>', `as \`${command.parent?.name()} list\` shows it`, nonEmpty);

export const statusOf = ({
  status,
  failures,
  lastError,
}: Pick<Receiver, 'status' | 'failures' | 'lastError'>): string =>
  lastError ? `${status}: ${lastError}${failures ? `, ${failures} times` : ''}` : status;

export const lastDeliveryColumn: Column<Pick<Receiver, 'deliveredAt'>> = {
  head: 'LAST DELIVERY',
  cell: ({ deliveredAt }, page) => timeOr(deliveredAt, 'never', page),
  value: ({ deliveredAt }) => deliveredAt ?? '',
  dropOrder: 1,
};

/** Facts below a receiver: where its delivery stands. */
export const deliveryFacts = (of: Receiver, page: Page): [string, string | null | undefined][] => [
  ['Last delivery', timeOr(of.deliveredAt, 'never', page)],
  ['Failing since', of.failingSince && timeOr(of.failingSince, '-', page)],
  ['Next try', of.nextAttemptAt && timeOr(of.nextAttemptAt, '-', page)],
];

/** @returns the command, which may get an alias */
export function addResume<Each extends Receiver>(
  noun: Command,
  { run }: Cli,
  { resume, nameOf }: Receivers<Each>,
): Command {
  const command = withId(noun.command('resume'))
    .description('deliver now what waits, also after it was disabled')
    .option('--after <seq>', 'deliver everything after this number, again if need be', count)
    .action((id: string, { after }: { after?: number }) =>
      run({
        send: (client) => resume(client, id, after),
        show: (receiver) =>
          `✅ ${stripControlChars(nameOf(receiver))} gets the notifications after ${receiver.position ?? 'its position'} immediately.`,
      }),
    );
  examples(command, '<id>', '<id> --after 1200');
  return command;
}

export function addDelete<Each extends Receiver>(
  noun: Command,
  { run }: Cli,
  { get, remove, nameOf }: Receivers<Each>,
): void {
  const command = withYes(withId(noun.command('delete').description('end it'))).action(
    (id: string, { yes }: { yes?: true }) =>
      run({
        send: (client) => remove(client, id),
        show: (receiver) => `✅ ${stripControlChars(nameOf(receiver))} gets no more notifications.`,
        confirm: yes
          ? undefined
          : async (client) => {
              const { data } = await get(client, id);
              return data && `${nameOf(data)} gets no more notifications, and its secret is gone. Delete it?`;
            },
      }),
  );
  examples(command, '<id>', '<id> --yes');
}
