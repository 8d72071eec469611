import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { AuditChain } from '../support/audit-chain.js';
import { HAIKU, NOVA_LITE, NOVA_MICRO } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { expectFit, saved } from '../support/console-page.js';
import { userToken } from '../support/test-system.js';

const ROUNDS = 60;
/** With one of a use case, and one by a colleague. */
const TOTAL = ROUNDS + 2;

describe.skipIf(!chromiumIsThere)('the audit of the console', () => {
  const console = new Console(true);
  let page: Page;
  const count = (number: number) => page.getByText(`${number} rows`, { exact: true }).waitFor();

  beforeAll(async () => {
    page = await console.at('/audit');
    await console.act({ action: 'switch', modelId: HAIKU, useCase: 'clinical', reason: 'For all of them' });
    const colleague = await console.chats.system.key(['operate'], 'colleague');
    const theirs = { action: 'switch', modelId: HAIKU, useCase: 'health', reason: 'Better at night' };
    expect((await console.chats.system.act(theirs, { token: colleague })).status).toBe(200);
    for (let n = 0; n < ROUNDS; n += 1)
      await console.act({
        ...{ action: 'switch', conversationId: 'conv-123', reason: `Round ${n}` },
        modelId: n % 2 ? NOVA_MICRO : NOVA_LITE,
      });
    const model = `/v1/models/${encodeURIComponent(HAIKU)}`;
    const edited = await console.chats.system.call('PATCH', model, { inputPricePer1k: '0.0012' });
    expect(edited.status).toBe(200);
    await new AuditChain(console.chats.system).seal();
  });

  it.each([
    ['audit', '/audit', 'Round 59'],
    ['changes', '/audit?tab=changes', 'input price per 1k'],
  ])('%s: axe finds nothing, and it fits a phone', async (name, path, text) => {
    await console.goTo(path, page);
    await page.getByText(text).first().waitFor();
    await expectFit(page, name);
  });

  it('filters the switches, reads further pages by itself, and exports all of them', async () => {
    await console.goTo('/audit', page);
    await count(50);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await count(TOTAL);
    await page.getByLabel('Use case').fill('clinical');
    await page.getByLabel('Conversation', { exact: true }).fill('conv-123');
    await page.keyboard.press('Enter');
    await page.waitForURL(/conversationId=conv-123/);
    expect(await saved(page, /^CSV/)).toMatch(/^id,seq,scope,conversationId,/);
    expect((await saved(page, /^NDJSON/)).trim().split('\n')).toHaveLength(ROUNDS);
    await page.getByLabel('Action').selectOption('fallback_switch');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('No switch found').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL(/\/audit$/);
    await count(50);
  });

  it('lists in two clicks what one actor switched', async () => {
    await console.goTo('/audit?actor=service:colleague', page);
    await page.getByText('1 row', { exact: true }).waitFor();
    await console.goTo('/models', page);
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await page.getByRole('link', { name: 'service:bootstrap' }).first().click();
    await page.waitForURL(/actor=service%3Abootstrap$/);
    await expect.poll(() => page.getByLabel('Actor').inputValue()).toBe('service:bootstrap');
    await page.getByLabel('Reason contains').fill('for ALL');
    await page.keyboard.press('Enter');
    await page.getByText('1 row', { exact: true }).waitFor();
  });

  it('saves nothing of an export that ended early', async () => {
    await console.goTo('/audit', page);
    await page.route('**/v1/switches?*format=csv*', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: /^CSV/ }).click();
    await page.getByRole('alert').getByText('no file was saved').waitFor();
    console.forgive(/ERR_FAILED/);
  });

  it('has the filters in a drawer where there is little room', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await console.goTo('/audit', page);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('dialog', { name: 'Filter' }).getByLabel('Use case').fill('clinical');
    await page.keyboard.press('Enter');
    await page.waitForURL(/useCase=clinical/);
    await page.getByRole('button', { name: 'Filter 1' }).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('lists the changes of settings with their values before and after, without the results of sweeps', async () => {
    await console.act({ action: 'validate', modelId: HAIKU, deep: true });
    await console.chats.system.key(['read'], 'newcomer');
    await console.goTo('/audit', page);
    await page.getByRole('tab', { name: 'Changes' }).click();
    const changes = page.getByRole('table', { name: 'Changes' });
    const price = changes.getByRole('row').filter({ hasText: 'input price per 1k' }).first();
    await price.getByText('0.0012').waitFor();
    await price.getByText('service:bootstrap').waitFor();
    await changes.getByRole('row').filter({ hasText: 'newcomer' }).getByText('Added').waitFor();
    expect(await changes.getByText('system:validation').count()).toBe(0);
    await page.getByLabel('Results of sweeps').check();
    await changes.getByText('system:validation').first().waitFor();
    await page.getByLabel('Changes of').selectOption('service_key');
    await page.waitForURL(/entity=service_key/);
    await expect.poll(() => changes.getByText('Model', { exact: true }).count()).toBe(0);
    await changes.getByRole('row').filter({ hasText: 'newcomer' }).waitFor();
  });

  it('shows an auditor the changes of settings and of keys', async () => {
    const credential = await console.chats.system.key(['audit'], 'auditor');
    const auditor = await console.at('/audit?tab=changes', { credential });
    await auditor.getByText('input price per 1k').first().waitFor();
    const changes = auditor.getByRole('table', { name: 'Changes' });
    await changes.getByRole('row').filter({ hasText: 'newcomer' }).getByText('Added').waitFor();
  });

  it('always shows how far the rows are sealed, verifies them, and names a row that somebody altered', async () => {
    const chain = new AuditChain(console.chats.system);
    await console.goTo('/audit', page);
    const proof = page.getByRole('region', { name: 'Audit integrity' });
    await proof.getByText(`Sealed to row ${TOTAL},`).waitFor();
    await proof.getByText('Not verified in this session').waitFor();
    await proof.getByRole('button', { name: 'Verify', exact: true }).press('Enter');
    await proof.getByText(`Intact: all ${TOTAL} rows are as they were sealed`).waitFor();
    await page.getByRole('link', { name: 'Models', exact: true }).click();
    await page.getByRole('link', { name: 'Audit', exact: true }).click();
    await proof.getByText(/^Intact, verified /).waitFor();
    await chain.attack(
      `UPDATE bedrock_model_switches SET reason = 'Nothing special' WHERE reason = 'For all of them'`,
    );
    const { problems } = await chain.verify();
    await proof.getByRole('button', { name: 'Verify', exact: true }).press('Enter');
    await proof.getByText(/^Not as they were sealed: 1 problem$/).waitFor();
    const { position, switchId } = problems[0];
    await proof.getByText(`First: row ${position}, switch ${switchId}: `).waitFor();
    await expectFit(page);
  });

  it('compares the chain with a checkpoint that was kept elsewhere', async () => {
    await console.goTo('/audit', page);
    const kept = await saved(page, 'Save a checkpoint');
    expect(JSON.parse(kept)).toMatchObject({ position: TOTAL, hash: expect.any(String) });
    const choose = async (content: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Verify with a checkpoint' }).click(),
      ]);
      const file = { name: 'kept.json', mimeType: 'application/json', buffer: Buffer.from(content) };
      await chooser.setFiles(file);
    };
    await choose('no JSON');
    await page.getByRole('alert').getByText('kept.json is not JSON').waitFor();
    await choose(kept.replace(/"hash": "./, '"hash": "0'));
    await page.getByText(/with the checkpoint at row/).waitFor();
  });

  it('has an address for a switch, and undoes it unless it was switched since', async () => {
    await console.goTo('/audit?actor=service:colleague', page);
    await page.getByRole('table', { name: 'Switches' }).locator('time').click();
    await page.waitForURL(/\/audit\/[0-9a-f-]{36}$/);
    const address = page.url();
    const actor = page.getByRole('region', { name: 'Actor' });
    await actor.getByRole('link', { name: 'service:colleague' }).waitFor();
    await actor.getByRole('button', { name: 'Copy request id' }).waitFor();
    await page.getByRole('region', { name: 'Effect' }).getByText('recorded; switch').waitFor();
    await page.getByRole('region', { name: 'Notification' }).getByText('yes: users saw').waitFor();
    await expectFit(page, 'switch');
    const undo = async () => {
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Undo the switch' }).click();
    };
    await undo();
    await page.getByRole('dialog').getByText('Undone').waitFor();
    await page.getByRole('link', { name: 'The switch back' }).click();
    await page.waitForURL((url) => /\/audit\/[0-9a-f-]{36}$/.test(url.pathname) && url.href !== address);
    await page.goto(address);
    await undo();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    console.forgive(/status of 409/);
  });

  it('shows a user its own switches, and no proof', async () => {
    const user = await console.at('/audit', { credential: await userToken('user-456') });
    await user.getByRole('region', { name: 'Switches' }).waitFor();
    expect(await user.getByRole('button', { name: 'Verify' }).count()).toBe(0);
    expect(await user.getByRole('tab').count()).toBe(0);
  });
});
