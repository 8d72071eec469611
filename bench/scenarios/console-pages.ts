import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { checkout } from '../../scripts/embedded/checkout.js';
import { fillCatalogue } from '../../test/support/large-catalogue.js';
import type { BuiltApi } from '../../test/support/processes.js';
import type { Browser } from '../../tools/browser.js';
import type { BenchEnvironment, Deployment } from '../bench-environment.js';
import { BUSIEST } from '../dataset/distribution.js';
import { Filling } from '../dataset/fill.js';
import { PacedSwitches } from '../load/paced-switches.js';
import { type Figure, type Measure, median } from '../measure.js';
import { type ConsolePage, ConsoleVisitor, type Opened, type Viewport } from '../pages/console-visitor.js';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
/** Of the tools, whose packages are not those of the product. */
const tools = createRequire(join(checkout, 'tools/package.json'));

const SIZE = { switches: 100_000, models: 300, useCases: 500 };
const VIEWPORTS: readonly Viewport[] = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
];
const FORM = 'main form, main fieldset, main input';
const SECTION = 'main h2';
const LIST = 'main li';
/** Use case that is switched while its page is open. */
const SWITCHED = 'platform';
const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'];
/** Others than those of the use case: a conversation that is on its model already would not switch. */
const PINNED = ['eu.amazon.nova-pro-v1:0', 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'];
const CONSOLE_PAGES: readonly ConsolePage[] = [
  { path: '/overview' },
  { path: '/use-cases' },
  { path: `/use-cases/${SWITCHED}` },
  { path: `/use-cases/${SWITCHED}?tab=policy`, ready: FORM },
  { path: `/use-cases/${SWITCHED}?tab=conversations`, ready: SECTION },
  { path: `/use-cases/${SWITCHED}?tab=history`, ready: LIST },
  { path: `/use-cases/${SWITCHED}?tab=cost`, ready: SECTION },
  { path: '/models' },
  { path: `/models/${encodeURIComponent(MODELS[0]!)}`, ready: SECTION },
  { path: '/lifecycle' },
  { path: '/conversations' },
  { path: `/conversations/${BUSIEST.conversation}`, ready: LIST },
  { path: '/calls' },
  { path: '/activity' },
  { path: '/cost' },
  { path: '/health' },
  { path: '/audit' },
  { path: '/settings/keys' },
  { path: '/settings/webhooks', ready: SECTION },
  { path: '/settings/assistants' },
  { path: '/settings/prices', ready: SECTION },
  { path: '/settings/budgets', ready: SECTION },
  { path: '/settings/retention' },
  { path: '/settings/people', ready: SECTION },
];

const BARS = {
  firstRowsMs: { unit: 'ms', atMost: 1_500 },
  elements: { unit: 'elements', atMost: 1_500 },
  requests: { unit: 'per second', atMost: 1 },
  script: { unit: 'kB', atMost: 250 },
} as const;
/** Two thirds of the events are of conversations, the others of a use case. */
const PER_SECOND = { conversations: 4, useCases: 2 };
/** Each page is a browser with a stream; all of them share a core. */
const OPEN_PAGES = 6;
/** A page reads what came meanwhile when its stream begins. */
const SETTLES_MS = 3_000;

export const CONSOLE_AT_SIZE: Measure = {
  name: 'console-pages',
  title: `Every page of the console with ${SIZE.useCases} use cases, ${SIZE.models} models and ${SIZE.switches.toLocaleString('en')} switches`,
  against: 'what was promised',
  async *run(ground) {
    const { stage, api, token } = await open(ground);
    const { chromium }: Pick<typeof import('../../tools/browser.js'), 'chromium'> = tools('playwright-core');
    const browser = await chromium.launch({ executablePath: CHROMIUM });
    try {
      yield await initialScript(browser, api, token);
      yield await requestsWhileSwitching(browser, api, token, ground.quick ? 20 : 60);
      yield* openings(browser, api, token, ground.quick ? 1 : 3);
    } finally {
      await browser.close();
      await stage.close();
    }
  },
};

const visitorOf = (browser: Browser, { url }: BuiltApi, token: string): Promise<ConsoleVisitor> =>
  ConsoleVisitor.signIn(browser, { url, token }, [FORM, SECTION, LIST]);

interface Installation {
  stage: Deployment;
  api: BuiltApi;
  token: string;
}

async function open(ground: BenchEnvironment): Promise<Installation> {
  const stage = await ground.stage('console_pages');
  await new Filling(stage.databaseUrl('postgres'), () => undefined).run(SIZE.switches);
  const owner = new Client({ connectionString: stage.databaseUrl('postgres') });
  await owner.connect();
  await fillCatalogue(owner, SIZE.models, SIZE.useCases);
  await owner.query(
    `INSERT INTO ai_assistants (id, name, use_case) SELECT 'assistant-' || n, 'Assistant ' || n, $1 FROM generate_series(1, 50) n`,
    [SWITCHED],
  );
  await owner.query('ANALYZE');
  await owner.end();
  const api = await stage.startApi({ NOTIFICATION_STREAMS: '1000' });
  stage.startWorker();
  const token = await stage.key(api, 'read', 'switch', 'act-as', 'operate', 'audit', 'admin');
  return { stage, api, token };
}

async function initialScript(browser: Browser, api: BuiltApi, token: string): Promise<Figure> {
  const visitor = await visitorOf(browser, api, token);
  await visitor.open(CONSOLE_PAGES[0]!, VIEWPORTS[2]!);
  const value = (await visitor.scriptBytes()) / 1_000;
  await visitor.close();
  return { what: 'scripts of the first page, gzip', value, ...BARS.script };
}

async function* openings(
  browser: Browser,
  api: BuiltApi,
  token: string,
  times: number,
): AsyncIterable<Figure> {
  const visitor = await visitorOf(browser, api, token);
  for (const viewport of VIEWPORTS) {
    const opened = new Map<string, Opened>();
    for (const page of CONSOLE_PAGES) opened.set(page.path, await typical(visitor, page, viewport, times));
    yield largest('firstRowsMs', `first rows at ${viewport.width} px`, opened);
    yield largest('elements', `elements in the document at ${viewport.width} px`, opened);
  }
  await visitor.close();
}

/** The first opening puts the scripts of the page into the cache. */
async function typical(
  visitor: ConsoleVisitor,
  page: ConsolePage,
  viewport: Viewport,
  times: number,
): Promise<Opened> {
  const opened: Opened[] = [];
  for (let n = 0; n <= times; n += 1) opened.push(await visitor.open(page, viewport));
  return {
    firstRowsMs: median(opened.slice(1).map(({ firstRowsMs }) => firstRowsMs)),
    elements: Math.max(...opened.map(({ elements }) => elements)),
  };
}

function largest(of: keyof Opened, what: string, opened: ReadonlyMap<string, Opened>): Figure {
  const values = Object.fromEntries([...opened].map(([path, each]) => [path, each[of]]));
  return figureOf(what, values, BARS[of]);
}

function figureOf(
  what: string,
  values: Record<string, number>,
  bar: Pick<Figure, 'unit' | 'atMost'>,
): Figure {
  const [path, value] = Object.entries(values).reduce((one, other) => (one[1] >= other[1] ? one : other));
  return {
    what: `${what}: the most of ${CONSOLE_PAGES.length} pages (${path})`,
    value,
    ...bar,
    from: values,
  };
}

/** Opens some pages at a time, each in a separate browser context with its stream. */
async function requestsWhileSwitching(
  browser: Browser,
  api: BuiltApi,
  token: string,
  seconds: number,
): Promise<Figure> {
  const perSecond: Record<string, number> = {};
  const switching = new Switching(api, token);
  for (let from = 0; from < CONSOLE_PAGES.length; from += OPEN_PAGES) {
    const visits = CONSOLE_PAGES.slice(from, from + OPEN_PAGES).map(async (page) => {
      const visitor = await visitorOf(browser, api, token);
      await visitor.open(page, VIEWPORTS[2]!);
      return { page, visitor };
    });
    const open = await Promise.all(visits);
    await delay(SETTLES_MS);
    const switches = switching.run(seconds);
    const counts = await Promise.all(open.map(({ visitor }) => visitor.requestsDuring(() => switches)));
    for (const [index, { page, visitor }] of open.entries()) {
      perSecond[page.path] = counts[index]! / seconds;
      await visitor.close();
    }
  }
  switching.close();
  const what = `requests a second during ${seconds} s with ${PER_SECOND.conversations + PER_SECOND.useCases} switches a second`;
  return figureOf(what, perSecond, BARS.requests);
}

/** Switches of conversations and of a use case at a fixed rate. */
class Switching {
  private readonly conversations: PacedSwitches;
  private position = 0;

  constructor(
    private readonly api: BuiltApi,
    private readonly token: string,
  ) {
    const switching = { userId: 'user-bench', prefix: 'console-pages-', conversations: 200, models: PINNED };
    this.conversations = new PacedSwitches({ url: api.url, token, ...switching });
  }

  async run(seconds: number): Promise<void> {
    await Promise.all([
      this.conversations.run({ perSecond: PER_SECOND.conversations, seconds }),
      this.useCases(seconds),
    ]);
  }

  close(): void {
    this.conversations.close();
  }

  private async useCases(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1_000;
    while (performance.now() < until) {
      const next = delay(1_000 / PER_SECOND.useCases);
      this.position += 1;
      const modelId = MODELS[this.position % MODELS.length]!;
      const body = { action: 'switch', useCase: SWITCHED, modelId, reason: 'bench' };
      const { status } = await this.api.act(body, { token: this.token });
      if (status !== 200) throw new Error(`not switched: ${status}`);
      await next;
    }
  }
}
