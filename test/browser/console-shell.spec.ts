import { describe, expect, it } from 'vitest';
import { HAIKU, NOVA_LITE } from '../support/chat-system.js';
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
    await expect.poll(() => locked.allTextContents()).toEqual(['Overview', 'Conversations', 'Cost', 'Audit']);
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

  it('finds a model, a use case and the conversations of a user by the keyboard', async () => {
    await console.act({ action: 'switch', modelId: HAIKU, conversationId: 'conv-shell', userId: 'user-456' });
    // Users are found by their audited switches.
    const audited = () => console.chats.rows(`SELECT FROM user_months WHERE user_id = 'user-456'`);
    await expect.poll(async () => (await audited()).length).toBe(1);
    const page = await console.at('/use-cases');
    await page.keyboard.press('Control+K');
    const search = page.getByRole('textbox', { name: 'Search the console' });
    await search.fill('haiku 4.5');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/models\/eu\.anthropic\.claude-haiku-4-5/);
    await search.waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+K');
    await search.fill('user-456');
    await page.locator('.mantine-Spotlight-action', { hasText: 'Conversations of the user' }).click();
    await page.waitForURL(/\/conversations\?userId=user-456$/);
  });

  it('opens on what needs somebody, with the way to mend it, and a row for each use case', async () => {
    await console.chats.system.environment.owner.query(
      `INSERT INTO outbox (id, job, dead_at) VALUES (gen_random_uuid(), 'nobody.works', now())`,
    );
    const page = await console.at('/');
    await page.waitForURL(/\/overview$/);
    const task = page.getByRole('listitem').filter({ hasText: '1 entry of the outbox failed too often' });
    await page.getByLabel('Find a use case').fill('clinic');
    await page.getByRole('row', { name: /^clinical / }).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Switch clinical' }).click();
    await page.getByRole('dialog', { name: 'Switch clinical' }).waitFor();
    await page.keyboard.press('Escape');
    await task.getByRole('link', { name: 'Requeue' }).click();
    await page.waitForURL(/\/health$/);
  });

  it('shows the switches of one request as one row, says the direction, and stands still on demand', async () => {
    for (const modelId of [NOVA_LITE, HAIKU, NOVA_LITE])
      await console.act({ action: 'switch', modelId, useCase: 'health' }, { 'x-request-id': 'move-1' });
    const page = await console.at('/activity?show=switches');
    const group = page.getByRole('row').filter({ hasText: 'switches of one request' });
    await group.getByText(/^Manual switch × \d$/).waitFor();
    await group.getByText(/Claude Haiku 4.5 to Amazon Nova Lite \(downgrade\)/).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await console.act({ action: 'switch', modelId: HAIKU, useCase: 'health', reason: 'While paused' });
    await page.getByRole('status').filter({ hasText: 'Paused: 1 new' }).waitFor();
    expect(await page.getByText('While paused').count()).toBe(0);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('While paused').waitFor();
    await page.getByRole('checkbox', { name: 'Verdicts' }).press(' ');
    await page.waitForURL(/show=switches%2Cverdicts$/);
  });

  it('rings for what nobody has acknowledged', async () => {
    const credential = await console.chats.system.key(['read'], 'listener');
    await console.act({ action: 'switch', modelId: HAIKU, useCase: 'platform', reason: 'Ring' });
    const page = await console.at('/models', { credential });
    const bell = page.getByRole('button', { name: /^Notifications: \d+\+? unread$/ });
    await bell.click();
    await page.getByRole('button', { name: /^Acknowledge: Moved from .*: Ring$/ }).click();
    await expect.poll(() => page.getByRole('button', { name: /^Acknowledge: .*: Ring$/ }).count()).toBe(0);
  });
});
