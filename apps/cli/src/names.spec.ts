import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

/** The requests of a command, whatever is answered. */
async function requestsOf(args: string[]) {
  service.reply(status(404, { detail: 'no' }));
  await service.run(args);
  return service.received.map(({ method, path, body }) => ({ method, path, body }));
}

it.each([
  ['validate m', 'models validate m'],
  ['validate m --deep', 'models validate m --deep'],
  ['history c --limit 5', 'conversations history c --limit 5'],
  ['lifecycle', 'models lifecycle'],
  ['validations --model m', 'models validations --model m'],
  ['sync --force', 'catalogue sync --force'],
  ['changes --entity model', 'catalogue changes --entity model'],
  ['switches --from 24h', 'switches list --from 24h'],
  ['notifications --silent', 'notifications list --silent'],
  ['webhooks go-on w', 'webhooks resume w'],
  ['switch m Why --use-case health', 'use-cases switch health m --reason Why'],
  ['switch m --reason Why --use-case health', 'use-cases switch health m --reason Why'],
  ['auto-switch health --dry-run', 'use-cases switch health --dry-run'],
  ['switch m --conversation c --must-exist', 'conversations switch c m'],
  ['auto-switch health --conversation c --must-exist', 'conversations switch c --follow health'],
])('%s is %s', async (old, name) => {
  const requests = await requestsOf(old.split(' '));
  expect(requests).toHaveLength(1);
  expect(await requestsOf(name.split(' '))).toEqual(requests);
});

it('groups the commands, lists those of the source document, and no old names', async () => {
  const { exitCode, out } = await service.run(['--help']);
  expect(exitCode).toBe(0);
  const commands = out.split('Commands of the source document:')[1]?.match(/^ {2}[a-z-]+/gm);
  expect(commands?.slice(0, 6).map((name) => name.trim())).toEqual([
    'list',
    'use-case',
    'validate',
    'switch',
    'auto-switch',
    'clear-cache',
  ]);
  for (const noun of ['models', 'use-cases', 'conversations', 'switches', 'keys', 'webhooks'])
    expect(out).toMatch(new RegExp(`^  ${noun} `, 'm'));
  for (const old of ['history', 'lifecycle', 'validations', 'sync', 'prices', 'changes'])
    expect(out).not.toMatch(new RegExp(`^  ${old} `, 'm'));
});

it.each([
  ['conversations switch c', /Name a model, or --follow/],
  ['conversations switch c m --follow health', /Name a model, or --follow/],
  ['switch m Why --reason Because', /twice/],
  ['fallback-switch', /needs a reason/],
])('refuses %s before anything is sent', async (line, message) => {
  service.reply();
  const { exitCode, err } = await service.run(line.split(' '));
  expect({ exitCode, received: service.received }).toEqual({ exitCode: 2, received: [] });
  expect(err).toMatch(message);
});
