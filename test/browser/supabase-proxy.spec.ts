import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from '../../tools/browser.js';
import { chromiumIsThere, launchChromium } from '../support/chromium.js';
import { DenoFunction } from '../support/deno-function.js';
import { TestSystem, userToken } from '../support/test-system.js';

const NAME = 'orchestrate-bedrock-models';

/** Values for a request as supabase-js sends it from a page. */
interface Sent {
  url: string;
  token: string;
  key: string;
}

describe.skipIf(!chromiumIsThere)('a page of another origin that calls the function', () => {
  let system: TestSystem;
  let browser: Browser;
  let origin: string;
  const started: DenoFunction[] = [];
  const app = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>App</p>');
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    system = await TestSystem.start();
    await system.api.listen(0, '127.0.0.1');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all(started.map((each) => each.stop()));
    await system?.close();
    app.closeAllConnections();
    app.close();
  });

  async function call(secrets: Record<string, string>) {
    const { url, denoFunction } = await DenoFunction.start(NAME, {
      ORCHESTRATOR_URL: await system.api.getUrl(),
      ...secrets,
    });
    started.push(denoFunction);
    const page = await browser.newPage();
    await page.goto(origin);
    const sent: Sent = { url, token: await userToken('user-456'), key: crypto.randomUUID() };
    return page.evaluate(async ({ url, token, key }) => {
      const headers = {
        authorization: `Bearer ${token}`,
        apikey: 'the-anon-key',
        'x-client-info': 'supabase-js-web/2',
        'content-type': 'application/json',
        'idempotency-key': key,
      };
      const body = JSON.stringify({ action: 'list-all' });
      return fetch(url, { method: 'POST', headers, body }).then(
        async (response) => ({
          success: (await response.json()).success,
          requestId: response.headers.get('x-request-id'),
        }),
        (error) => ({ blocked: String(error) }),
      );
    }, sent);
  }

  it('is let in, and reads the request id', async () => {
    expect(await call({})).toEqual({ success: true, requestId: expect.stringMatching(/\w/) });
  });

  it('is kept out where APP_ORIGIN names another one', async () => {
    expect(await call({ APP_ORIGIN: 'https://app.example.com' })).toEqual({
      blocked: expect.stringContaining('Failed to fetch'),
    });
    expect(await call({ APP_ORIGIN: origin })).toMatchObject({ success: true });
  });
});
