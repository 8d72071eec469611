import { describe, expect, it } from 'vitest';
import { HAIKU } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

describe.skipIf(!chromiumIsThere)('the frame of the console', () => {
  const console = new Console();

  it('marks the pages that a key may not use, and says which scope opens them', async () => {
    const credential = await console.chats.system.key(['operate'], 'operator');
    const page = await console.at('/cost?days=30', { credential });
    await page.getByText('needs a service key with the scope read').waitFor();
    const menu = page.getByRole('navigation', { name: 'Pages' });
    const locked = menu.getByRole('link', { description: /^Locked/ });
    await expect.poll(() => locked.allTextContents()).toEqual(['Conversations', 'Cost', 'Audit']);
    await menu.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  });

  it('leads from the old addresses to the new ones, with their filters', async () => {
    const page = await console.at('/analytics?days=7');
    await page.waitForURL(/\/console\/cost\?days=7$/);
  });

  it('shows times in UTC after a choice that the browser keeps', async () => {
    await console.act({ action: 'switch', modelId: HAIKU, useCase: 'operations' });
    const page = await console.at('/activity');
    await page.getByRole('button', { name: 'Times in local time: use UTC' }).click();
    await page.locator('time[title*=" UTC · 20"]').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Times in UTC: use local time' }).waitFor();
  });
});
