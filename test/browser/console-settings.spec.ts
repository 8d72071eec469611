import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { violations } from '../support/axe.js';
import { HAIKU } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit } from '../support/console-page.js';
import { answering, WebhookReceiver } from '../support/webhook-receiver.js';

/** Every section, and a text that it has when its data is loaded. */
const SECTIONS = {
  keys: 'seen-by-axe',
  webhooks: 'https://ops.example.com/',
  channels: 'No channel yet',
  assistants: 'Create assistant',
  prices: 'Claude Haiku 4.5',
  budgets: 'all calls',
  retention: 'model_invocations',
  people: 'Nobody was erased yet',
};

describe.skipIf(!chromiumIsThere)('the settings in the console', () => {
  const console = new Console(true);
  const receiver = new WebhookReceiver();
  let page: Page;
  const call = (method: string, path: string, body?: object) =>
    console.chats.system.call(method as 'POST', path, body);
  const dialog = () => page.getByRole('dialog');
  const press = (name: string | RegExp, within: Pick<Page, 'getByRole'> = page) =>
    within.getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    await receiver.start();
    page = await console.at('/activity');
    await call('POST', '/v1/keys', {
      name: 'seen-by-axe',
      scopes: ['read', 'switch'],
      limits: { useCases: ['clinical'], users: ['app-'] },
    });
    await call('POST', '/v1/webhooks', { url: 'https://ops.example.com/', feed: 'operators' });
    await call('PUT', '/v1/budgets/month', { limitUsd: '100' });
  });
  afterAll(() => receiver.stop());

  it.each(Object.entries(SECTIONS))(
    '%s: axe finds nothing, light and dark, and it fits a phone',
    async (path, text) => {
      await console.goTo(`/settings/${path}`, page);
      await page.getByText(text).first().waitFor();
      await expectFit(page);
    },
  );

  it('a key is made with three clicks, shown once, limited, rotated and revoked', async () => {
    await console.goTo('/activity', page);
    await page.getByRole('link', { name: 'Settings' }).click();
    await press('Create key');
    await dialog().getByLabel('Name', { exact: true }).fill('ci');
    expect(await violations(page, { within: '[role=dialog]' })).toEqual([]);
    await press('Create', dialog());
    const secret = await dialog().locator('code').innerText();
    expect((await console.chats.system.get('/v1/models', { token: secret })).status).toBe(200);
    await press('I have stored it', dialog());
    await dialog().waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    const row = page.getByRole('table', { name: 'Keys' }).getByRole('row', { name: /^ci / });
    await row.getByText('Active').waitFor();

    await press('Edit ci');
    await dialog().getByLabel('User', { exact: true }).fill('batch-user');
    await dialog().getByLabel('Users it may act for').selectOption('own');
    await press('Save', dialog());
    await row.getByText('Only its own user').waitFor();
    const [key] = (await console.chats.system.get('/v1/keys')).body.items;
    expect(key).toMatchObject({ name: 'ci', defaults: { userId: 'batch-user' }, limits: { users: 'own' } });

    await press('Rotate ci');
    await dialog().getByLabel('The old key').selectOption('0');
    await press('Rotate', dialog());
    await dialog().locator('code').waitFor();
    await press('I have stored it', dialog());
    await press('Revoke ci');
    await press('Revoke', dialog());
    await expect
      .poll(async () => (await console.chats.system.get('/v1/keys')).body.items[0].revokedAt)
      .not.toBeNull();
  });

  it('the focus is back on the button when a dialog is left with Esc', async () => {
    await console.goTo('/settings/keys', page);
    const button = page.getByRole('button', { name: 'Create key' });
    await button.press('Enter');
    await dialog().getByLabel('Name', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('a webhook is made, tested, delivers, and delivers again on request', async () => {
    await console.goTo('/settings/webhooks', page);
    await press('Create webhook');
    await dialog().getByLabel('URL').fill(receiver.url('/alerts'));
    await press('Create', dialog());
    await dialog().locator('code').waitFor();
    await press('I have stored it', dialog());
    await page.getByRole('link', { name: receiver.url('/alerts') }).click();
    receiver.behave('/alerts', answering(503));
    await press('Test');
    await page.getByRole('alert').getByText('The test message did not arrive').waitFor();
    receiver.behave('/alerts', answering(204));
    await press('Test');
    await page.getByText('The receiver answered 204').waitFor();

    await console.act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', reason: 'To be delivered' });
    const arrived = () => receiver.received.filter(({ message }) => message.type !== 'webhook.test').length;
    await expect.poll(arrived).toBe(1);
    const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row').nth(1);
    await row.getByText('Delivered').waitFor();
    await row.getByRole('button', { name: /^Resend: / }).click();
    await press('Resend', dialog());
    await expect.poll(arrived).toBe(2);
    await page.getByText('resent by service:bootstrap').waitFor();
    await row.getByRole('button', { name: /^Resend from here/ }).click();
    await press('Resend', dialog());
    await expect.poll(arrived).toBe(3);
    expect(new Set(receiver.received.slice(-3).map(({ id }) => id)).size).toBe(1);
    await page.getByRole('group', { name: 'Results of deliveries' }).getByText('Failed').click();
    await page.getByText('No attempt was found').waitFor();

    await press('Delete');
    await press('Delete', dialog());
    await page.waitForURL(/\/settings\/webhooks$/);
    expect((await console.chats.system.get('/v1/webhooks')).body.items).toHaveLength(1);
  });

  it('a channel is made, says what is wrong, is edited and deleted, and nobody reads its secret', async () => {
    await console.goTo('/settings/channels', page);
    await press('Create channel');
    await dialog().getByLabel('Name', { exact: true }).fill('ops');
    await dialog().getByLabel('URL of the incoming webhook').fill(receiver.url('/slack/token'));
    expect(await violations(page, { within: '[role=dialog]' })).toEqual([]);
    await press('Create', dialog());
    await page.getByRole('link', { name: 'ops' }).click();
    receiver.behave('/slack/token', answering(403));
    await press('Test');
    await page
      .getByRole('alert')
      .getByText(/answered 403/)
      .waitFor();
    receiver.behave('/slack/token', answering(200));
    await press('Test');
    await page.getByText('The test message was taken').waitFor();
    await page.getByText('test messages are not among them').waitFor();
    expect(await page.content()).not.toContain('slack/token');
    await press('Edit');
    await dialog().getByLabel('Name', { exact: true }).fill('night shift');
    await dialog().getByRole('combobox', { name: 'Notifications' }).click();
    await page.getByRole('option', { name: 'Urgent ones only' }).click();
    const kinds = dialog().getByRole('combobox', { name: 'Kinds' });
    await kinds.press('ArrowDown');
    await page.getByRole('option', { name: 'Change requests' }).click();
    await kinds.press('Tab');
    await dialog().getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: 'Deutsch' }).click();
    await dialog().getByRole('checkbox', { name: 'Include reasons' }).check();
    expect(await violations(page, { within: '[role=dialog]' })).toEqual([]);
    await press('Save', dialog());
    await page.getByRole('heading', { name: 'night shift' }).waitFor();
    await press('Edit');
    await dialog().getByLabel('URL of the incoming webhook').fill(receiver.url('/slack/other'));
    await press('Save', dialog());
    await dialog().waitFor({ state: 'detached' });
    await press('Test');
    await expect.poll(() => receiver.at('/slack/other')).toHaveLength(1);
    expect((await console.chats.system.get('/v1/channels')).body.items).toMatchObject([
      {
        name: 'night shift',
        leastUrgency: 'page',
        kinds: ['change'],
        useCases: null,
        language: 'de',
        includeReasons: true,
      },
    ]);
    await press('Delete');
    await press('Delete', dialog());
    await page.waitForURL(/\/settings\/channels$/);
    expect((await console.chats.system.get('/v1/channels')).body.items).toEqual([]);
  });

  it('prices are imported after a look at what changes', async () => {
    const prices = [{ modelId: HAIKU, inputPricePer1k: '0.002', outputPricePer1k: '0.01' }];
    const haiku = async () =>
      (await console.chats.system.get('/v1/models')).body.items.find(
        ({ id }: { id: string }) => id === HAIKU,
      );
    const before = await haiku();
    await console.goTo('/settings/prices', page);
    await press('Import prices');
    await dialog()
      .getByLabel('Prices as JSON')
      .fill(JSON.stringify({ source: 'contract', prices }));
    await press('Preview', dialog());
    await dialog().getByText('another source has set the price').waitFor();
    await dialog().getByLabel('Replace also prices').check();
    await press('Preview', dialog());
    await dialog().getByText('From now on').waitFor();
    expect(await haiku()).toEqual(before);
    await press('Import', dialog());
    await expect.poll(async () => (await haiku()).inputPricePer1k).toBe('0.002');
  });

  it('a budget is set, changed and deleted, and its history says so', async () => {
    await console.goTo('/settings/budgets', page);
    await press('Set a budget');
    await dialog().getByLabel('Spend of').selectOption('useCase');
    await dialog().getByLabel('Use case').selectOption('clinical');
    await dialog().getByLabel('Limit in USD').fill('12.50');
    await press('Set', dialog());
    await press('Change limit of clinical per month');
    await dialog().getByLabel('Limit in USD').fill('20');
    await press('Set', dialog());
    const history = page.getByRole('table', { name: 'Changes of budgets' });
    await history.getByText('From $12.50 to $20.00 per month').waitFor();
    await press('Delete budget of clinical per month');
    await press('Delete', dialog());
    await history.getByText('Deleted: $20.00 per month').waitFor();
    expect((await console.chats.system.get('/v1/budgets')).body.items).toHaveLength(1);
  });

  it('an assistant is made, edited and deleted', async () => {
    const { system } = console.chats;
    const found = async () => (await system.get('/v1/assistants/nurse')).body;
    await console.goTo('/settings/assistants', page);
    await press('Create assistant');
    await dialog().getByLabel('Id', { exact: true }).fill('nurse');
    await dialog().getByLabel('Name', { exact: true }).fill('Nurse');
    await dialog().getByLabel('Use case').selectOption('clinical');
    await dialog().getByLabel('System prompt').fill('Answer in short sentences.');
    await press('Save', dialog());
    await press('Edit Nurse');
    await dialog().getByLabel('Use case').selectOption('health');
    await press('Save', dialog());
    await expect.poll(async () => (await found()).useCase).toBe('health');
    expect(await found()).toMatchObject({ name: 'Nurse', hasSystemPrompt: true });
    await press('Delete Nurse');
    await press('Delete', dialog());
    await expect.poll(async () => (await system.get('/v1/assistants/nurse')).status).toBe(404);
  });

  it('a user is erased only after the id is typed again', async () => {
    await console.goTo('/settings/people', page);
    await page.getByLabel('User', { exact: true }).fill('user-456');
    expect(await page.getByRole('link', { name: 'Export' }).getAttribute('href')).toBe(
      '/v1/users/user-456/export',
    );
    await press('Erase');
    const confirm = dialog().getByRole('button', { name: 'Erase for ever' });
    await dialog().getByLabel('Type the id of the user').fill('user-45');
    expect(await confirm.isDisabled()).toBe(true);
    await dialog().getByLabel('Type the id of the user').fill('user-456');
    await confirm.click();
    await page.getByText('The user is erased').waitFor();
    const [erasure] = (await console.chats.system.get('/v1/erasures')).body.items;
    await page.getByRole('table', { name: 'Erasures' }).getByText(erasure.pseudonym).first().waitFor();
  });

  it('a key without the scope sees which one opens a section', async () => {
    const credential = await console.chats.system.key(['read'], 'reader');
    const reader = await console.at('/settings', { credential });
    await reader.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    await reader.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Keys' }).click();
    await reader.getByText('It needs a service key with the scope admin').waitFor();
  });
});
