import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import type { Browser, Page } from '../../tools/browser.js';
import { NOVA_LITE } from '../support/catalogue-editing.js';
import { chromiumIsThere, launchChromium, PAGE_HANGS_AFTER_MS } from '../support/chromium.js';
import { cards, setHidden } from '../support/demo-page.js';
import { TestSystem, userToken } from '../support/test-system.js';

const TAG = (url: string) => `<script src="${url}/switch-ui/model-switch.js"></script>`;

describe.skipIf(!chromiumIsThere)('the script that the api serves', () => {
  let system: TestSystem;
  let browser: Browser;
  let page: Page;
  let url: string;
  let site: string;
  const complaints: string[] = [];
  /** Another site: by its name, for a browser. The script is there twice, as it happens to pages that are put together of parts. */
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'cross-origin-embedder-policy': 'require-corp' });
    response.end(
      `<!doctype html><html lang="en"><link rel="icon" href="data:,">${TAG(url)}${TAG(url)}</html>`,
    );
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = `http://localhost:${(server.address() as AddressInfo).port}`;
    [system, browser] = await Promise.all([
      TestSystem.start({ overrides: { CORS_ORIGINS: site } }),
      launchChromium(),
    ]);
    await system.api.listen(0, '127.0.0.1');
    url = await system.api.getUrl();
    page = await browser.newPage();
    page.setDefaultTimeout(PAGE_HANGS_AFTER_MS);
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  });
  afterEach(() => expect(complaints.splice(0), 'what the page complained about').toEqual([]));
  afterAll(async () => {
    server.close();
    await browser?.close();
    await system?.close();
  });

  async function switched(conversationId: string): Promise<void> {
    const request = { action: 'switch', modelId: NOVA_LITE, conversationId, userId: 'user-456' };
    const { body } = await system.act({ ...request, reason: 'Seen from afar' });
    await system.api.get(AuditService, { strict: false }).record(body.data.switchId);
    await system.api.get(NotificationPublisher, { strict: false }).publish();
  }

  it('works in a page of another site with one script tag, fed by the stream', async () => {
    await page.goto(site);
    const following = page.evaluate(showWhatComes, {
      stream: `${url}/v1/notifications/stream`,
      token: await userToken('user-456'),
    });
    following.catch(() => undefined);
    await page.waitForFunction(() => document.title === 'listening');
    await switched('conv-123');
    await following;
    await cards(page).getByText('Amazon Nova Lite').first().waitFor();
    expect(await cards(page).getByText('Reason: Seen from afar').count()).toBe(1);
  });

  it('is there to be tried, under the policy of the api', async () => {
    await page.goto(`${url}/switch-ui/index.html`);
    await setHidden(page, true);
    await page.getByRole('button', { name: 'By hand' }).click();
    await cards(page).waitFor();
  });

  it('is revalidated, and sent again only when it has changed', async () => {
    const first = await system.get('/switch-ui/model-switch.js', { token: null });
    expect(first).toMatchObject({
      status: 200,
      headers: {
        'content-type': expect.stringContaining('javascript'),
        'cache-control': 'public, max-age=300',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      },
    });
    const headers = { 'if-none-match': String(first.headers.etag) };
    const again = await system.get('/switch-ui/model-switch.js', { token: null, headers });
    expect(again).toMatchObject({ status: 304, text: '' });
    for (const other of ['README.md', '', '../adr/0001-outbox-in-postgresql.md', '%2e%2e/usage.md'])
      expect((await system.get(`/switch-ui/${other}`, { token: null })).status).toBe(404);
  });
});

/** Runs in the page: shows the first notification of the stream. */
async function showWhatComes({ stream, token }: { stream: string; token: string }): Promise<void> {
  const answer = await fetch(stream, { headers: { authorization: `Bearer ${token}` } });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let data: string | undefined;
  while (!data) {
    text += (await reader.read()).value;
    if (text.includes('event: ready')) document.title = 'listening';
    data = /event: notification\nid: \d+\ndata: (.*)\n\n/.exec(text)?.[1];
  }
  const { ModelSwitch } = window as never as { ModelSwitch: Functions };
  await ModelSwitch.showModelSwitchNotification(JSON.parse(data));
}

interface Functions {
  showModelSwitchNotification(notification: object): Promise<void>;
}
