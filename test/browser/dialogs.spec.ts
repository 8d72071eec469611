import { describe, expect, it } from 'vitest';
import type { ConfirmationOptions } from '../../libs/switch-ui/confirmation-element.js';
import type { SelectionOptions } from '../../libs/switch-ui/selection-element.js';
import type { Page } from '../../tools/browser.js';
import { chromiumIsThere } from '../support/chromium.js';
import { answerOf, cards, DemoPage, notify, timeOf } from '../support/demo-page.js';

const NOVA = {
  id: 'eu.amazon.nova-lite-v1:0',
  name: 'Amazon Nova Lite',
  provider: 'amazon',
  useCase: 'health',
};
const SONNET = {
  id: 'anthropic.claude-3-5-sonnet-20241022-v2:0',
  name: 'Claude 3.5 Sonnet',
  provider: 'anthropic',
  useCase: 'clinical',
};
const CHOICE: SelectionOptions = {
  availableModels: [NOVA, SONNET],
  currentModelId: 'eu.amazon.nova-pro-v1:0',
  currentModelName: 'Nova Pro',
};
const QUESTION: ConfirmationOptions = {
  fromModel: 'Claude 3.5 Sonnet',
  toModel: 'Amazon Nova Lite',
  reason: 'Cost optimization',
};

const isInView = (element: Element): boolean => {
  const { top, bottom } = element.closest('fieldset')!.getBoundingClientRect();
  const { y } = element.getBoundingClientRect();
  return y >= top && y <= bottom;
};
const choose = (page: Page, options: SelectionOptions = CHOICE) =>
  answerOf(page, 'showModelSwitchDialog', options);
const confirm = (page: Page, options: ConfirmationOptions = QUESTION) =>
  answerOf(page, 'showModelSwitchConfirmation', options);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe.skipIf(!chromiumIsThere)('showModelSwitchDialog', () => {
  const demo = new DemoPage();

  it('hands back the model that is chosen, as it was given', async () => {
    const page = await demo.open();
    const answer = choose(page, {
      ...CHOICE,
      availableModels: [NOVA, { ...SONNET, maxTokens: 8000 } as never],
    });
    await page.getByRole('radio', { name: 'Claude 3.5 Sonnet' }).check();
    await press(page, 'Switch');
    expect(await answer).toEqual({ ...SONNET, maxTokens: 8000 });
  });

  it('is called what it is, and says what is in use', async () => {
    const page = await demo.open();
    const answer = choose(page, { ...CHOICE, currentModelId: NOVA.id, currentModelName: NOVA.name });
    const dialog = page.getByRole('dialog', { name: 'Choose an AI model' });
    expect(await dialog.getByText('Current model: Amazon Nova Lite').count()).toBe(1);
    expect(await dialog.getByText('Amazon · health · in use').count()).toBe(1);
    expect(await dialog.getByRole('radio', { name: 'Nova Lite' }).isDisabled()).toBe(true);
    expect(await dialog.getByRole('radio', { name: 'Sonnet' }).isDisabled()).toBe(false);
    await press(page, 'Cancel');
    expect(await answer).toBeNull();
  });

  it('wants a choice before it switches', async () => {
    const page = await demo.open();
    const answer = choose(page);
    await press(page, 'Switch');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.getByRole('radio').first().check();
    await press(page, 'Switch');
    expect(await answer).toEqual(NOVA);
  });

  it('answers null to Esc after a choice, and when the page removes it', async () => {
    const page = await demo.open();
    const escaped = choose(page);
    await page.getByRole('radio').first().check();
    await page.keyboard.press('Escape');
    expect(await escaped).toBeNull();
    const removed = choose(page);
    await page.getByRole('radio').first().check();
    await page.evaluate(() => document.querySelector('model-switch-dialog')!.remove());
    expect(await removed).toBeNull();
  });

  it('is used by keyboard alone, keeps the focus and gives it back', async () => {
    const page = await demo.open();
    const opener = page.getByRole('button', { name: 'Choose a model' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    const reached = [];
    for (const key of ['ArrowDown', 'Tab', 'Tab', 'Tab', 'Tab']) {
      await page.keyboard.press(key);
      reached.push(await focused(page));
    }
    expect(reached.filter((name) => name.startsWith('page:'))).toEqual([]);
    expect(new Set(reached)).toEqual(new Set(['INPUT', 'Cancel', 'Switch', 'browser']));
    while ((await focused(page)) !== 'Switch') await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('page:Choose a model');
    await expect.poll(() => page.getByRole('status').first().textContent()).toContain('Amazon Nova Pro');
  });

  it.each([
    ['ArrowDown', SONNET],
    ['ArrowUp', SONNET],
    ['Space', NOVA],
  ])('takes what %s has chosen, on Enter', async (key, expected) => {
    const page = await demo.open();
    const answer = choose(page);
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => focused(page)).toBe('INPUT');
    await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    expect(await answer).toEqual(expected);
  });

  it('stays open on Enter before a choice, and answers null to Enter on Cancel after one', async () => {
    const page = await demo.open();
    const answer = choose(page);
    await expect.poll(() => focused(page)).toBe('INPUT');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(1);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    expect(await answer).toBeNull();
  });

  it('finds a model in a long list, and begins at the one in use', async () => {
    const page = await demo.open();
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...NOVA,
      id: `m${index}`,
      name: `Model ${index}`,
    }));
    const answer = choose(page, { ...CHOICE, availableModels: many, currentModelId: 'm40' });
    const current = page.getByRole('radio', { name: 'Model 40' });
    await expect.poll(() => current.evaluate(isInView)).toBe(true);
    await page.getByRole('searchbox', { name: 'Find a model' }).fill('MODEL 33');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('radio').count()).toBe(1);
    await page.getByRole('radio', { name: 'Model 33' }).check();
    await press(page, 'Switch');
    expect(await answer).toMatchObject({ id: 'm33' });
  });

  it('says that there is nothing else to choose', async () => {
    const page = await demo.open();
    const answer = choose(page, { ...CHOICE, availableModels: [NOVA], currentModelId: NOVA.id });
    expect(await page.getByText('No other model is available.').count()).toBe(1);
    expect(await page.getByRole('radio').count()).toBe(0);
    await press(page, 'Close');
    expect(await answer).toBeNull();
  });

  it('shows hostile names as text, and long lists within the window', async () => {
    const page = await demo.open();
    const hostile = { id: '"><script>alert(1)</script>', name: '<img src=x onerror="alert(2)">' };
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...NOVA,
      id: `m${index}`,
      name: `Model ${index}`,
    }));
    const answer = choose(page, { ...CHOICE, availableModels: [...many, hostile] });
    expect(await page.getByRole('button', { name: 'Switch', exact: true }).isVisible()).toBe(true);
    const { height, y } = (await page.getByRole('dialog').boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(700);
    await page.getByRole('radio', { name: hostile.name }).check();
    await press(page, 'Switch');
    expect(await answer).toEqual(hostile);
  });

  it.each([
    ['de', 'KI-Modell auswählen', 'Aktuelles Modell: Nova Pro', 'Wechseln'],
    ['fr', 'Choisir un modèle d’IA', 'Modèle actuel\u00a0: Nova Pro', 'Changer'],
  ])('speaks %s', async (lang, title, current, submit) => {
    const page = await demo.open();
    const answer = choose(page, { ...CHOICE, lang });
    const dialog = page.getByRole('dialog', { name: title });
    expect(await dialog.getByText(current).count()).toBe(1);
    await dialog.getByRole('radio').first().check();
    await press(page, submit);
    expect(await answer).toEqual(NOVA);
  });
});

describe.skipIf(!chromiumIsThere)('showModelSwitchConfirmation', () => {
  const demo = new DemoPage();

  it('answers what was pressed', async () => {
    const page = await demo.open();
    for (const [button, expected] of [
      ['Switch', true],
      ['Cancel', false],
    ] as const) {
      const answer = confirm(page);
      await press(page, button);
      expect(await answer).toBe(expected);
    }
  });

  it('is an alert dialog that says from what to what and why', async () => {
    const page = await demo.open();
    const answer = confirm(page);
    const dialog = page.getByRole('alertdialog', { name: 'Switch the AI model?' });
    expect(await dialog.getByText('From Claude 3.5 Sonnet to Amazon Nova Lite.').count()).toBe(1);
    expect(await dialog.getByText('Reason: Cost optimization').count()).toBe(1);
    expect(await dialog.getAttribute('aria-describedby')).toBe('about');
    await page.keyboard.press('Escape');
    expect(await answer).toBe(false);
  });

  it('is answered by keyboard alone, and starts where nothing happens', async () => {
    const page = await demo.open();
    const opener = page.getByRole('button', { name: 'Confirm a switch' });
    await opener.focus();
    for (const [keys, expected] of [
      [['Enter'], 'false'],
      [['Tab', 'Enter'], 'true'],
    ] as const) {
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      await expect.poll(() => focused(page)).toBe('Cancel');
      for (const key of keys) await page.keyboard.press(key);
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await expect.poll(() => page.locator('output').textContent()).toBe(expected);
      await expect.poll(() => focused(page)).toBe('page:Confirm a switch');
    }
  });

  it.each([
    ['upgrade', 'en', 'Upgrade the AI model?'],
    ['downgrade', 'en', 'Downgrade the AI model?'],
    ['downgrade', 'de', 'KI-Modell herabstufen?'],
    ['downgrade', 'fr', 'Passer à un modèle d’IA inférieur\u00a0?'],
    ['sideways' as never, 'en', 'Switch the AI model?'],
  ] as const)('calls a %s so in %s', async (direction, lang, title) => {
    const page = await demo.open();
    const answer = confirm(page, { ...QUESTION, direction, lang, fromModel: '<b>bold</b>' });
    const dialog = page.getByRole('alertdialog', { name: title });
    expect(await dialog.getByText('<b>bold</b>').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await answer).toBe(false);
  });
});

describe.skipIf(!chromiumIsThere)('a confirmation that is larger than the window', () => {
  const demo = new DemoPage();

  it('scrolls to its buttons', async () => {
    const page = await demo.open();
    await page.setViewportSize({ width: 320, height: 300 });
    const answer = confirm(page, { ...QUESTION, reason: 'A long reason. '.repeat(100) });
    const { height, y } = (await page.getByRole('alertdialog').boundingBox())!;
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + height).toBeLessThanOrEqual(300);
    await press(page, 'Switch');
    expect(await answer).toBe(true);
  });
});

describe.skipIf(!chromiumIsThere)('a notification while a dialog is open', () => {
  const demo = new DemoPage();
  const SWITCHED = { type: 'manual', modelName: 'M', modelId: 'a.m', displayDuration: 600_000 } as const;

  it('can be reached in it and outlives it', async () => {
    const page = await demo.open();
    await notify(page, { ...SWITCHED, title: 'Before' });
    const answer = confirm(page);
    await page.getByRole('alertdialog').waitFor();
    await notify(page, { ...SWITCHED, title: 'Meanwhile' });
    await page.keyboard.press('F8');
    await page.keyboard.press('Escape');
    await cards(page).getByText('Meanwhile').waitFor({ state: 'detached' });
    await press(page, 'Switch');
    expect(await answer).toBe(true);
    await cards(page).getByText('Before').waitFor();
    await cards(page).getByRole('button').click();
    expect(await cards(page).count()).toBe(0);
  });

  it('gives the focus back to it', async () => {
    const page = await demo.open();
    const answer = confirm(page);
    await page.getByRole('alertdialog').waitFor();
    await notify(page, SWITCHED);
    await page.keyboard.press('F8');
    await page.keyboard.press('Enter');
    await cards(page).waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Cancel');
    await page.keyboard.press('Enter');
    expect(await answer).toBe(false);
  });

  it.each(['close', 'remove'] as const)('outlives a dialog of the page, whose end is %s()', async (end) => {
    const page = await demo.open();
    await notify(page, SWITCHED);
    await page.evaluate(() => {
      const dialog = document.createElement('dialog');
      document.body.append(dialog);
      dialog.showModal();
    });
    await page.locator('dialog model-switch-stack').waitFor();
    await cards(page).hover();
    expect(await timeOf(cards(page))).toMatchObject({ state: 'paused' });
    await page.evaluate((how) => document.querySelector('dialog')![how](), end);
    await page.locator('body > model-switch-stack').waitFor();
    await cards(page).getByRole('button').click();
    expect(await cards(page).count()).toBe(0);
  });
});

/** The element with the focus: a button's text, or the kind of the field; `page:` outside the components. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement;
    if (inner) return inner.localName === 'button' ? inner.textContent! : inner.nodeName;
    return outer === document.body ? 'browser' : `page:${outer?.textContent}`;
  });
}
