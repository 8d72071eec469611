import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Browser, BrowserContext, Page } from '../../tools/browser.js';
import { ChatSystem } from './chat-system.js';
import { launchChromium, PAGE_HANGS_AFTER_MS } from './chromium.js';
import { untilFinal } from './retrying-client.js';
import { SERVICE_KEY } from './test-env.js';

const VIEWPORT = { width: 1280, height: 800 };
/** No model fails here unless a test says so. */
const UNHURRIED = {
  CHAT_DEADLINE_SECONDS: '600',
  CHAT_FIRST_TEXT_SECONDS: '300',
  CHAT_IDLE_SECONDS: '300',
  BREAKER_PROBE_SECONDS: '0.5',
  WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1',
};

/** A line that a page logged as an error. */
interface Complaint {
  text: string;
  /** Of what could not be loaded. */
  url?: string;
}

/** The real api and worker over the emulated Bedrock, and people who look at the console in a Chromium. */
export class Console {
  chats: ChatSystem;
  private browser: Browser;
  private readonly people: BrowserContext[] = [];
  private complaints: Complaint[] = [];

  /**
   * @param stay whether people keep their browsers from one test to the next, and with them what those have loaded
   * @param prepare runs before the api starts, and returns its further settings
   */
  constructor(
    private readonly stay = false,
    prepare: () => Promise<Record<string, string>> = async () => ({}),
  ) {
    beforeAll(async () => {
      const overrides = { ...UNHURRIED, ...(await prepare()) };
      [this.chats, this.browser] = await Promise.all([
        ChatSystem.start({ worker: true, overrides }),
        launchChromium(),
      ]);
    });
    afterEach(async () => {
      if (!this.stay) await Promise.all(this.people.splice(0).map((context) => context.close()));
      expect(
        this.complaints.splice(0).map(({ text }) => text),
        'what the pages complained about',
      ).toEqual([]);
    });
    afterAll(async () => {
      await this.browser?.close();
      await this.chats?.close();
    });
  }

  /** A page in a separate browser context, not signed in yet. */
  async somebody(media: Parameters<Page['emulateMedia']>[0] = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.chats.url,
      viewport: VIEWPORT,
      locale: 'en-GB',
    });
    this.people.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(PAGE_HANGS_AFTER_MS);
    await page.emulateMedia({ reducedMotion: 'reduce', ...media });
    page.on('pageerror', (error) => this.complaints.push({ text: error.message }));
    page.on('console', (message) => {
      // That nobody is signed in yet is asked, and answered with a 401.
      if (message.type() === 'error' && !/status of 401/.test(message.text()))
        this.complaints.push({ text: message.text(), url: message.location().url });
    });
    // A busy machine answers 503. The page has to ask again.
    page.on('response', (response) => {
      if (response.ok()) this.keep(({ text, url }) => url !== response.url() || !/status of 503/.test(text));
    });
    return page;
  }

  /** Somebody who is signed in already, at a page of the console. */
  async at(path: string, { credential = SERVICE_KEY, ...media }: Media = {}): Promise<Page> {
    const page = await this.somebody(media);
    const signedIn = await page.request.post('/v1/session', {
      data: { credential },
      timeout: PAGE_HANGS_AFTER_MS,
    });
    expect(signedIn.status()).toBe(200);
    return this.goTo(path, page);
  }

  /** Acts as a client should: until the answer is a final one, and that a success. */
  async act(body: object, more: Record<string, string> = {}): Promise<void> {
    const headers = { 'idempotency-key': randomUUID(), ...more };
    const { status, text } = await untilFinal(async () => {
      const answer = await this.chats.system.act(body, { headers });
      return { ...answer, retryAfter: Number(answer.headers['retry-after'] ?? NaN) };
    });
    expect(status, text).toBe(200);
  }

  /** Somebody goes to another page: by its address, with what the browser has kept. */
  async goTo(path: string, page: Page): Promise<Page> {
    await page.goto(`/console${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }

  /** Drops complaints that a test expects: a 404 of the api is an error in the log of a browser. */
  forgive(complaint: RegExp): void {
    this.keep(({ text }) => !complaint.test(text));
  }

  private keep(isKept: (complaint: Complaint) => boolean): void {
    this.complaints = this.complaints.filter(isKept);
  }
}

type Media = Parameters<Page['emulateMedia']>[0] & { credential?: string };
