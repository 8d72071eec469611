import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RequestSigner, type SignableRequest, type SigningCredentials } from './request-signer.js';

const REGION = 'eu-central-1';
const signer = new RequestSigner(REGION, 'bedrock');

/** Signs with the SDK's signer, as its clients do. */
async function signedBySdk(request: SignableRequest, credentials: SigningCredentials, at: Date) {
  const { config } = new BedrockRuntimeClient({ region: REGION, credentials });
  const sdk = await config.signer();
  const { headers } = await sdk.sign({ ...request, query: {}, protocol: 'https:', hostname: 'b' } as never, {
    signingDate: at,
  });
  return headers;
}

const printable = fc.string({ unit: fc.constantFrom(...'azAZ09-._~!\'()*:/+ ,=%"&äß'), minLength: 1 });
const segment = printable.filter((text) => !/^\.{1,2}$/.test(text)).map(encodeURIComponent);
const name = fc.string({ unit: fc.constantFrom(...'abcxyz0-'), minLength: 1 }).map((text) => `x-${text}`);
const request = fc.record({
  method: fc.constantFrom('POST', 'GET'),
  path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => `/${segments.join('/')}`),
  headers: fc
    .dictionary(name, fc.string({ unit: fc.constantFrom(...'aZ9 \t;,='), maxLength: 12 }), { maxKeys: 6 })
    .map((more) => ({
      host: 'b.example',
      'user-agent': 'x',
      'x-amzn-trace-id': 'y',
      connection: 'z',
      ...more,
    })),
  body: fc.oneof(fc.string(), fc.uint8Array()),
});
const credentials = fc.record(
  {
    accessKeyId: fc.string({ unit: fc.constantFrom(...'AKID09'), minLength: 4 }),
    secretAccessKey: printable,
    sessionToken: printable,
  },
  { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
);
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

it('signs as the SDK signs', async () => {
  await fc.assert(
    fc.asyncProperty(request, credentials, time, async (one, by, at) => {
      expect(signer.sign(one, by, at).headers).toEqual(await signedBySdk(one, by, at));
    }),
    { numRuns: 1_000 },
  );
});

it('derives a new key for another day and another secret', async () => {
  const one = { method: 'POST', path: '/model/m/converse', headers: { host: 'b.example' }, body: '{}' };
  const by = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'first' };
  for (const [secretAccessKey, day] of [
    ['first', 1],
    ['first', 2],
    ['second', 2],
    ['first', 1],
  ] as const) {
    const at = new Date(Date.UTC(2026, 10, day, 23, 59, 59));
    const signed = signer.sign(one, { ...by, secretAccessKey }, at);
    expect(signed.headers).toEqual(await signedBySdk(one, { ...by, secretAccessKey }, at));
  }
});
