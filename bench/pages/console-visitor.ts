import type { Browser, Page } from '../../tools/browser.js';

/** A page of the console, and the element by which it shows its first rows. */
export interface ConsolePage {
  path: string;
  /** Of a page without a table; default: the first cell of a table. */
  ready?: string;
}

export interface Viewport {
  width: number;
  height: number;
}

/** Cost of a page to its reader. */
export interface Opened {
  /** Milliseconds from the start of the navigation. */
  firstRowsMs: number;
  /** The largest number in the document, from its first rows to its last. */
  elements: number;
}

const FIRST_CELL = 'main tbody td';
const MAX_WAIT_MS = 120_000;
const MAX_TEXT = 1_500;
const SETTLED_MS = 300;
const MAX_SAMPLES = 10;

declare global {
  interface Window {
    /** Milliseconds from the start of the navigation until a selector matched. */
    firstSeen: Record<string, number>;
  }
}

/** Runs in each page before its own scripts. */
function noteFirst(selectors: readonly string[]): void {
  window.firstSeen = {};
  new MutationObserver(() => {
    for (const selector of selectors)
      if (window.firstSeen[selector] === undefined && document.querySelector(selector))
        window.firstSeen[selector] = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

/** Somebody who is signed in and has the scripts in the cache. */
export class ConsoleVisitor {
  private constructor(private readonly page: Page) {}

  /** @param ready selectors of the pages to open, besides that of a table */
  static async signIn(
    browser: Browser,
    { url, token }: { url: string; token: string },
    ready: readonly string[],
  ): Promise<ConsoleVisitor> {
    const context = await browser.newContext({ baseURL: url });
    const page = await context.newPage();
    await page.addInitScript(noteFirst, [FIRST_CELL, ...ready]);
    page.setDefaultTimeout(MAX_WAIT_MS);
    const signedIn = await page.request.post('/v1/session', { data: { credential: token } });
    if (!signedIn.ok()) throw new Error(`nobody is signed in: ${signedIn.status()}`);
    return new ConsoleVisitor(page);
  }

  async open({ path, ready = FIRST_CELL }: ConsolePage, viewport: Viewport): Promise<Opened> {
    await this.page.setViewportSize(viewport);
    await this.page.goto(`/console${path}`, { waitUntil: 'commit' });
    const firstRowsMs = await this.firstRows(path, ready);
    const above = await this.elements();
    await this.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    return { firstRowsMs, elements: Math.max(above, await this.elements()) };
  }

  /** Counts what the page asks the api for while `during` runs; heartbeats of the stream are no requests. */
  async requestsDuring(during: () => Promise<unknown>): Promise<number> {
    let requests = 0;
    const count = () => {
      requests += 1;
    };
    this.page.on('request', count);
    await during();
    this.page.off('request', count);
    return requests;
  }

  /** Bytes of all scripts that the present page has loaded, as they were sent. */
  async scriptBytes(): Promise<number> {
    return this.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  private async firstRows(path: string, ready: string): Promise<number> {
    await this.page.waitForSelector(ready, { state: 'attached' }).catch(async () => {
      const text = await this.page.innerText('body');
      throw new Error(`${path} shows no "${ready}" within ${MAX_WAIT_MS} ms: ${text.slice(-MAX_TEXT)}`);
    });
    return this.page.evaluate((selector) => window.firstSeen[selector]!, ready);
  }

  /** Waits until the number does not change any more. */
  private async elements(): Promise<number> {
    let most = 0;
    let last = -1;
    for (let sample = 0; sample < MAX_SAMPLES; sample += 1) {
      const now = await this.page.evaluate(() => document.querySelectorAll('*').length);
      most = Math.max(most, now);
      if (now === last) break;
      last = now;
      await this.page.waitForTimeout(SETTLED_MS);
    }
    return most;
  }
}
