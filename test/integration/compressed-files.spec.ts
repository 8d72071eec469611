import { gunzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let api: NestFastifyApplication;
beforeAll(async () => {
  system = await TestSystem.start();
  api = system.api;
});
afterAll(() => system.close());

const fetched = (url: string, headers: Record<string, string> = {}) =>
  api.inject({ method: 'GET', url, headers });
const GZIP = { 'accept-encoding': 'br, gzip;q=0.8, deflate' };

describe.each([
  '/switch-ui/model-switch.js',
  '/switch-ui/index.html',
  '/docs-json',
  '/docs-yaml',
  '/docs',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui-init.js',
])('%s', (url) => {
  it('is sent compressed where that is accepted, and is the same', async () => {
    const plain = await fetched(url);
    expect(plain.statusCode).toBe(200);
    expect(plain.headers).not.toHaveProperty('content-encoding');
    const packed = await fetched(url, GZIP);
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': plain.headers['content-type'],
      'content-length': String(packed.rawPayload.length),
    });
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length);
    for (const { headers } of [plain, packed]) expect(headers.vary).toMatch(/accept-encoding/i);
  });

  it.each(['gzip;q=0', 'br', 'identity, gzip; q=0.0'])(
    'is sent as it is to a client that accepts %s',
    async (accepted) => {
      const { headers } = await fetched(url, { 'accept-encoding': accepted });
      expect(headers).not.toHaveProperty('content-encoding');
    },
  );

  it('is not sent again while it is the same', async () => {
    for (const headers of [{}, GZIP]) {
      const first = await fetched(url, headers);
      expect(first.headers.etag).toMatch(/^(W\/)?".+"$/);
      const again = await fetched(url, { ...headers, 'if-none-match': String(first.headers.etag) });
      expect([again.statusCode, again.payload]).toEqual([304, '']);
      expect((await fetched(url, { ...headers, 'if-none-match': '"another"' })).statusCode).toBe(200);
    }
  });

  it('has the same answer to HEAD, without a body', async () => {
    const { statusCode, payload } = await api.inject({ method: 'HEAD', url, headers: GZIP });
    expect([statusCode, payload]).toEqual([200, '']);
  });
});

it('the script of the components takes what the README says', async () => {
  const { rawPayload } = await fetched('/switch-ui/model-switch.js', GZIP);
  expect(rawPayload.length).toBeLessThan(12_000);
});

it('what is not there and what is no file is left alone', async () => {
  expect((await fetched('/switch-ui/README.md', GZIP)).statusCode).toBe(404);
  const answer = await system.get('/v1/models', { headers: GZIP });
  expect(answer.headers).not.toHaveProperty('content-encoding');
});
