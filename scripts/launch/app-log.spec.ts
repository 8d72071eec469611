import { createWriteStream } from 'node:fs';
import { devNull } from 'node:os';
import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { attentionLine, followApp } from './app-log.js';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['{"level":30,"msg":"listening"}', undefined],
  ['{"level":40,"msg":"slow"}', 'WARN slow'],
  ['{"level":50,"msg":"failed","err":{"message":"no route"}}', 'ERROR failed: no route'],
  ['{"level":60,"err":{"message":"no route"},"msg":"no route"}', 'ERROR no route'],
  ['{"level":50,"code":"database_unavailable"}', 'ERROR database_unavailable'],
  ['{"level":30,"msg":"they said \\"level\\":50"}', undefined],
  ['plain "level":50 text', undefined],
])('%s is shown as %s', (line, shown) => {
  expect(attentionLine(line)).toBe(shown);
});

it('shows a repeated line once', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  followApp('api', { stdout, stderr }, createWriteStream(devNull));
  stdout.write('{"level":50,"msg":"refused"}\n'.repeat(3));
  stderr.write('boom\n');
  await vi.waitFor(() => expect(log.mock.calls.flat()).toEqual(['  [api] ERROR refused', '  [api] boom']));
});
