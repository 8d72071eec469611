import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
const folder = mkdtempSync(join(tmpdir(), 'config-'));
const file = join(folder, 'settings.yaml');
const YAML = 'version: 1\nuseCases:\n  - name: health\n    objective: cost\n';
beforeAll(async () => {
  writeFileSync(file, YAML);
  await service.start();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const objective = {
  ...{ section: 'useCases', id: 'health', kind: 'changed', field: 'objective', line: 4, column: 16 },
  ...{ file: 'cost', installed: 'quality', changedBy: 'service:ann', changedAt: '2026-01-15T10:00:00.000Z' },
};
const active = {
  ...{ section: 'useCases', id: 'health', kind: 'changed', field: 'activeModelId', line: 5, column: 1 },
  ...{ file: 'eu.b', installed: 'eu.a' },
};
const extra = {
  section: 'assistants',
  id: 'nurse',
  kind: 'extra',
  field: null,
  line: null,
  file: null,
  installed: {},
};
const plan = { dryRun: true, applied: [objective], kept: [active, extra], switches: [], webhooks: [] };
const done = { ...plan, dryRun: false };

const yamlReply = (text: string) => (response: import('node:http').ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/yaml' }).end(text);

it('exports to the standard output or to a file, the same bytes', async () => {
  service.reply(yamlReply(YAML), yamlReply(YAML));
  expect((await service.run(['config', 'export'])).out).toBe(YAML);
  const copy = join(folder, 'copy.yaml');
  expect(await service.run(['config', 'export', '--output', copy])).toMatchObject({ exitCode: 0, out: '' });
  expect(readFileSync(copy, 'utf8')).toBe(YAML);
});

it('lists differences with line and author, and exits with 1', async () => {
  service.reply(status(200, { differences: [objective, extra] }), status(200, { differences: [] }));
  const { exitCode, out } = await service.run(['config', 'diff', file]);
  expect(exitCode).toBe(1);
  expect(out).toContain('~ useCases health objective: quality → cost (line 4)');
  expect(out).toContain('changed by service:ann at 2026-01-15 10:00 UTC');
  expect(out).toContain('- assistants nurse: not in the file');
  expect(service.received[0]).toMatchObject({
    path: '/v1/config/diff',
    headers: { 'content-type': 'application/yaml' },
  });
  expect((await service.run(['config', 'diff', file])).exitCode).toBe(0);
});

it('warns of calls that an active model of the file does not take', async () => {
  const warnings = [{ text: '3 calls of health had tools' }];
  service.reply(
    status(200, { differences: [active], warnings }),
    status(200, { ...plan, warnings }),
    status(200, plan),
  );
  const shown = 'Warning: 3 calls of health had tools';
  expect((await service.run(['config', 'diff', file])).out).toContain(shown);
  expect((await service.run(['config', 'apply', file, '--dry-run'])).out).toContain(shown);
  expect((await service.run(['config', 'apply', file, '--dry-run'])).out).not.toContain('Warning');
});

it.each([
  ['y', 2, 'useCases health objective'],
  ['n', 1, 'Nothing was changed.'],
  ['', 1, 'Nothing was changed.'],
])('shows the plan on a terminal, and applies it only after yes: %j', async (answer, requests, text) => {
  service.reply(status(200, plan), status(200, done));
  const { out } = await service.run(['config', 'apply', file], {
    columns: 120,
    typed: answer ? [answer] : [],
  });
  expect(out).toContain('Apply these changes? [y/N]');
  expect(out).toContain(text);
  expect(service.received).toHaveLength(requests);
  expect(service.received[0]!.path).toBe('/v1/config/apply?dryRun=true&switchModels=false');
});

it('asks nothing where nothing would change', async () => {
  service.reply(status(200, { ...plan, applied: [], kept: [] }));
  const { exitCode, out } = await service.run(['config', 'apply', file], { columns: 120 });
  expect({ exitCode, out }).toEqual({ exitCode: 0, out: '✅ Nothing to change.\n' });
});

it('needs --yes or --dry-run where nobody can answer, and sends nothing without', async () => {
  service.reply();
  expect(await service.run(['config', 'apply', file])).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('--yes'),
  });
  expect(service.received).toEqual([]);
  service.reply(status(200, { ...done, webhooks: [{ owner: 'push', url: 'https://p', secret: 'whsec_a' }] }));
  const { out } = await service.run(['config', 'apply', file, '--switch-models', '--yes']);
  expect(service.received[0]!.path).toBe('/v1/config/apply?dryRun=false&switchModels=true');
  expect(out).toContain('whsec_a');
  expect(out).toContain('add --switch-models to switch');
  expect(out).toContain('an apply deletes nothing');
});

it('names line and column of each error', async () => {
  const errors = [{ field: 'useCases.0.objective', message: 'is wrong', line: 4, column: 16 }];
  service.reply(status(400, { title: 'Bad request', detail: 'The request is not valid', errors }));
  const { exitCode, err } = await service.run(['config', 'apply', file, '--dry-run']);
  expect(exitCode).toBe(1);
  expect(err).toContain('line 4, column 16: useCases.0.objective: is wrong');
});

it('says which file it cannot read or write', async () => {
  service.reply();
  const missing = await service.run(['config', 'diff', join(folder, 'none.yaml')]);
  expect(missing).toMatchObject({ exitCode: 2, err: expect.stringContaining('Cannot read') });
  service.reply(yamlReply(YAML));
  const nowhere = await service.run(['config', 'export', '--output', join(folder, 'no/where.yaml')]);
  expect(nowhere).toMatchObject({ exitCode: 2, err: expect.stringContaining('Cannot write') });
});
