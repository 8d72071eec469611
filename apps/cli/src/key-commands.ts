import { type Command, InvalidArgumentError, Option } from 'commander';
import { createdKey, keyView } from './answers.js';
import { examples, filled } from './command-words.js';
import { createdKeyScreen, keysScreen, noKeysYet, revokedKeyScreen } from './key-screens.js';
import { listed, MOST_ITEMS } from './lists.js';
import { parseExpiry } from './moments.js';
import type { Ask } from './question.js';

const PATH = '/v1/keys';
const SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'];

export function addKeyCommands(program: Command, ask: Ask, now: Date): void {
  const keys = program
    .command('keys')
    .description('create, list and revoke service keys (needs the scope admin)');
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
          most: MOST_ITEMS,
          show: keysScreen,
          none: noKeysYet,
        }),
      ),
    );

  const revoke = keys
    .command('revoke')
    .description('end a key at once')
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
}

function addCreate(keys: Command, ask: Ask, now: Date): void {
  const create = keys
    .command('create')
    .description('create a key and show it, once')
    .argument('<name>', 'what or whom the key is for', filled)
    .addOption(new Option('--scope <scopes...>', 'what the key may do').choices(SCOPES).makeOptionMandatory())
    .option('--expires <when>', 'a date, a time with zone, or a span such as 30d, 12h, 4w', (given) => {
      const expiresAt = parseExpiry(given, now);
      if (expiresAt === undefined)
        throw new InvalidArgumentError('It must be a date ahead or a span: 30d, 12h, 4w.');
      return expiresAt;
    })
    .action((name: string, { scope, expires }: { scope: string[]; expires?: string }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: PATH,
            body: { name, scopes: [...new Set(scope)], expiresAt: expires },
            // A key whose answer got lost would live on unseen beside the second one.
            effect: 'once',
          }),
        answer: createdKey,
        show: createdKeyScreen,
      }),
    );
  examples(create, 'chat-backend --scope read switch act-as', 'ci --scope read --expires 30d');
}
