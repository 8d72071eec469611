import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromiumIsThere } from '../support/chromium.js';
import { cards, DemoPage } from '../support/demo-page.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const press = (page: Page, name: string) => page.getByRole('button', { name }).press('Enter');
/** What the demo page shows, by the picture's name: how one gets there. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  notifications: async (page) => {
    for (const name of ['Automatic', 'By hand', 'News of a model', 'Fallback']) {
      await press(page, name);
      // The pointer keeps them.
      await cards(page).last().hover();
    }
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
    // `npm run screenshots` draws the pictures of the docs.
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `docs/switch-ui/${state}-${colorScheme}.png` });
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

/** Against every rule of axe, best practices included: `rule: where`. A contrast that it cannot tell counts, too. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate(async () =>
    (globalThis as never as { axe: typeof import('axe-core') }).axe.run(),
  );
  const unclear = incomplete.filter(({ id }) => id === 'color-contrast');
  return [...violations, ...unclear].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
