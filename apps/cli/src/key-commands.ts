import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Schemas } from '#libs/client/client.js';
import { CHANGE_COLUMNS, changesText } from './change-output.js';
import { type Cli, examples, nonEmpty, noun, withYes } from './command-help.js';
import { withFields } from './fields.js';
import {
  createdKeyText,
  editedKeyText,
  KEY_COLUMNS,
  keyText,
  revokedKeyText,
  rotatedKeyText,
} from './key-output.js';
import { changedSettings, SETTING_FIELDS, settingsOf } from './key-settings.js';
import { listed, MAX_ITEMS, numbered, withLimit, withPeriod } from './pagination.js';
import { parseExpiry, parseSpan } from './parse-time.js';
import { timeOr } from './render.js';

const WHEN = 'a date, a time with zone, or a span such as 30d, 12h, 4w';
const ENTITIES = ['service_key', 'webhook', 'channel'];
const SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'];
const ID = ['<id>', 'as `keys list` shows it', nonEmpty] as const;

export function addKeyCommands(cli: Cli): void {
  const keys = noun(
    cli.program,
    'keys',
    'service keys, and who changed them (needs the scope admin; `changes` also audit)',
  );
  addCreate(keys, cli);
  addList(keys, cli);
  addShow(keys, cli);
  addEdit(keys, cli);
  addRotate(keys, cli);
  addRevoke(keys, cli);
  addChanges(keys, cli);
}

const pathOf = (id: string) => ({ params: { path: { id } } });

function addList(keys: Command, { run }: Cli): void {
  keys
    .command('list')
    .description('list the keys; a key itself is never shown again')
    .action(() =>
      run(
        listed({
          page: (api, query) => api.GET('/v1/keys', { params: { query } }),
          what: 'keys',
          most: MAX_ITEMS,
          columns: KEY_COLUMNS,
          none: ({ program }) => `No keys yet. Create one: ${program} keys create <name> --scope read`,
        }),
      ),
    );
}

function addCreate(keys: Command, { run, now }: Cli): void {
  const command = keys
    .command('create')
    .description('create a key and show it, once')
    .argument('<name>', 'what or whom the key is for', nonEmpty)
    .addOption(new Option('--scope <scopes...>', 'rights of the key').choices(SCOPES).makeOptionMandatory())
    .option('--expires <when>', WHEN, (given) => readExpiry(given, now));
  const create = withFields(command, SETTING_FIELDS).action(
    (
      name: string,
      { scope, expires, ...settings }: { scope: Schemas['Key']['scopes']; expires?: string },
    ) => {
      const body = { name, scopes: [...new Set(scope)], expiresAt: expires, ...settingsOf(settings) };
      return run({
        // A key whose answer got lost would stay unseen beside the second one.
        send: (client) => client.api().POST('/v1/keys', { body }),
        show: createdKeyText,
        quiet: ({ key }) => key,
      });
    },
  );
  examples(
    create,
    'chat-backend --scope read switch act-as',
    'ci --scope read --expires 30d',
    'batch --scope switch --use-case clinical --allow-use-cases clinical --allow-users own',
  );
}

function addShow(keys: Command, { run }: Cli): void {
  keys
    .command('show')
    .description('a key with its defaults and limits; the key itself is never shown again')
    .argument(...ID)
    .action((id: string) =>
      run({ send: (client) => client.api().GET('/v1/keys/{id}', pathOf(id)), show: keyText }),
    );
}

function addEdit(keys: Command, { run }: Cli): void {
  const command = keys
    .command('edit')
    .description('change the defaults and the limits of a key; what is not named stays')
    .argument(...ID);
  const edit = withFields(command, SETTING_FIELDS).action((id: string, settings: object) => {
    const body = changedSettings({ ...settings });
    return run({
      send: (client) => client.api().PATCH('/v1/keys/{id}', { ...pathOf(id), body }),
      show: editedKeyText,
      quiet: (key) => key.id,
    });
  });
  examples(edit, '<id> --allow-use-cases clinical,triage', '<id> --user none --allow-models any');
}

function addRotate(keys: Command, { run, now }: Cli): void {
  const rotate = keys
    .command('rotate')
    .description(
      'replace a key by a new one with the same name, scopes, defaults and limits, and show that, once',
    )
    .argument(...ID)
    .option(
      '--overlap <span>',
      'how long the old key stays valid: 0h, 12h, 7d, 30d at most',
      readOverlap,
      86_400,
    )
    .option(
      '--expires <when>',
      `of the new key: ${WHEN}; else it lives as long as the old one was to`,
      (given) => readExpiry(given, now),
    )
    .action((id: string, { overlap, expires }: { overlap: number; expires?: string }) => {
      const body = { overlapSeconds: overlap, expiresAt: expires };
      return run({
        send: (client) => client.api().POST('/v1/keys/{id}/rotate', { ...pathOf(id), body }),
        show: rotatedKeyText,
        quiet: ({ key }) => key,
      });
    });
  examples(rotate, '<id>', '<id> --overlap 12h');
}

function addRevoke(keys: Command, { run }: Cli): void {
  const revoke = keys
    .command('revoke')
    .description('end a key immediately')
    .argument(...ID);
  withYes(revoke).action((id: string, { yes }: { yes?: true }) =>
    run({
      send: (client) => client.api().DELETE('/v1/keys/{id}', pathOf(id)),
      show: revokedKeyText,
      confirm: yes
        ? undefined
        : async (client, { page }) => {
            const { data } = await client.api().GET('/v1/keys/{id}', pathOf(id));
            if (!data || data.revokedAt) return undefined;
            const used = timeOr(data.lastUsedAt, 'never', page);
            return `Key "${data.name}" was last used: ${used}. Requests with it get 401. Revoke it?`;
          },
    }),
  );
  examples(revoke, '<id>', '<id> --yes');
}

interface ChangesFilter {
  readonly entity?: Schemas['AccessChange']['entity'];
  readonly id?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

function addChanges(keys: Command, { run, now }: Cli): void {
  const changes = keys
    .command('changes')
    .description('who created, rotated, revoked or deleted keys, webhooks and channels, newest first')
    .addOption(new Option('--entity <kind>', 'only changes of these').choices(ENTITIES))
    .option('--id <id>', 'only this key, webhook or channel', nonEmpty)
    .option('--actor <actor>', 'only by this actor, such as service:ci', nonEmpty);
  withLimit(withPeriod(changes, now)).action(({ id, limit, entity, actor, from, to }: ChangesFilter) => {
    const filter = { entity, actor, from, to };
    return run(
      listed({
        page: (api, position) =>
          api.GET('/v1/access-changes', {
            params: { query: { ...filter, entityId: id, ...numbered(position) } },
          }),
        what: 'changes',
        most: limit,
        columns: CHANGE_COLUMNS,
        show: ({ items }, page) => changesText(items.map(named), page),
        none: () => 'No changes were found.',
      }),
    );
  });
  examples(changes, '--from 7d', '--id <id>', '--entity webhook --actor service:push');
}

/** With the name of the key, or the owner of the webhook: a deleted webhook is in no list. */
function named(change: Schemas['AccessChange']): Schemas['AccessChange'] {
  const row: Readonly<Record<string, unknown>> = { ...change.before, ...change.after };
  return { ...change, entityId: `${change.entityId} (${row.name ?? `of ${row.owner}`})` };
}

function readExpiry(given: string, now: Date): string {
  const expiresAt = parseExpiry(given, now);
  if (expiresAt === undefined)
    throw new InvalidArgumentError('It must be a date ahead or a span: 30d, 12h, 4w.');
  return expiresAt;
}

function readOverlap(given: string): number {
  const seconds = parseSpan(given);
  if (seconds === undefined || seconds > 30 * 86_400)
    throw new InvalidArgumentError('It must be a span of 30 days at most: 0h, 12h, 7d.');
  return seconds;
}
