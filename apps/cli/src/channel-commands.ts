import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import type { ApiClient } from './api-client.js';
import { type Cli, examples, nonEmpty, noun } from './command-help.js';
import { addDeliveries } from './delivery-list-command.js';
import { count } from './fields.js';
import { stripControlChars } from './output.js';
import { listed } from './pagination.js';
import {
  addDelete,
  addResume,
  deliveryFacts,
  lastDeliveryColumn,
  PATIENCE,
  pathOf,
  statusOf,
  withId,
} from './receiver-commands.js';
import { type Column, facts, type Page, timeOr } from './render.js';

type Channel = Schemas['Channel'];
type Email = NonNullable<Schemas['CreateChannel']['email']>;

const COLUMNS: readonly Column<Channel>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'NAME', cell: ({ name }) => name },
  { head: 'KIND', cell: ({ kind }) => kind, dropOrder: 3 },
  { head: 'LEAST', cell: ({ leastUrgency }) => leastUrgency, dropOrder: 2 },
  { head: 'STATUS', cell: statusOf },
  lastDeliveryColumn,
];

export function addChannelCommands(cli: Cli): void {
  const channels = noun(
    cli.program,
    'channels',
    'have notifications sent to people, by Slack or e-mail (needs the scope operate)',
  );
  channels
    .command('list')
    .description('the channels and their states')
    .action(() =>
      cli.run(
        listed({
          page: (api) => api.GET('/v1/channels'),
          what: 'channels',
          columns: COLUMNS,
          none: ({ program }) => `No channels yet. Make one: ${program} channels create ops --kind slack`,
        }),
      ),
    );
  addShow(channels, cli);
  addCreate(channels, cli);
  addEdit(channels, cli);
  addTest(channels, cli);
  addResume(channels, cli, REQUESTS);
  addDeliveries(channels, cli, (api, id, query) =>
    api.GET('/v1/channels/{id}/deliveries', { params: { path: { id }, query } }),
  );
  addDelete(channels, cli, REQUESTS);
}

const REQUESTS = {
  nameOf: ({ name }: Channel) => name,
  get: (client: ApiClient, id: string) => client.api().GET('/v1/channels/{id}', pathOf(id)),
  resume: (client: ApiClient, id: string, after: number | undefined) =>
    client.api({ effect: 'repeatable' }).POST('/v1/channels/{id}/resume', { ...pathOf(id), body: { after } }),
  remove: (client: ApiClient, id: string) => client.api().DELETE('/v1/channels/{id}', pathOf(id)),
};

function addShow(channels: Command, { run }: Cli): void {
  const show = withId(
    channels.command('show').description('its filter, its state and its last error'),
  ).action((id: string) => run({ send: (client) => REQUESTS.get(client, id), show: channelText }));
  examples(show, '<id>');
}

interface Filter {
  kinds?: NonNullable<Channel['kinds']>;
  useCases?: string[];
  least?: Channel['leastUrgency'];
  language?: Channel['language'];
  includeReasons?: true;
}

const withFilter = (command: Command) =>
  command
    .option(
      '--kinds <kinds>',
      'only these, separated by commas: switch, lifecycle, validation, alert, change',
      list,
    )
    .option('--use-cases <names>', 'only of these, separated by commas', list)
    .addOption(new Option('--least <urgency>', 'least urgency').choices(['info', 'warn', 'page']))
    .option('--language <code>', 'en, de or fr', nonEmpty)
    .option('--include-reasons', 'reasons of callers, too, which may be about people');

const filterOf = ({ kinds, useCases, least, language, includeReasons }: Filter) => ({
  ...(kinds && { kinds }),
  ...(useCases && { useCases }),
  ...(least && { leastUrgency: least }),
  ...(language && { language: language as 'en' }),
  ...(includeReasons && { includeReasons }),
});

interface Mail {
  kind: Channel['kind'];
  host?: string;
  port?: number;
  tls?: Email['tls'];
  user?: string;
  from?: string;
  to?: string[];
}

function addCreate(channels: Command, cli: Cli): void {
  const create = withFilter(channels.command('create').argument('<name>', 'its name', nonEmpty))
    .description('make one; its secret is asked for, or read from stdin')
    .addOption(
      new Option('--kind <kind>', 'slack: the secret is the URL of an incoming webhook; email: by SMTP')
        .choices(['slack', 'email'])
        .makeOptionMandatory(),
    )
    .option('--host <name>', 'SMTP server', nonEmpty)
    .option('--port <port>', 'its port: 587 by default', count)
    .addOption(new Option('--tls <mode>', 'starttls by default').choices(['implicit', 'starttls', 'none']))
    .option('--user <name>', 'user of the server; the secret is its password', nonEmpty)
    .option('--from <address>', 'sender', nonEmpty)
    .option('--to <addresses>', 'recipients, separated by commas', list)
    .action(async (name: string, { kind, host, port, tls, user, from, to, ...filter }: Mail & Filter) => {
      const mail = { host, port, tls, user, from, to };
      const address = kind === 'slack' ? await slackAddress(cli) : await emailAddress(mail, cli);
      return made(cli, { name, ...filterOf(filter), ...address });
    });
  examples(
    create,
    'ops --kind slack --least warn',
    'leads --kind email --host smtp.example.com --user ops --from ops@example.com --to leads@example.com --use-cases clinical',
  );
}

const slackAddress = async ({ readSecret }: Cli) => ({
  slack: { url: (await readSecret('URL of the incoming webhook: ')).trim() },
});

/** The service names what is missing. */
const emailAddress = async (mail: Omit<Mail, 'kind'>, { readSecret }: Cli) => ({
  email: {
    ...mail,
    ...(mail.user !== undefined && { password: (await readSecret(`Password of ${mail.user}: `)).trim() }),
  } as Email,
});

const made = ({ run }: Cli, body: Partial<Schemas['CreateChannel']>) =>
  run({
    send: (client) => client.api().POST('/v1/channels', { body: body as Schemas['CreateChannel'] }),
    show: ({ id, name }, { program }) =>
      [
        `✅ ${stripControlChars(name)} gets notifications from now on.`,
        ...facts([
          ['Id', id],
          ['Try it', `${program} channels test ${id}`],
        ]),
      ].join('\n'),
    quiet: ({ id }) => id,
  });

function addEdit(channels: Command, cli: Cli): void {
  const edit = withFilter(withId(channels.command('edit')))
    .description('change name, filter or language')
    .option('--name <name>', 'its new name', nonEmpty)
    .option('--url', 'replace the URL of Slack; it is asked for, or read from stdin')
    .action(async (id: string, { name, url, ...options }: Filter & { name?: string; url?: true }) => {
      const body = {
        ...(name && { name }),
        ...filterOf(options),
        ...(url && (await slackAddress(cli))),
      };
      return cli.run({
        send: (client) => client.api().PATCH('/v1/channels/{id}', { ...pathOf(id), body }),
        show: channelText,
      });
    });
  examples(edit, '<id> --least page', '<id> --use-cases clinical,health');
}

function addTest(channels: Command, { run }: Cli): void {
  const test = withId(channels.command('test').description('send a test message now')).action((id: string) =>
    run({
      send: (client) => client.api({ patience: PATIENCE }).POST('/v1/channels/{id}/test', pathOf(id)),
      show: ({ delivered, status, cause, error }) =>
        delivered
          ? `✅ The test message was taken (${status}).`
          : `❌ The test message was not taken: ${stripControlChars(error ?? 'no reason given')} [${cause}].`,
      exitCode: ({ delivered }) => (delivered ? 0 : 1),
    }),
  );
  examples(test, '<id>');
}

function channelText(channel: Channel, page: Page): string {
  const { slack, email, kinds, useCases } = channel;
  return [
    stripControlChars(channel.name),
    ...facts([
      ['Id', channel.id],
      ['Kind', channel.kind],
      ['Address', slack ? slack.host : email?.to.join(', ')],
      ['Server', email ? `${email.host}:${email.port} (${email.tls})` : undefined],
      ['Kinds', kinds?.join(', ') ?? 'all'],
      ['Use cases', useCases?.join(', ') ?? 'all'],
      ['Least', channel.leastUrgency],
      ['Language', channel.language],
      ['Reasons', channel.includeReasons ? 'included' : 'left out'],
      ['Status', statusOf(channel)],
      ['Position', String(channel.position)],
      ['Digest', channel.digestDueAt && timeOr(channel.digestDueAt, '-', page)],
      ...deliveryFacts(channel, page),
      ['Deliveries', `${page.program} channels deliveries ${channel.id}`],
      ['Resume', channel.status === 'disabled' ? `${page.program} channels resume ${channel.id}` : undefined],
    ]),
  ].join('\n');
}

function list(given: string): string[] {
  const items = given.split(',').map((item) => item.trim());
  if (items.includes('')) throw new InvalidArgumentError('It must be names separated by commas.');
  return items;
}
