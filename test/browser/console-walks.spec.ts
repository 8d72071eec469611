import { beforeAll, describe, expect, it } from 'vitest';
import type { Locator, Page } from '../../tools/browser.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';

/** Someone who begins at the Overview. Typing does not count. */
class Walker {
  clicks = 0;

  constructor(readonly page: Page) {}

  async click(target: Locator): Promise<void> {
    await target.click();
    this.clicks += 1;
  }

  button(name: string | RegExp, within: Pick<Page, 'getByRole'> = this.page): Promise<void> {
    return this.click(within.getByRole('button', { name, exact: typeof name === 'string' }));
  }

  /** Opens a page by the menu. */
  menu(name: string): Promise<void> {
    return this.click(
      this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }),
    );
  }
}

describe.skipIf(!chromiumIsThere)('from the Overview', () => {
  const console = new Console(true);
  let page: Page;
  const walk = async () => {
    await console.goTo('/overview', page);
    await page.getByRole('row', { name: /^clinical/ }).waitFor();
    return new Walker(page);
  };
  const region = (name: string) => page.getByRole('region', { name, exact: true });

  beforeAll(async () => {
    page = await console.at('/overview');
    await console.act({ action: 'switch', modelId: SONNET, useCase: 'clinical', reason: 'A walk' });
    await console.act({ action: 'switch', modelId: SONNET, conversationId: 'conv-123' });
    await console.chats.chat({
      conversationId: 'conv-123',
      userId: 'user-456',
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('an operator moves everything off a model with four clicks, and undoes it with two', async () => {
    const walker = await walk();
    await walker.click(page.getByRole('row', { name: /^clinical/ }).getByRole('link', { name: /Sonnet/ }));
    await walker.button('Move off this model');
    const panel = page.getByRole('dialog', { name: /^Move off/ });
    await panel.getByRole('row', { name: /^clinical / }).waitFor();
    await panel.getByLabel('Reason').fill('Too slow tonight');
    await walker.button('Move', panel);
    await region('Moves').getByText('Done').waitFor();
    expect(walker.clicks).toBeLessThanOrEqual(4);
    expect((await console.chats.system.get('/v1/use-cases/clinical')).body.activeModelId).toBe(HAIKU);
    const undo = walker.clicks;
    await walker.button('Undo', region('Moves'));
    await region('Moves').getByText('Undone').waitFor();
    expect(walker.clicks - undo).toBeLessThanOrEqual(2);
    expect((await console.chats.system.get('/v1/use-cases/clinical')).body.activeModelId).toBe(SONNET);
  });

  it('an operator sweeps with two clicks', async () => {
    const walker = await walk();
    await walker.menu('Health');
    await walker.button('Sweep now', region('Sweeps'));
    await region('Sweeps')
      .getByRole('row')
      .filter({ hasText: 'service:bootstrap' })
      .getByText('Done')
      .waitFor();
    expect(walker.clicks).toBeLessThanOrEqual(2);
  });

  it('a developer sees with two clicks why a conversation has its model', async () => {
    const walker = await walk();
    await walker.menu('Conversations');
    await page.getByLabel('Conversation', { exact: true }).fill('conv-123');
    await walker.button('Open');
    await page.getByText('The conversation is pinned to').waitFor();
    expect(walker.clicks).toBeLessThanOrEqual(2);
  });

  it('a developer sees the attempts of a call by its request id with two clicks', async () => {
    const { body } = await console.chats.system.get('/v1/calls?conversationId=conv-123');
    const walker = await walk();
    await walker.menu('Conversations');
    await page.getByLabel('Request id of a call').fill(body.items[0].requestId);
    await walker.button('Show the call');
    await page.getByRole('table', { name: 'Calls' }).getByRole('listitem').first().waitFor();
    expect(walker.clicks).toBeLessThanOrEqual(2);
  });

  it('a developer makes a key with three clicks', async () => {
    const walker = await walk();
    await walker.menu('Settings');
    await walker.button('Create key');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('walker');
    await dialog.getByLabel('Name', { exact: true }).press('Enter');
    await dialog.locator('code').waitFor();
    expect(walker.clicks).toBeLessThanOrEqual(3);
    await walker.button('I have stored it', dialog);
  });

  it('an auditor lists with two clicks what one actor switched, and verifies with one', async () => {
    const walker = await walk();
    await walker.menu('Audit');
    await walker.click(page.getByRole('link', { name: 'service:bootstrap' }).first());
    await page.waitForURL(/actor=service%3Abootstrap$/);
    expect(walker.clicks).toBeLessThanOrEqual(2);
    const verifier = await walk();
    await verifier.click(page.getByRole('link', { name: 'Verify the audit' }));
    await page
      .getByText(/^Intact: all .* rows are as they were sealed/)
      .first()
      .waitFor();
    expect(verifier.clicks).toBe(1);
  });

  it('a cost owner sees the cost by use case beside the period before with one click', async () => {
    const walker = await walk();
    await walker.menu('Cost');
    await region('Cost by use case')
      .getByRole('row', { name: /^clinical / })
      .waitFor();
    await page.getByRole('columnheader', { name: 'Period before' }).waitFor();
    expect(walker.clicks).toBe(1);
  });
});
