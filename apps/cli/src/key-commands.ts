import { type Command, InvalidArgumentError, Option } from 'commander';
import { createdKey, type KeyPage, keyPage, keyView } from './answers.js';
import { examples, filled } from './command-words.js';
import { parseExpiry } from './expiry.js';
import { createdKeyScreen, keysScreen, revokedKeyScreen } from './key-screens.js';
import type { Ask } from './question.js';
import type { ServiceAnswer, ServiceClient } from './service-client.js';

const PATH = '/v1/keys';
const SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'];
const PAGE_SIZE = 100;
const MOST_PAGES = 50;

export function addKeyCommands(program: Command, ask: Ask, now: Date): void {
  const keys = program
    .command('keys')
    .description('create, list and revoke service keys (needs the scope admin)');
  addCreate(keys, ask, now);

  keys
    .command('list')
    .description('list the keys; a key itself is never shown again')
    .action(() => ask({ send: everyKey, answer: keyPage, show: keysScreen }));

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

/** All pages as one answer; bounded, so that a service that never ends its list does not keep us for ever. */
async function everyKey(service: ServiceClient): Promise<ServiceAnswer> {
  const items: KeyPage['items'] = [];
  let cursor: string | null | undefined;
  for (let page = 1; ; page += 1) {
    const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const answer = await service.send({
      method: 'GET',
      path: `${PATH}?limit=${PAGE_SIZE}${after}`,
      effect: 'read',
    });
    const understood = keyPage.safeParse(answer.body);
    if (!answer.ok || !understood.success) return answer;
    items.push(...understood.data.items);
    cursor = understood.data.nextCursor;
    if (!cursor || page === MOST_PAGES) {
      const body = { items, nextCursor: cursor ?? null };
      return { ...answer, body, text: JSON.stringify(body) };
    }
  }
}
