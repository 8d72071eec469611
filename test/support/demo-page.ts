import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { NotificationOptions } from '../../libs/switch-ui/switch-ui.js';
import type { Browser, Locator, Page } from '../../tools/browser.js';
import { launchChromium, PAGE_HANGS_AFTER_MS } from './chromium.js';

const ORIGIN = 'http://docs.test';
/** Nothing but the page's own files: no inline script or style, no string that becomes markup. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'";
const VIEWPORT = { width: 1000, height: 700 };
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** Media settings of the operating system. */
type Media = Parameters<Page['emulateMedia']>[0];

/** The demo page of the docs with the components as they are now, in a Chromium that each test file starts once. */
export class DemoPage {
  private browser: Browser;
  private page: Page;
  private complaints: string[] = [];

  constructor() {
    beforeAll(async () => {
      this.browser = await launchChromium();
      this.page = await this.newPage();
    });
    afterEach(() => expect(this.complaints.splice(0), 'what the page complained about').toEqual([]));
    afterAll(() => this.browser?.close());
  }

  /** Loads it again, in the same tab: a new one takes three times as long. */
  async open(media: Media = {}): Promise<Page> {
    await this.page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null, ...media });
    await this.page.setViewportSize(VIEWPORT);
    await this.page.mouse.move(0, 0);
    await this.page.goto(`${ORIGIN}/index.html`);
    return this.page;
  }

  private async newPage(): Promise<Page> {
    const page = await this.browser.newPage();
    page.setDefaultTimeout(PAGE_HANGS_AFTER_MS);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    await page.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const contentType = TYPES[name.split('.').at(-1)!];
      return route.fulfill({
        body: fileOf(name),
        contentType,
        headers: { 'content-security-policy': POLICY },
      });
    });
    return page;
  }
}

function fileOf(name: string): string {
  if (name === 'model-switch.js') return inject('switchUi');
  return readFileSync(join('docs', 'switch-ui', name), 'utf8');
}

/** Globals that the script and these tests leave in the page. */
type PageGlobals = { ModelSwitch: typeof import('../../libs/switch-ui/switch-ui.js'); closedBy?: string[] };

/** Shows one, in the page's own words to the function. */
export async function notify(page: Page, options: NotificationOptions): Promise<void> {
  await page.evaluate(async (given) => {
    const globals = window as never as PageGlobals;
    globals.closedBy ??= [];
    const onClosed = (by: string) => globals.closedBy!.push(by);
    await globals.ModelSwitch.showModelSwitchNotification({ ...given, onClosed });
  }, options);
}

export function cards(page: Page): Locator {
  return page.locator('model-switch-notification');
}

/** By what each notification was closed, in the order they were. */
export async function closedBy(page: Page): Promise<string[]> {
  return page.evaluate('closedBy');
}

/** The clock of a notification. */
export async function timeOf(card: Locator): Promise<{ duration: unknown; state: AnimationPlayState }> {
  return card.evaluate((element) => {
    const life = element.getAnimations().find(({ id }) => id === 'life')!;
    return { duration: life.effect!.getTiming().duration, state: life.playState };
  });
}

/** Puts the page in the background, where the time of notifications stands still. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** Asks in the page. The dialog is open when something in it is waited for. */
export async function answerOf(
  page: Page,
  question: 'showModelSwitchDialog' | 'showModelSwitchConfirmation',
  options: unknown,
): Promise<unknown> {
  const ask = async ([name, given]: [typeof question, unknown]): Promise<unknown> =>
    (window as never as PageGlobals).ModelSwitch[name](given as never);
  return page.evaluate(ask, [question, options] as [typeof question, unknown]);
}
