import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { signatureOf, WebhookSecrets } from './webhook-secrets.js';

const [ONE, TWO] = ['1'.repeat(32), '2'.repeat(32)];
const message = { id: 'msg', body: '{}' };
const secrets = (...keys: string[]) => new WebhookSecrets({ WEBHOOK_SIGNING_KEYS: keys });

// The example of the libraries of Standard Webhooks.
it('signs as Standard Webhooks does', () => {
  const known = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  expect(signatureOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', known, 1_614_265_330)).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

it('has a separate secret for each webhook and each rotation, the same at each instance', () => {
  const [first, second] = [secrets(ONE).newSecretId(), secrets(ONE).newSecretId()];
  const all = [
    secrets(ONE).secretOf('a', first),
    secrets(ONE).secretOf('a', second),
    secrets(ONE).secretOf('b', first),
  ];
  expect(new Set(all).size).toBe(3);
  expect(secrets(ONE).secretOf('a', first)).toBe(all[0]);
  expect(all[0]).toMatch(/^whsec_[\w+/]{43}=$/);
});

it('makes signatures that the library of Standard Webhooks verifies', () => {
  const secretId = secrets(ONE).newSecretId();
  const sent = { id: 'msg', body: '{"text":"ö"}' };
  const headers = secrets(ONE).sign({ id: 'a', secretId, formerSecretId: null }, sent, new Date())!;
  const receiver = new Webhook(secrets(ONE).secretOf('a', secretId)!);
  expect(receiver.verify(sent.body, headers)).toEqual({ text: 'ö' });
  expect(() => receiver.verify(`${sent.body} `, headers)).toThrow('signature');
});

it('signs with a former key for the webhooks that have it, and with none that is gone', () => {
  const secretId = secrets(ONE).newSecretId();
  const ids = { id: 'a', secretId, formerSecretId: null };
  const signed = secrets(ONE).sign(ids, message, new Date(0));
  expect(secrets(TWO, ONE).sign(ids, message, new Date(0))).toEqual(signed);
  expect(secrets(TWO).sign(ids, message, new Date(0))).toBeUndefined();
  const rotated = { id: 'a', secretId: secrets(TWO, ONE).newSecretId(), formerSecretId: secretId };
  const both = secrets(TWO, ONE).sign(rotated, message, new Date(0))!['webhook-signature']!.split(' ');
  expect(both).toHaveLength(2);
  expect(both[1]).toBe(signed!['webhook-signature']);
});

it('makes none without a key, and says what is missing', () => {
  expect(() => secrets().newSecretId()).toThrow('WEBHOOK_SIGNING_KEYS');
});
