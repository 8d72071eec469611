import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeApiServer, page, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
const folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
beforeAll(() => service.start());
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

const head = {
  position: 10,
  hash: 'ab'.repeat(32),
  sealedAt: '2026-01-15T10:00:00.000Z',
  keyId: 'k1',
  signature: 's1',
};
const intact = {
  ...{ intact: true, checked: 10, waiting: 0, head, signaturesChecked: true, problems: [], problemCount: 0 },
  checkpoints: { total: 2, signed: 2, signedFrom: 6 },
};
const broken = {
  ...intact,
  ...{ intact: false, problemCount: 1 },
  problems: [
    {
      code: 'row_changed',
      position: 4,
      switchId: 'sw-4',
      detail: 'the row or its entry changed after the append',
    },
  ],
};

/** Sends the lines in pieces that do not end where they do. */
const lines =
  (...objects: object[]) =>
  async (response: ServerResponse) => {
    const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (let at = 0; at < text.length; at += 37) {
      response.write(text.slice(at, at + 37));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  };

it('verifies, shows how far it is, and ends with 0 where everything is intact', async () => {
  service.reply(lines({ checked: 5, of: 10 }, { checked: 10, of: 10 }, intact));
  const { exitCode, out, err } = await service.run(['audit', 'verify']);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(service.progress).toEqual(['verifying: 5 of 10', 'verifying: 10 of 10', '']);
  expect(service.received).toMatchObject([{ method: 'POST', path: '/v1/audit/verify', body: {} }]);
  expect(out).toContain('✅ The audit rows are intact: 10 of 10');
  expect(out).toMatch(/Checkpoints: +2, 2 of them signed from position 6 on\n/);
  expect(out).toContain('none given: a cut tail can go unnoticed');
});

it('names what was changed and ends with 1', async () => {
  service.reply(lines({ checked: 10, of: 10 }, broken));
  const { exitCode, out } = await service.run(['audit', 'verify']);
  expect(exitCode).toBe(1);
  expect(out).toContain('❌ The audit rows are not as they were sealed: 1 problem.');
  expect(out).toContain(
    '- row_changed at position 4, switch sw-4: the row or its entry changed after the append',
  );
});

it('gives the result alone with --json, and a refusal as it is', async () => {
  service.reply(lines({ checked: 10, of: 10 }, broken));
  const answer = await service.run(['audit', 'verify', '--json']);
  expect({ ...answer, out: JSON.parse(answer.out) }).toMatchObject({ exitCode: 1, out: broken, err: '' });
  service.reply(status(403, { detail: 'This needs a service key with the scope audit' }));
  const refused = await service.run(['audit', 'verify']);
  expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('the scope audit') });
});

it('says that the answer was cut off, and never that rows are intact', async () => {
  service.reply((response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.write(`${JSON.stringify({ checked: 5, of: 10 })}\n`, () => response.destroy());
  });
  const { exitCode, out, err } = await service.run(['audit', 'verify']);
  expect({ exitCode, out }).toEqual({ exitCode: 3, out: '' });
  expect(err).toContain('connection lost');
});

it('knows a page of a proxy from an answer', async () => {
  service.reply(page(200, '<html>\n<p>Sign in</p>\n</html>\n'));
  const { exitCode, out, err } = await service.run(['audit', 'verify']);
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toContain('answered 200 without JSON');
});

it('writes the newest checkpoint to a new file and compares with it later', async () => {
  const file = join(folder, 'checkpoint.json');
  service.reply(status(200, { items: [head], nextCursor: '10' }));
  const written = await service.run(['audit', 'export-checkpoint', file]);
  expect(written).toMatchObject({ exitCode: 0, out: expect.stringContaining('The checkpoint at 10 is in') });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(head);
  service.reply(status(200, { items: [{ ...head, position: 11 }], nextCursor: null }));
  expect(await service.run(['audit', 'export-checkpoint', file])).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('exists already'),
  });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(head);

  service.reply(lines({ checked: 10, of: 10 }, intact));
  const { out } = await service.run(['audit', 'verify', '--checkpoint', file]);
  expect(service.received[0]?.body).toEqual({ checkpoint: head });
  expect(out).toMatch(/Kept one: +compared\n/);
});

it('has a sentence for no checkpoint, and writes no file then', async () => {
  const file = join(folder, 'none.json');
  service.reply(status(200, { items: [], nextCursor: null }));
  const { exitCode, err } = await service.run(['audit', 'export-checkpoint', file]);
  expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining('no checkpoint yet') });
  expect(existsSync(file)).toBe(false);
});

it.each([
  ['missing.json', 'does not exist'],
  ['wrong.json', 'is no checkpoint'],
])('refuses %s as a checkpoint and asks nothing', async (name, why) => {
  const file = join(folder, name);
  if (name === 'wrong.json') writeFileSync(file, '{"position":"ten"}');
  service.reply();
  const { exitCode, err } = await service.run(['audit', 'verify', '--checkpoint', file]);
  expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(why) });
  expect(service.received).toEqual([]);
});

it('lists the checkpoints', async () => {
  service.reply(status(200, { items: [head, { ...head, position: 6, keyId: null }], nextCursor: null }));
  const { out } = await service.run(['audit', 'checkpoints', '--limit', '5']);
  expect(service.received).toMatchObject([{ path: '/v1/audit/checkpoints?limit=5' }]);
  expect(out).toMatch(/^10 +2026-01-15 10:00 UTC +k1 /m);
  expect(out).toMatch(/^6 +2026-01-15 10:00 UTC +not signed /m);
});
