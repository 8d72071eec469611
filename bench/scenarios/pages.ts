import type { BenchEnvironment } from '../bench-environment.js';
import { type Size, sizeOf } from '../dataset/distribution.js';
import { Filling } from '../dataset/fill.js';
import { type Figure, type Measure, median, quantile } from '../measure.js';
import { costPages, preferencePages, switchFigurePages, usagePages } from '../pages/figure-pages.js';
import type { Page } from '../pages/page.js';
import { PageClient, type PageVisit } from '../pages/page-client.js';
import { historyPages, notificationPages, otherPages, switchPages } from '../pages/switch-pages.js';

const ROWS = { quick: 300_000, full: 10_000_000 };
/** How often each page is opened, and once before. */
const TIMES = 20;
const BARS = { p95: { atMost: 300 }, growth: { atMost: 2 } };

const GROUPS: [string, (size: Size) => Page[]][] = [
  ['lists of switches', switchPages],
  ['histories of conversations', historyPages],
  ['notifications', notificationPages],
  ['usage', usagePages],
  ['costs', costPages],
  ['figures of switches', switchFigurePages],
  ['preferences', preferencePages],
  ['audit and operation', otherPages],
];

/** A platform of some size, and somebody who opens its pages. */
interface Platform {
  size: Size;
  visitor: PageClient;
  close(): Promise<void>;
}

/** Durations of a page, on all rows and on a tenth of them. */
interface Took {
  page: Page;
  ours: PageVisit[];
  tenth: PageVisit[];
}

export const PAGES: Measure = {
  name: 'pages',
  title: 'Pages on as many switches, notifications and calls of a year',
  against: '300 ms, and the same pages on a tenth of the rows',
  async *run(ground) {
    const rows = ground.quick ? ROWS.quick : ROWS.full;
    const ours = await open(ground, 'pages', rows);
    const tenth = await open(ground, 'pages_tenth', rows / 10);
    for (const [name, pagesOf] of GROUPS) {
      const pages = pagesOf(ours.size).map((page, index) => [page, pagesOf(tenth.size)[index]!] as const);
      const took: Took[] = [];
      for (const [page, same] of pages)
        took.push(await interleave({ page, same }, ours.visitor, tenth.visitor));
      yield* figuresOf(name, took, rows);
    }
    await ours.close();
    await tenth.close();
  },
};

async function open(ground: BenchEnvironment, name: string, rows: number): Promise<Platform> {
  const stage = await ground.stage(name);
  console.log(`    filling with ${rows} of each`);
  await new Filling(stage.databaseUrl('postgres'), console.log).run(rows);
  const api = await stage.startApi();
  const token = await stage.key(api, 'read', 'audit', 'operate', 'admin', 'act-as');
  return { size: sizeOf(rows), visitor: new PageClient(api.url, token), close: () => stage.close() };
}

/** Another user, conversation or time each turn, so that what one page has read does not serve the next. */
async function interleave(
  { page, same }: { page: Page; same: Page },
  ours: PageClient,
  tenth: PageClient,
): Promise<Took> {
  const took: Took = { page, ours: [], tenth: [] };
  for (let turn = 0; turn <= TIMES; turn += 1) {
    took.tenth.push(await tenth.open(same, turn));
    took.ours.push(await ours.open(page, turn));
  }
  return { page, ours: took.ours.slice(1), tenth: took.tenth.slice(1) };
}

function* figuresOf(name: string, took: Took[], rows: number): Iterable<Figure> {
  const p95 = ({ ours }: Took) => quantile(ours.map(ms), 0.95);
  const slowest = took.reduce((one, other) => (p95(one) >= p95(other) ? one : other));
  const sum = (of: (each: Took) => number) => took.reduce((total, each) => total + of(each), 0);
  const all = sum(({ ours }) => median(ours.map(ms)));
  const aTenth = sum(({ tenth }) => median(tenth.map(ms)));
  yield {
    what: `${name}: p95 of the slowest of ${took.length} pages (${slowest.page.what})`,
    value: p95(slowest),
    unit: 'ms',
    from: { median: median(slowest.ours.map(ms)), 'on a tenth': median(slowest.tenth.map(ms)), rows },
    ...BARS.p95,
  };
  yield {
    what: `${name}: time of all of them, on all rows / on a tenth, for as much as is shown`,
    value: all / sum((each) => median(each.tenth.map(ms)) * moreShown(each)),
    unit: 'ratio',
    from: { ours: all, 'on a tenth': aTenth, 'whatever is shown': all / aTenth },
    ...BARS.growth,
  };
}

const ms = (visit: PageVisit): number => visit.ms;

/** The busiest of ten times as many people are busier, and a page of them adds up more. */
function moreShown({ ours, tenth }: Took): number {
  const [more, less] = [ours, tenth].map((visits) => median(visits.map(({ shown }) => shown)));
  return less! > 0 ? Math.max(1, more! / less!) : 1;
}
