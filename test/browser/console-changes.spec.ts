import { describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { HAIKU, SONNET } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { expectFit } from '../support/console-page.js';
import { ConsoleOfPeople } from '../support/console-people.js';

const ROLES = { 'ml-ops': ['read', 'operate', 'audit'], 'clinical-leads': ['read', 'audit', 'approve'] };
const WIDTHS = [360, 768, 1440];

describe.skipIf(!chromiumIsThere)('change requests', () => {
  const console = new ConsoleOfPeople(ROLES);
  let ada: Page;
  let ben: Page;

  it('puts a use case under review', async () => {
    ada = await console.person(/^Ada/, '/use-cases/clinical?tab=policy');
    const section = ada.getByRole('region', { name: 'Change policy' });
    await section.getByRole('radiogroup', { name: 'Control' }).getByText('Reviewed').click();
    await section.getByLabel('Group of the approvers').fill('clinical-leads');
    await section.getByRole('button', { name: 'Save the policy' }).click();
    await section.getByRole('button', { name: 'Propose the policy' }).waitFor();
    await section.getByText('Now: one other person of the group clinical-leads.').waitFor();
    await expectFit(ada);
  });

  it('proposes in the place of a switch', async () => {
    await ada.goto('/console/use-cases/clinical');
    await ada.getByRole('button', { name: 'Switch', exact: true }).click();
    const panel = ada.getByRole('dialog', { name: 'Switch clinical' });
    await panel.getByText('One other person of the group clinical-leads must approve').waitFor();
    await panel.getByRole('radio', { name: /Haiku/ }).click();
    await panel.getByRole('button', { name: 'Propose' }).click();
    await panel.getByText('A proposal needs a reason.').waitFor();
    await panel.getByLabel('Reason').fill('As good, and cheaper');
    await panel.getByRole('button', { name: 'Propose' }).click();
    await ada.getByText('Nothing has changed yet').waitFor();
    expect(await console.activeModel('clinical')).toBe(SONNET);
    await ada.getByRole('link', { name: 'Open the change request' }).click();
    await ada.getByRole('heading', { level: 1, name: 'Change request' }).waitFor();
    await ada.getByText('another person has to decide on it').waitFor();
    expect(await ada.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await expectFit(ada);
  });

  it('is approved by another person, who sees it first, and applied', async () => {
    ben = await console.person(/^Ben/, '/changes');
    const waiting = ben.getByRole('list', { name: 'Waiting for me' });
    await waiting.getByRole('link', { name: 'As good, and cheaper' }).waitFor();
    await expectFit(ben);
    await waiting.getByRole('link', { name: 'As good, and cheaper' }).press('Enter');
    const operations = ben.getByRole('list', { name: 'Operations' });
    await operations.getByRole('row', { name: /Active model .*Sonnet.* .*Haiku/ }).waitFor();
    await operations.getByText('Users are notified').waitFor();
    for (const width of WIDTHS) {
      await ben.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => ben.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(width);
    }
    await expectFit(ben);
    await ben.getByLabel('Comment').fill('Seen');
    await ben.getByLabel('Comment').press('Control+Enter');
    await ben.getByText('All its operations took effect.').waitFor();
    expect(await console.activeModel('clinical')).toBe(HAIKU);
    await ada.getByText('All its operations took effect.').waitFor();
    await ada.getByRole('list', { name: 'History' }).getByText('Seen').waitFor();
  });

  it('is in Activity, from where it opens', async () => {
    await ada.goto('/console/activity?show=changes');
    const row = ada.getByRole('row', { name: /Change Applied .*Change applied: clinical/ }).first();
    await row.getByRole('link').click();
    await ada.waitForURL(/\/console\/changes\/[\da-f-]{36}$/);
  });
});
