import { describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { violations } from '../support/axe.js';
import { chromiumIsThere } from '../support/chromium.js';
import { cards, DemoPage, setHidden } from '../support/demo-page.js';
import { drawPicture } from '../support/docs-picture.js';

const press = (page: Page, name: string) => page.getByRole('button', { name }).press('Enter');
/** States of the demo page, by the picture's name, with the steps to get there. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  notifications: async (page) => {
    await setHidden(page, true);
    for (const name of ['Automatic', 'By hand', 'News of a model', 'Fallback']) await press(page, name);
    await cards(page).nth(3).waitFor();
  },
  selection: async (page) => {
    await press(page, 'Choose a model');
    await page.getByRole('radio', { name: 'Amazon Nova Pro' }).check();
  },
  confirmation: async (page) => {
    await press(page, 'Confirm a switch');
    await page.getByRole('alertdialog').waitFor();
  },
};
const CASES = Object.keys(STATES).flatMap((state) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ state, colorScheme })),
);

describe.skipIf(!chromiumIsThere)('the components', () => {
  const demo = new DemoPage();

  it.each(CASES)('$state, $colorScheme: axe finds nothing', async ({ state, colorScheme }) => {
    const page = await demo.open({ colorScheme, reducedMotion: 'reduce' });
    await STATES[state]!(page);
    await drawPicture(page, `docs/switch-ui/${state}-${colorScheme}.png`);
    expect(await violations(page)).toEqual([]);
  });

  it.each(Object.keys(STATES))('%s fit into 360 pixels', async (state) => {
    const page = await demo.open();
    await page.setViewportSize({ width: 360, height: 640 });
    await STATES[state]!(page);
    const boxes = page.locator('model-switch-notification, dialog:modal');
    for (const box of await boxes.all()) {
      const { x, width } = (await box.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(360);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it('is found by axe where it is bad', async () => {
    const page = await demo.open();
    await page.evaluate(() => document.body.append(document.createElement('button')));
    expect(await violations(page)).toEqual(['button-name: body > button']);
  });
});
