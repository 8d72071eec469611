import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { SystemClock } from '#libs/platform/clock/clock.js';
import { PublicNetwork } from '../delivery/public-network.client.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';

const secrets = new WebhookSecrets({ WEBHOOK_SIGNING_KEYS: ['x'.repeat(32)] });
const receiver = (url: string, secretId = secrets.newSecretId()) => ({
  id: 'a',
  url,
  secretId,
  formerSecretId: null,
});
const senderTo = (...addresses: string[]) =>
  new WebhookSender(
    secrets,
    new SystemClock(),
    new PublicNetwork({ WEBHOOK_ALLOWED_ADDRESSES: addresses, WEBHOOK_TIMEOUT_SECONDS: 5 }),
  );
const message = { id: 'm', body: '{}' };

it.each([
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://0.0.0.0/',
  'https://0x7f000001/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[fd00:ec2::254]/',
  'https://localhost/',
])('never connects to %s', async (url) => {
  expect(await senderTo().send(receiver(url), message)).toEqual({
    delivered: false,
    status: null,
    error: 'its address is not a public one',
    cause: 'address',
    retryAfterMs: 0,
  });
});

it('connects to the addresses that it is given, and reads no more of an answer than it must', async () => {
  let sent = 0;
  const server = createServer((_request, response) => {
    const endless = () => {
      if (response.destroyed) return;
      sent += 65_536;
      response.write(Buffer.alloc(65_536), endless);
    };
    endless();
    response.once('close', () => server.close());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await senderTo('127.0.0.0/8').send(receiver(url), message)).toEqual({
    delivered: true,
    status: 200,
  });
  await new Promise((resolve) => server.once('close', resolve));
  expect(sent).toBeLessThan(20_000_000);
});

it('ends immediately when it is stopped', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const stop = new AbortController();
  const sending = senderTo('127.0.0.1').send(receiver(url), message, stop.signal);
  silent.once('request', () => stop.abort());
  await expect(sending).rejects.toThrow('abort');
  await expect(senderTo('127.0.0.1').send(receiver(url), message, stop.signal)).rejects.toThrow('abort');
  silent.closeAllConnections();
  silent.close();
});

it('says that a key is missing, and sends nothing that is not signed', async () => {
  const answer = await senderTo().send(receiver('https://example.com/', 'gone.1'), message);
  expect(answer).toMatchObject({ delivered: false, error: expect.stringContaining('WEBHOOK_SIGNING_KEYS') });
});

it.each([
  ['https://example.com/', [], true],
  ['http://example.com/', ['127.0.0.1'], false],
  ['http://127.0.0.1:8080/', [], false],
  ['http://127.0.0.1:8080/', ['127.0.0.1'], true],
  ['http://localhost:8080/', ['127.0.0.1'], true],
  ['http://localhost.example.com/', ['127.0.0.1'], false],
])('a webhook may be at %s with %j allowed: %s', (url, allowed, expected) => {
  expect(senderTo(...allowed).mayBeAt(new URL(url))).toBe(expected);
});
