import { type Command, InvalidArgumentError } from 'commander';
import type { Api } from '#libs/client/client.js';
import type { Answer, ApiClient } from './api-client.js';
import { parseSince } from './parse-time.js';
import { type Column, type Grid, grid, type Page } from './render.js';
import { type ApiCommand, unknownAnswer } from './run-command.js';

/** The items of a page, whose type has no constraint: TypeScript then infers it from the request. */
type RowOf<P> = P extends { readonly items: readonly (infer Row)[] } ? Row : never;
interface ListPage<P> {
  readonly items: readonly RowOf<P>[];
  readonly nextCursor?: string | null;
}

export interface Position {
  readonly limit?: number;
  readonly cursor?: string;
}

/** A position whose cursor is a number. */
export const numbered = ({ limit, cursor }: Position) => ({
  limit,
  cursor: cursor === undefined ? undefined : Number(cursor),
});

/** A list of the service: how a page of it is read, and how its items are shown. */
export interface Listing<P> {
  readonly page: (api: Api, position: Position) => Promise<Answer<P>>;
  /** Plural name of its items. */
  readonly what: string;
  readonly columns?: readonly Column<NoInfer<RowOf<P>>>[];
  /** The table, where its rows are not the items. */
  readonly grid?: (list: NoInfer<P>) => Grid;
  /** Instead of the table. */
  readonly show?: (list: NoInfer<P>, page: Page) => string;
  /** Text around the table; an empty one has no line. */
  readonly before?: (list: NoInfer<P>, page: Page) => string;
  readonly after?: (list: NoInfer<P>, page: Page) => string;
  /** Shown where there are no items. */
  readonly none: (page: Page) => string;
  /** At most so many items, however many pages that takes; without it the list is one page and takes no limit. */
  readonly most?: number;
  /** Which items are asked for, where the service gives more. */
  readonly keep?: (item: NoInfer<RowOf<P>>) => boolean;
}

const PAGE_SIZE = 100;
const MAX_PAGES = 50;
export const MAX_ITEMS = PAGE_SIZE * MAX_PAGES;

export function listed<P>(listing: Listing<P>): ApiCommand<P> {
  const { none, before, after, what } = listing;
  const gridOf = listing.grid ?? ((list: P) => grid(listing.columns ?? [], asPage(list).items));
  const body = listing.show ?? ((list: P, page: Page) => gridOf(list).text(page));
  return {
    send: (client) => collect(client, listing),
    grid: gridOf,
    show: (list, page) => {
      const rest = more(asPage(list), what);
      if (asPage(list).items.length === 0) return joined(none(page), rest);
      if (!page.headers) return body(list, page);
      return joined(before?.(list, page), body(list, page), after?.(list, page), rest);
    },
  };
}

const asPage = <P>(list: P) => list as ListPage<P>;

const joined = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join('\n\n');

const more = ({ nextCursor }: Pick<ListPage<unknown>, 'nextCursor'>, what: string): string =>
  nextCursor ? `There are more ${what} than are shown here.` : '';

export function withLimit(command: Command, what = 'show at most so many'): Command {
  return command.option('--limit <n>', what, readLimit, 50);
}

/** Adds `--from` and `--to`. */
export function withPeriod(command: Command, now: Date): Command {
  const read = (given: string): string => {
    const time = parseSince(given, now);
    if (time === undefined)
      throw new InvalidArgumentError('It must be a date, a time with zone, or 24h, 7d, 4w.');
    return time;
  };
  return command
    .option('--from <when>', 'from then on: a date, a time with zone, or a span back such as 24h, 7d', read)
    .option('--to <when>', 'before then', read);
}

function readLimit(given: string): number {
  const limit = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > MAX_ITEMS)
    throw new InvalidArgumentError(`It must be a number from 1 to ${MAX_ITEMS}.`);
  return limit;
}

/** Pages as one answer; bounded, so a service that never ends its list does not keep us for ever. */
async function collect<P>(
  client: ApiClient,
  { page, most, keep = () => true }: Listing<P>,
): Promise<Answer<P>> {
  const items: NoInfer<RowOf<P>>[] = [];
  const isEnough = (number: number) => number === MAX_PAGES || items.length >= (most ?? 0);
  let cursor: string | undefined;
  for (let number = 1; ; number += 1) {
    const limit = most && Math.min(PAGE_SIZE, most - items.length);
    const answer = await page(client.api(), { limit, cursor });
    if (answer.data === undefined) return answer;
    const data = asPage(answer.data);
    if (!Array.isArray(data.items)) throw unknownAnswer();
    items.push(...data.items.filter(keep));
    cursor = data.nextCursor?.toString();
    if (!cursor || isEnough(number))
      return { ...answer, data: { ...answer.data, items, nextCursor: cursor ?? null } };
  }
}
