import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { question } from '../support/chat-client.js';
import { NOVA_LITE, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit } from '../support/console-page.js';

describe.skipIf(!chromiumIsThere)('the conversations of the console', () => {
  const console = new Console(true);
  let page: Page;

  beforeAll(async () => {
    page = await console.at('/conversations');
    await console.act({ action: 'switch', modelId: SONNET, useCase: 'clinical' });
    await console.act({
      action: 'switch',
      modelId: NOVA_LITE,
      conversationId: 'conv-123',
      reason: 'Cheaper',
    });
    console.chats.faults({ kind: 'error', name: 'ThrottlingException', modelId: NOVA_LITE });
    await console.chats.chat({ conversationId: 'conv-123', ...question() });
    console.chats.emulator.reset();
  });

  it.each([
    ['a conversation', '/conversations/conv-123', 'Cheaper'],
    ['all conversations', '/conversations', 'conv-124'],
    ['calls', '/calls?conversationId=conv-123', 'answered after'],
  ])('%s: axe finds nothing, and it fits a phone', async (_name, path, text) => {
    await console.goTo(path, page);
    await page.getByText(text).first().waitFor();
    await expectFit(page);
  });

  it('says in two clicks why a conversation has its model', async () => {
    await console.goTo('/use-cases', page);
    await page.getByRole('link', { name: 'Conversations', exact: true }).click();
    await page
      .getByRole('table', { name: 'Conversations' })
      .getByRole('link', { name: 'conv-124', exact: true })
      .click();
    await page.getByText('The conversation follows clinical, whose active model is').waitFor();
  });

  it('finds conversations by user, use case, model and pin', async () => {
    await console.goTo('/conversations', page);
    const rows = page.getByRole('table', { name: 'Conversations' }).getByRole('row');
    await rows.filter({ hasText: 'conv-300' }).waitFor();
    await page.getByRole('combobox', { name: 'Use case' }).click();
    await page.getByRole('option', { name: 'clinical', exact: true }).click();
    await page.waitForURL(/useCase=clinical/);
    await rows.filter({ hasText: 'conv-300' }).waitFor({ state: 'detached' });
    await page.getByLabel('Pin', { exact: true }).selectOption('Follow their use case');
    await rows.filter({ hasText: 'conv-124' }).waitFor();
    await page.getByLabel('User').fill('nobody');
    await page.keyboard.press('Enter');
    await page.getByText('No conversation found').waitFor();
  });

  it('shows the attempts of a call by its request id in two clicks', async () => {
    const { body } = await console.chats.system.get('/v1/calls?conversationId=conv-123');
    const { requestId } = body.items[0];
    await console.goTo('/use-cases', page);
    await page.getByRole('link', { name: 'Conversations', exact: true }).click();
    await page.getByLabel('Request id of a call').fill(requestId);
    await page.getByRole('button', { name: 'Show the call' }).click();
    const attempts = page.getByRole('table', { name: 'Calls' }).getByRole('listitem');
    await attempts
      .filter({ hasText: /^Amazon Nova Lite: failed after .* \(throttled\)$/ })
      .first()
      .waitFor();
    await attempts.filter({ hasText: /: answered after / }).waitFor();
  });

  it('has the switches, the calls and the notifications of a conversation', async () => {
    await console.goTo('/conversations/conv-123', page);
    const switches = page.getByRole('table', { name: 'Switches' });
    await switches.getByRole('row').filter({ hasText: 'Cheaper' }).waitFor();
    await page.getByRole('region', { name: 'Calls' }).getByText('Answered').first().waitFor();
    const notices = page.getByRole('table', { name: 'Notifications' });
    await notices
      .getByRole('row', { name: /Amazon Nova Lite.* no no$/ })
      .first()
      .waitFor();
  });

  it('copies an id with the keyboard, and says so', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await console.goTo('/conversations/conv-123', page);
    await page.getByRole('button', { name: 'Copy conv-123' }).first().press('Enter');
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('conv-123');
  });

  it('shows a key with the scope read the conversation, and which scope opens its history', async () => {
    const credential = await console.chats.system.key(['read'], 'reader');
    const reader = await console.at('/conversations/conv-123', { credential });
    await reader.getByRole('region', { name: 'Calls' }).getByText('Answered').first().waitFor();
    await reader.getByText('need a key with the scope audit or switch').waitFor();
    await reader.getByText('needs a key with the scope act-as').waitFor();
  });

  it('shows a key for use cases which scopes open conversations and calls', async () => {
    const credential = await console.chats.system.key(['operate'], 'looks');
    const operator = await console.at('/conversations/conv-123', { credential });
    await operator.getByText('needs a service key with the scope read or audit or switch').waitFor();
    await console.goTo('/calls', operator);
    await operator.getByText('needs a service key with the scope read or audit').waitFor();
  });
});
