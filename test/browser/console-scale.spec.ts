import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { fillCatalogue } from '../support/large-catalogue.js';

const MODELS = 300;
const USE_CASES = 500;
const MAX_ELEMENTS = 1_500;
const VIEWPORTS = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];
const LISTS = [
  { path: '/models', table: 'Models', search: 'Find a model', last: 'Model 287' },
  { path: '/use-cases', table: 'Use cases', search: 'Find a use case', last: 'use-case-497' },
];

describe.skipIf(!chromiumIsThere)('the console with 300 models and 500 use cases', () => {
  const console = new Console(true);
  let page: Page;
  beforeAll(async () => {
    await fillCatalogue(console.chats.system.environment.owner, MODELS, USE_CASES);
    page = await console.at('/use-cases');
  });

  const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  const table = (name: string) => page.getByRole('table', { name });

  it.each(LISTS.flatMap((list) => VIEWPORTS.map((viewport) => ({ ...list, ...viewport }))))(
    '$path at $width px has few elements, scrolls to its last row and finds it',
    async ({ path, table: name, search, last, ...viewport }) => {
      await page.setViewportSize(viewport);
      await console.goTo(`${path}?sort=name`, page);
      await expect
        .poll(async () => Number(await table(name).getAttribute('aria-rowcount')))
        .toBeGreaterThan(MODELS);
      expect(await elements()).toBeLessThanOrEqual(MAX_ELEMENTS);
      expect(await width()).toBeLessThanOrEqual(viewport.width);
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      await expect.poll(() => table(name).getByRole('link', { name: last }).count()).toBe(1);
      expect(await elements()).toBeLessThanOrEqual(MAX_ELEMENTS);
      await page.getByLabel(search).fill(last);
      await expect.poll(() => table(name).getAttribute('aria-rowcount')).toBe('2');
      await table(name).getByRole('link', { name: last }).waitFor();
      await expect.poll(() => page.url()).toContain('q=');
    },
  );
});
