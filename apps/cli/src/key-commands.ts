import { type Command, InvalidArgumentError, Option } from 'commander';
import { changeView, createdKey, keyView, rotatedKey } from './answers.js';
import { examples, filled } from './command-words.js';
import { withFields } from './fields.js';
import {
  accessChangesScreen,
  createdKeyScreen,
  editedKeyScreen,
  keyScreen,
  keysScreen,
  noKeysYet,
  revokedKeyScreen,
  rotatedKeyScreen,
} from './key-screens.js';
import { changedSettings, SETTING_FIELDS, settingsOf } from './key-settings.js';
import { listed, MAX_ITEMS, withLimit, withPeriod } from './lists.js';
import { parseExpiry, parseSpan } from './moments.js';
import type { Ask } from './question.js';

const PATH = '/v1/keys';
const WHEN = 'a date, a time with zone, or a span such as 30d, 12h, 4w';
const ENTITIES = ['service_key', 'webhook'];
const SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'];

export function addKeyCommands(program: Command, ask: Ask, now: Date): void {
  const keys = program
    .command('keys')
    .description(
      'create, list, edit, rotate and revoke service keys, and see who did (needs the scope admin)',
    );
  addCreate(keys, ask, now);

  keys
    .command('list')
    .description('list the keys; a key itself is never shown again')
    .action(() =>
      ask(
        listed({
          path: PATH,
          what: 'keys',
          row: keyView,
          most: MAX_ITEMS,
          show: keysScreen,
          none: noKeysYet,
        }),
      ),
    );

  addShow(keys, ask);
  addEdit(keys, ask);
  addRotate(keys, ask, now);

  const revoke = keys
    .command('revoke')
    .description('end a key immediately')
    .argument('<id>', 'as `keys list` shows it', filled)
    .action((id: string) =>
      ask({
        send: (service) =>
          service.send({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(id)}`, effect: 'repeatable' }),
        answer: keyView,
        show: revokedKeyScreen,
      }),
    );
  examples(revoke, '<id>');
  addChanges(keys, ask, now);
}

function addCreate(keys: Command, ask: Ask, now: Date): void {
  const command = keys
    .command('create')
    .description('create a key and show it, once')
    .argument('<name>', 'what or whom the key is for', filled)
    .addOption(new Option('--scope <scopes...>', 'what the key may do').choices(SCOPES).makeOptionMandatory())
    .option('--expires <when>', WHEN, (given) => readExpiry(given, now));
  const create = withFields(command, SETTING_FIELDS).action(
    (name: string, { scope, expires, ...settings }: { scope: string[]; expires?: string }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: PATH,
            body: { name, scopes: [...new Set(scope)], expiresAt: expires, ...settingsOf(settings) },
            // A key whose answer got lost would live on unseen beside the second one.
            effect: 'once',
          }),
        answer: createdKey,
        show: createdKeyScreen,
      }),
  );
  examples(
    create,
    'chat-backend --scope read switch act-as',
    'ci --scope read --expires 30d',
    'batch --scope switch --use-case clinical --allow-use-cases clinical --allow-users own',
  );
}

function addShow(keys: Command, ask: Ask): void {
  keys
    .command('show')
    .description('a key with its defaults and limits; the key itself is never shown again')
    .argument('<id>', 'as `keys list` shows it', filled)
    .action((id: string) =>
      ask({
        send: (service) =>
          service.send({ method: 'GET', path: `${PATH}/${encodeURIComponent(id)}`, effect: 'repeatable' }),
        answer: keyView,
        show: keyScreen,
      }),
    );
}

function addEdit(keys: Command, ask: Ask): void {
  const command = keys
    .command('edit')
    .description('change the defaults and the limits of a key; what is not named stays')
    .argument('<id>', 'as `keys list` shows it', filled);
  const edit = withFields(command, SETTING_FIELDS).action((id: string, settings: object) =>
    ask({
      send: (service) =>
        service.send({
          method: 'PATCH',
          path: `${PATH}/${encodeURIComponent(id)}`,
          body: changedSettings({ ...settings }),
          effect: 'repeatable',
        }),
      answer: keyView,
      show: editedKeyScreen,
    }),
  );
  examples(edit, '<id> --allow-use-cases clinical,triage', '<id> --user none --allow-models any');
}

function addRotate(keys: Command, ask: Ask, now: Date): void {
  const rotate = keys
    .command('rotate')
    .description(
      'replace a key by a new one with the same name, scopes, defaults and limits, and show that, once',
    )
    .argument('<id>', 'as `keys list` shows it', filled)
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
    .action((id: string, { overlap, expires }: { overlap: number; expires?: string }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: `${PATH}/${encodeURIComponent(id)}/rotate`,
            body: { overlapSeconds: overlap, expiresAt: expires },
            effect: 'once',
          }),
        answer: rotatedKey,
        show: rotatedKeyScreen,
      }),
    );
  examples(rotate, '<id>', '<id> --overlap 12h');
}

type ChangesFilter = Readonly<Record<string, string | undefined>> & { readonly limit: number };

function addChanges(keys: Command, ask: Ask, now: Date): void {
  const changes = keys
    .command('changes')
    .description('who created, rotated, revoked or deleted keys and webhooks, newest first')
    .addOption(new Option('--entity <kind>', 'only changes of these').choices(ENTITIES))
    .option('--id <id>', 'only this key or webhook', filled)
    .option('--actor <actor>', 'only by this actor, such as service:ci', filled);
  withLimit(withPeriod(changes, now)).action(({ id, limit, ...query }: ChangesFilter) =>
    ask(
      listed({
        path: '/v1/access-changes',
        what: 'changes',
        row: changeView,
        query: { ...query, entityId: id },
        most: limit,
        show: accessChangesScreen,
        none: () => 'No changes were found.',
      }),
    ),
  );
  examples(changes, '--from 7d', '--id <id>', '--entity webhook --actor service:push');
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
