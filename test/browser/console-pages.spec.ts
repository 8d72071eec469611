import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../tools/browser.js';
import { settled, violations } from '../support/axe.js';
import { HAIKU, NOVA_LITE } from '../support/chat-system.js';
import { chromiumIsThere } from '../support/chromium.js';
import { Console } from '../support/console.js';
import { drawPicture } from '../support/docs-picture.js';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** In bytes, as they are sent. */
const SCRIPT_BUDGET = 250_000;

/** Every page by its picture's name: where it is, and how one gets to what is worth seeing. */
interface Pictured {
  path: string;
  show: (page: Page) => Promise<void>;
  within?: string;
  /** False: the docs do without it. */
  isInDocs?: false;
}
const PAGES: Record<string, Pictured> = {
  overview: { path: '/overview', show: (page) => page.getByRole('row', { name: /^clinical/ }).waitFor() },
  activity: { path: '/activity', show: (page) => page.getByText('Quicker at night').waitFor() },
  'use-cases': { path: '/use-cases', show: (page) => page.getByRole('row').nth(3).waitFor() },
  'use-case': { path: '/use-cases/clinical', show: (page) => page.getByRole('row').nth(2).waitFor() },
  'use-case-policy': {
    path: '/use-cases/clinical?tab=policy',
    show: (page) => page.getByRole('button', { name: /^Move 1/ }).waitFor(),
    isInDocs: false,
  },
  'use-case-history': {
    path: '/use-cases/clinical?tab=history',
    show: shown('Quicker at night'),
    isInDocs: false,
  },
  switching: {
    path: '/use-cases/clinical',
    show: async (page) => {
      await page.getByRole('button', { name: 'Switch', exact: true }).click();
      await page.getByRole('radio', { name: /Claude Opus/ }).click();
      await page.getByText('Upgrade', { exact: true }).waitFor();
    },
    within: '[role=dialog]',
  },
  models: { path: '/models', show: (page) => page.getByRole('row').nth(3).waitFor() },
  model: { path: `/models/${HAIKU}`, show: shown('Manual probe') },
  'model-priced': {
    path: '/models/eu.anthropic.claude-haiku-5-5',
    show: shown('Above 100,000 input tokens: unknown in, unknown out'),
    isInDocs: false,
  },
  'model-barred': {
    path: '/models/eu.anthropic.claude-3-haiku-20240307-v1:0',
    show: (page) => page.getByRole('note').getByText('Not selectable').waitFor(),
    isInDocs: false,
  },
  conversations: { path: '/conversations', show: shown('conv-123') },
  conversation: { path: '/conversations/conv-123', show: shown('Cheaper for this one') },
  'conversation-unknown': {
    path: '/conversations/nobody-has-seen-it',
    show: shown('Nobody has switched it'),
    isInDocs: false,
  },
};

function shown(text: string): (page: Page) => Promise<void> {
  return (page) => page.getByText(text).first().waitFor();
}

describe.skipIf(!chromiumIsThere)('every page of the console', () => {
  const console = new Console(true);
  let page: Page;
  beforeAll(async () => {
    page = await console.at('/activity');
    for (const body of [
      { modelId: NOVA_LITE, conversationId: 'conv-123', reason: 'Cheaper for this one' },
      { modelId: HAIKU, useCase: 'clinical', reason: 'Quicker at night' },
    ])
      await console.act({ action: 'switch', ...body });
    await console.act({ action: 'validate', modelId: HAIKU, deep: true });
  });

  it.each(Object.keys(PAGES))('%s: axe finds nothing, light and dark, and it fits a phone', async (name) => {
    const { path, show, within, isInDocs } = PAGES[name]!;
    const drawn = async (as: string) => isInDocs ?? drawPicture(page, `docs/console/${name}-${as}.png`);
    await page.setViewportSize(DESK);
    await page.emulateMedia({ colorScheme: 'light' });
    await console.goTo(path, page);
    await show(page);
    expect(await violations(page, { within })).toEqual([]);
    await drawn('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await settled(page);
    expect(await violations(page, { within, rules: ['color-contrast'] })).toEqual([]);
    await drawn('dark');
    await page.setViewportSize(PHONE);
    await expect.poll(() => widthOf(page)).toBeLessThanOrEqual(PHONE.width);
    await settled(page);
    await drawn('phone');
  });

  it('signing in is as accessible, and fits as well', async () => {
    const stranger = await console.somebody({ colorScheme: 'dark' });
    await stranger.goto('/console');
    await stranger.getByLabel('Service key or access token').waitFor();
    expect(await violations(stranger)).toEqual([]);
    await drawPicture(stranger, 'docs/console/sign-in-dark.png');
    await stranger.setViewportSize(PHONE);
    await expect.poll(() => widthOf(stranger)).toBeLessThanOrEqual(PHONE.width);
  });

  it('comes within its budget of script', async () => {
    const newcomer = await console.somebody();
    const scripts = new Map<string, number>();
    newcomer.on('response', async (response) => {
      if (!response.url().endsWith('.js')) return;
      const { responseBodySize } = await response.request().sizes();
      scripts.set(response.url(), responseBodySize);
    });
    await newcomer.request.post('/v1/session', {
      data: { credential: 'test-service-key-with-more-than-32-characters' },
    });
    await newcomer.goto('/console/activity');
    await newcomer.getByText('Quicker at night').waitFor();
    const sent = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    expect(sent).toBeGreaterThan(50_000);
    expect(sent).toBeLessThan(SCRIPT_BUDGET);
  });
});

const widthOf = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
