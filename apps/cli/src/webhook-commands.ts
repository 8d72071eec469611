import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples, filled } from './command-words.js';
import { count } from './fields.js';
import { listed } from './lists.js';
import { parseSpan } from './moments.js';
import type { Ask } from './question.js';
import {
  createdWebhookScreen,
  deletedWebhookScreen,
  deliveryView,
  noWebhooksYet,
  resumedScreen,
  rotatedWebhookScreen,
  testedScreen,
  webhooksScreen,
  webhookView,
  webhookWithSecret,
} from './webhook-screens.js';

const PATH = '/v1/webhooks';
const pathOf = (id: string, what = '') => `${PATH}/${encodeURIComponent(id)}${what}`;
/** The service itself waits for the receiver. */
const PATIENCE = { totalMs: 65_000, firstAttemptMs: 65_000 };
const MAX_OVERLAP = 7 * 86_400;

export function addWebhookCommands(program: Command, ask: Ask): void {
  const webhooks = program
    .command('webhooks')
    .description('have notifications sent to a back end (needs the scope act-as, operate or read)');
  addCreate(webhooks, ask);

  webhooks
    .command('list')
    .description('the webhooks of this key (with the scope admin: all), and what became of them')
    .action(() =>
      ask(
        listed({ path: PATH, what: 'webhooks', row: webhookView, show: webhooksScreen, none: noWebhooksYet }),
      ),
    );

  addTest(webhooks, ask);
  addRotate(webhooks, ask);
  addResume(webhooks, ask);

  const remove = withId(webhooks.command('delete').description('end it')).action((id: string) =>
    ask({
      send: (service) => service.send({ method: 'DELETE', path: pathOf(id), effect: 'repeatable' }),
      answer: webhookView,
      show: deletedWebhookScreen,
    }),
  );
  examples(remove, '<id>');
}

const withId = (command: Command) => command.argument('<id>', 'as `webhooks list` shows it', filled);

function addCreate(webhooks: Command, ask: Ask): void {
  const create = webhooks
    .command('create')
    .description('make one and show its secret, once')
    .argument('<url>', 'where the back end takes messages: https', filled)
    .addOption(
      new Option('--feed <feed>', 'users: notifications of all users; operators: notifications of operators')
        .choices(['users', 'operators'])
        .makeOptionMandatory(),
    )
    .action((url: string, { feed }: { feed: string }) =>
      ask({
        // One whose answer got lost would live on beside the second one, with a secret that nobody has.
        send: (service) => service.send({ method: 'POST', path: PATH, body: { url, feed }, effect: 'once' }),
        answer: webhookWithSecret,
        show: createdWebhookScreen,
      }),
    );
  examples(create, 'https://push.example.com/switches --feed users');
}

function addTest(webhooks: Command, ask: Ask): void {
  const test = withId(webhooks.command('test').description('send a test message now')).action((id: string) =>
    ask({
      send: (service) =>
        service.send({ method: 'POST', path: pathOf(id, '/test'), effect: 'once', patience: PATIENCE }),
      answer: deliveryView,
      show: testedScreen,
      exitCode: ({ delivered }) => (delivered ? 0 : 1),
    }),
  );
  examples(test, '<id>');
}

function addRotate(webhooks: Command, ask: Ask): void {
  const rotate = withId(webhooks.command('rotate'))
    .description('give it a new secret and show that, once')
    .option('--overlap <span>', 'how long both secrets sign: 0h, 12h, 7d at most', readOverlap, 86_400)
    .action((id: string, { overlap }: { overlap: number }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: pathOf(id, '/rotate'),
            body: { overlapSeconds: overlap },
            effect: 'once',
          }),
        answer: webhookWithSecret,
        show: rotatedWebhookScreen,
      }),
    );
  examples(rotate, '<id>', '<id> --overlap 12h');
}

function addResume(webhooks: Command, ask: Ask): void {
  const resume = withId(webhooks.command('resume'))
    .alias('go-on')
    .description('deliver now what waits, also after it was disabled')
    .option('--after <seq>', 'deliver everything after this number, again if need be', count)
    .action((id: string, { after }: { after?: number }) =>
      ask({
        send: (service) =>
          service.send({
            method: 'POST',
            path: pathOf(id, '/resume'),
            body: { after },
            effect: 'repeatable',
          }),
        answer: webhookView,
        show: resumedScreen,
      }),
    );
  examples(resume, '<id>', '<id> --after 1200');
}

function readOverlap(given: string): number {
  const seconds = parseSpan(given);
  if (seconds === undefined || seconds > MAX_OVERLAP)
    throw new InvalidArgumentError('It must be a span of 7 days at most: 0h, 12h, 7d.');
  return seconds;
}
