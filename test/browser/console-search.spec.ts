import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

describe.skipIf(!chromiumIsThere)('the command palette', () => {
  const console = new Console(true);
  let page: Page;
  beforeAll(async () => {
    for (const n of [1, 2, 3])
      await console.act(
        { action: 'switch', modelId: HAIKU, conversationId: `palette-${n}`, userId: 'palette-user' },
        { 'x-request-id': `palette-request-${n}` },
      );
    page = await console.at('/overview');
  });

  const input = () => page.getByLabel('Search the console');
  const option = (name: string | RegExp) =>
    page.locator('.mantine-Spotlight-action').filter({ hasText: name });
  const open = async () => {
    await page.keyboard.press('Control+K');
    await input().waitFor();
    await input().fill('');
  };

  it('finds ids by their beginnings, and opens one by the arrow keys', async () => {
    await open();
    await input().pressSequentially('palette-');
    await expect.poll(() => option('Conversation of palette-user').count()).toBe(3);
    await expect.poll(() => option('Switches of the request').count()).toBe(3);
    await input().fill('palette-2');
    await expect.poll(() => page.locator('.mantine-Spotlight-action').count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/console\/conversations\/palette-2$/);
    await input().waitFor({ state: 'hidden' });
  });

  it('makes one request for all that is typed within 200 ms', async () => {
    const searched: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/v1/search') searched.push(searchParams.get('prefix')!);
    });
    await open();
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    await input().pressSequentially('palette-request-1');
    await page.clock.runFor(199);
    expect(searched).toEqual([]);
    await page.clock.runFor(1);
    await expect.poll(() => searched).toEqual(['palette-request-1']);
    await page.clock.resume();
    await expect.poll(() => option('palette-request-1').count()).toBe(1);
    await page.keyboard.press('Escape');
    await input().waitFor({ state: 'hidden' });
  });

  it('finds models and use cases by name, and says where nothing is found', async () => {
    await open();
    await input().fill('clinical');
    await option(/^clinical$/)
      .first()
      .waitFor();
    await input().fill('haiku');
    await option(HAIKU).first().waitFor();
    await input().fill('nothing-begins-with-this');
    await page.getByText('No name contains this, and no id begins with it.').waitFor();
    await page.keyboard.press('Escape');
  });
});
