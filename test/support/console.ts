import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ChatSystem } from './chat-system.js';
import { CHROMIUM } from './chromium.js';
import { SERVICE_KEY } from './test-env.js';

const VIEWPORT = { width: 1280, height: 800 };

/** The real api and worker over the emulated Bedrock, and people who look at the console in a Chromium. */
export class Console {
  chats: ChatSystem;
  private browser: Browser;
  private readonly people: BrowserContext[] = [];
  private readonly complaints: string[] = [];

  /** @param stay whether people keep their browsers from one test to the next, and with them what those have loaded */
  constructor(private readonly stay = false) {
    beforeAll(async () => {
      [this.chats, this.browser] = await Promise.all([
        ChatSystem.start({ worker: true, overrides: { BREAKER_PROBE_SECONDS: '0.5' } }),
        chromium.launch({ executablePath: CHROMIUM }),
      ]);
    });
    afterEach(async () => {
      if (!this.stay) await Promise.all(this.people.splice(0).map((context) => context.close()));
      expect(this.complaints.splice(0), 'what the pages complained about').toEqual([]);
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.chats?.close();
    });
  }

  /** Somebody with a browser of its own, who is nobody yet. */
  async somebody(media: Parameters<Page['emulateMedia']>[0] = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.chats.url,
      viewport: VIEWPORT,
      locale: 'en-GB',
    });
    this.people.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      // That nobody is signed in yet is asked, and answered with a 401.
      if (message.type() === 'error' && !/status of 401/.test(message.text()))
        this.complaints.push(message.text());
    });
    return page;
  }

  /** Somebody who is signed in already, at a page of the console. */
  async at(path: string, { credential = SERVICE_KEY, ...media }: Media = {}): Promise<Page> {
    const page = await this.somebody(media);
    const signedIn = await page.request.post('/v1/session', { data: { credential } });
    expect(signedIn.status()).toBe(200);
    return this.goTo(path, page);
  }

  /** Somebody goes to another page: by its address, with what the browser has kept. */
  async goTo(path: string, page: Page): Promise<Page> {
    await page.goto(`/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** What a test knows and expects: a 404 of the api is an error in the log of a browser. */
  forgive(complaint: RegExp): void {
    const rest = this.complaints.splice(0).filter((text) => !complaint.test(text));
    this.complaints.push(...rest);
  }
}

type Media = Parameters<Page['emulateMedia']>[0] & { credential?: string };
