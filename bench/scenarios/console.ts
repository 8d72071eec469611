import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from '../../scripts/embedded/checkout.js';
import type { BuiltApi } from '../../test/support/processes.js';
import type { Browser, Page } from '../../tools/browser.js';
import type { BenchEnvironment } from '../bench-environment.js';
import { type Figure, type Measure, median, quantile } from '../measure.js';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Of the tools, whose packages are not those of the product. */
const tools = createRequire(join(checkout, 'tools/package.json'));
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];
/** Milliseconds. */
const MAX_FIRST_PAINT = 1_500;
const MAX_UNTIL_SEEN = 1_000;

/** A page of somebody who is signed in and has nothing in the cache. */
async function newcomer(browser: Browser, api: BuiltApi, token: string, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: api.url });
  const page = await context.newPage();
  const signedIn = await page.request.post('/v1/session', { data: { credential: token } });
  if (!signedIn.ok()) throw new Error(`nobody is signed in: ${signedIn.status()}`);
  await page.goto(`/console${path}`);
  return page;
}

async function firstPaint(browser: Browser, api: BuiltApi, token: string): Promise<number> {
  const page = await newcomer(browser, api, token, '/activity');
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const ms = (await painted.jsonValue())!;
  await page.context().close();
  return ms;
}

/** Milliseconds from the answer of a switch until a page that lists it shows it. */
async function untilSeen(page: Page, api: BuiltApi, token: string, n: number): Promise<number> {
  const reason = `bench ${n}`;
  const modelId = MODELS[n % MODELS.length]!;
  await api.act({ action: 'switch', useCase: 'platform', modelId, reason }, { token });
  const answered = performance.now();
  await page.getByText(reason).first().waitFor();
  return performance.now() - answered;
}

async function* figures(ground: BenchEnvironment): AsyncIterable<Figure> {
  const stage = await ground.stage('console');
  const api = await stage.startApi();
  stage.startWorker();
  const token = await stage.key(api, 'read', 'operate', 'audit');
  const { chromium }: Pick<typeof import('../../tools/browser.js'), 'chromium'> = tools('playwright-core');
  const browser = await chromium.launch({ executablePath: CHROMIUM });
  try {
    const paints: number[] = [];
    for (let n = 0; n < ground.turns; n += 1) paints.push(await firstPaint(browser, api, token));
    const what = 'first contentful paint of the console with an empty cache, median';
    yield { what, value: median(paints), unit: 'ms', atMost: MAX_FIRST_PAINT };
    const page = await newcomer(browser, api, token, '/activity');
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    const seen: number[] = [];
    for (let n = 0; n < (ground.quick ? 10 : 50); n += 1) seen.push(await untilSeen(page, api, token, n));
    const until = 'from the response of a switch of a use case until another browser shows it, p90';
    yield { what: until, value: quantile(seen, 0.9), unit: 'ms', atMost: MAX_UNTIL_SEEN };
  } finally {
    await browser.close();
    await stage.close();
  }
}

export const CONSOLE: Measure = {
  name: 'console',
  title: 'what people wait for in the console',
  against: 'what was promised',
  async *run(ground) {
    if (!existsSync(CHROMIUM)) throw new Error('Chromium is not installed: set CHROMIUM_PATH to yours');
    yield* figures(ground);
  },
};
