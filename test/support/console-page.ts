import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { settled, violations } from './axe.js';
import { drawPicture } from './docs-picture.js';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** Hidden from who cannot see it: a table beneath has the same figures. */
const CHART = '.recharts-wrapper';
const MAX_ELEMENTS = 1_500;

/** Presses it and returns the content of the downloaded file. */
export async function saved(page: Page, name: string | RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** The page in its present state: accessible in both schemes, on a phone without scrolling aside, and not too large. `name`: of its pictures in the docs. */
export async function expectFit(page: Page, name?: string): Promise<void> {
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.locator('html[data-mantine-color-scheme=light]').waitFor();
  // An element below the mouse has other colours.
  await page.mouse.move(0, 0);
  await settled(page);
  expect(await violations(page, { without: CHART })).toEqual([]);
  if (name) await drawPicture(page, `docs/console/${name}-light.png`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  await settled(page);
  expect(await violations(page, { without: CHART, rules: ['color-contrast'] })).toEqual([]);
  if (name) await drawPicture(page, `docs/console/${name}-dark.png`);
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThanOrEqual(MAX_ELEMENTS);
  await page.setViewportSize(PHONE);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
    .toBeLessThanOrEqual(PHONE.width);
  if (name) await drawPicture(page, `docs/console/${name}-phone.png`);
  await page.setViewportSize(DESK);
}
